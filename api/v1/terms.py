"""Terms as filters: by short name, so that an address can be written by hand, and with all that is below them.

Services carry the narrowest term that fits ("soup kitchen"); who asks for "eat" means soup kitchens too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson

from services_catalog.choices import Audience
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.feed import head
from services_catalog.publication.records import PublishedRecord

TAXONOMY_OF: Mapping[str, str] = {
    "need": "need",
    "target": "target",
    "life_event": "life_event",
    "language_spoken": "language",
    "access": "access",
    "figure": "figure",
    "accessibility": "accessibility",
}
"""Parameter → the taxonomy whose terms it takes."""


@dataclass(frozen=True)
class Terms:
    """Every term published: ids by taxonomy and short name, and the ids right below an id."""

    ids: Mapping[tuple[str, str], str]
    below: Mapping[str, tuple[str, ...]]

    def with_all_below(self, ids: Iterable[str]) -> frozenset[str]:
        """`ids` and those of the terms below them, at any depth."""
        found: set[str] = set()
        waiting = list(ids)
        while waiting:
            if (term := waiting.pop()) not in found:
                found.add(term)
                waiting += self.below.get(term, ())
        return frozenset(found)


def known_terms() -> Terms:
    """The terms as they are now. One query, and another when the feed has moved."""
    return _read(str(head()))


@lru_cache(maxsize=1)
def _read(_position: str) -> Terms:
    bodies = PublishedRecord.objects.of("term", Audience.PUBLIC, DEFAULT_LANGUAGE).values_list("body", flat=True)
    terms = [orjson.loads(body) for body in bodies]
    below: dict[str, tuple[str, ...]] = {}
    for term in terms:
        if term["parent"]:
            below[term["parent"]] = (*below.get(term["parent"], ()), term["id"])
    return Terms({(term["taxonomy"], term["slug"]): term["id"] for term in terms}, below)
