"""Terms by their short names, so that an address can be written by hand: `?need=eat`."""

from collections.abc import Mapping
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


def term_ids() -> Mapping[tuple[str, str], str]:
    """(taxonomy, short name) → id, of every term published. One query, and another when the feed has moved."""
    return _read(str(head()))


@lru_cache(maxsize=1)
def _read(_position: str) -> Mapping[tuple[str, str], str]:
    bodies = PublishedRecord.objects.of("term", Audience.PUBLIC, DEFAULT_LANGUAGE).values_list("body", flat=True)
    return {(term["taxonomy"], term["slug"]): term["id"] for term in map(orjson.loads, bodies)}
