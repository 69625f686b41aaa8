"""What a person may be about to ask, while they type: needs, places and services, in their own script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from uuid import UUID

import orjson
from django.db.models import Count, Max

from search import analysis
from search.engine import EngineDown, Filters, get_engine
from search.gazetteer import gazetteer
from search.naming import Name, name_tokens
from services_catalog.choices import Audience
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication.records import PublishedRecord

Kind = Literal["need", "place", "service"]

MOST = 8
MOST_OF_A_KIND: Mapping[Kind, int] = {"need": 4, "place": 2, "service": 4}
SERVICES_LOOKED_AT = 12
"""Services by name, of which those called so in the page's language come first."""
SHORTEST = 2
"""Letters to begin with; a single Chinese character is a word already."""
LONGEST = 80
"""Who has typed more than this knows what to ask."""

Named = tuple[str, Mapping[str, Name]]
"""The id of a need, and its name by language."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose: its kind, the words to show, and the id of a need or service or the code of a comune."""

    kind: Kind
    text: str
    key: str


def suggest(text: str, language: str, audience: Audience, filters: Filters, most: int = MOST) -> list[Suggestion]:
    """What begins as `text` does; needs first. Services are left out while the engine is down. Three queries.

    `filters` hold for services; of places, the territories do.
    """
    tokens = name_tokens(text) if len(text) <= LONGEST else []
    if not tokens or (len(tokens) == 1 and len(tokens[0]) < SHORTEST and not analysis.is_chinese(tokens[0])):
        return []
    return [
        *_first("need", _needs(tokens, language, audience)),
        *_first("place", _places(tokens, audience, filters)),
        *_first("service", _services(tokens, language, audience, filters)),
    ][:most]


def _first(kind: Kind, found: Iterable[Suggestion]) -> list[Suggestion]:
    kept: dict[str, Suggestion] = {}
    for one in found:
        kept.setdefault(one.key, one)
        if len(kept) == MOST_OF_A_KIND[kind]:
            break
    return list(kept.values())


def _needs(tokens: Sequence[str], language: str, audience: Audience) -> list[Suggestion]:
    """Needs by the name that begins so: those met in the page's language, then those met in another."""
    found = []
    for key, names in _named_needs(audience):
        met = [code for code, name in names.items() if name.begins(tokens)]
        if met:
            code = language if language in met else met[0]
            found.append((code != language, Suggestion("need", names[code].text, key)))
    return [one for _in_another, one in sorted(found, key=lambda pair: pair[0])]


def _places(tokens: Sequence[str], audience: Audience, filters: Filters) -> Iterator[Suggestion]:
    for place in gazetteer(audience).listed:
        if "territory" in filters and place.territory not in filters["territory"]:
            continue
        if met := next((name for name in place.names if name.begins(tokens)), None):
            yield Suggestion("place", met.text, place.code)


def _services(tokens: Sequence[str], language: str, audience: Audience, filters: Filters) -> list[Suggestion]:
    """Services that the engine finds and the reader has; what was hidden since it was indexed drops out."""
    try:
        keys = get_engine(audience).calling(tokens, filters, SERVICES_LOOKED_AT)
    except EngineDown:
        return []
    within = {"territory": filters["territory"]} if "territory" in filters else {}
    records = PublishedRecord.objects.of("service", audience, ALL_LANGUAGES).among(keys, audience, "service", within)
    bodies = dict(records.values_list("uuid", "body"))
    names = {key: orjson.loads(bodies[key])["name"] for key in keys if key in bodies}
    in_order = sorted(names, key=lambda key: not Name.of(names[key].get(language) or "").begins(tokens))
    return [Suggestion("service", _shown(names[key], language, tokens), str(key)) for key in in_order]


def _shown(names: Mapping[str, str], language: str, tokens: Sequence[str]) -> str:
    """The name that begins so; of a service met by its organization's name, one in the script typed. The page's
    language first."""
    script = analysis.script_of(tokens[-1])
    codes = sorted((code for code in names if names[code]), key=lambda code: code != language)
    met = [code for code in codes if Name.of(names[code]).begins(tokens)]
    written = [code for code in codes if analysis.script_of_language(code) == script]
    return names[(*met, *written, *codes)[0]]


def _named_needs(audience: Audience) -> list[Named]:
    """Needs with their names in every language, in their order. One query; another where a term has changed."""
    terms = PublishedRecord.objects.of("term", audience, ALL_LANGUAGES)
    now = terms.aggregate(count=Count("pk"), newest=Max("seq"))
    return _read_needs(audience, now["count"], now["newest"])


@lru_cache(maxsize=8)
def _read_needs(audience: str, _count: int, _newest: int | None) -> list[Named]:
    bodies = PublishedRecord.objects.of("term", audience, ALL_LANGUAGES).values_list("body", flat=True)
    terms = [term for term in map(orjson.loads, bodies) if term["taxonomy"] == "need"]
    return [
        (str(UUID(term["id"])), {code: Name.of(name) for code, name in term["name"].items() if name})
        for term in sorted(terms, key=lambda term: int(term["order"]))
    ]
