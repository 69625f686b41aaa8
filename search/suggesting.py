"""What a person may be about to ask, while they type: needs, places and services, in their own script."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from uuid import UUID

import orjson

from search import analysis
from search.engine import EngineDown, Filters, get_engine
from search.expressions import split
from search.gazetteer import gazetteer
from services_catalog.choices import Audience
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication import records
from services_catalog.publication.records import PublishedRecord
from services_catalog.texts import text_of

Kind = Literal["need", "place", "service"]

MOST = 8
MOST_OF_A_KIND: Mapping[Kind, int] = {"need": 4, "place": 2, "service": 4}
SHORTEST = 2
"""Letters to begin with; a single Chinese character is a word already."""
LONGEST = 80
"""Who has typed more than this knows what to ask."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose: its kind, the words to show, and the id of a need or service or the code of a comune."""

    kind: Kind
    text: str
    key: str


def suggest(text: str, language: str, audience: Audience, filters: Filters, most: int = MOST) -> list[Suggestion]:
    """What begins as `text` does; needs first. Services are left out while the engine is down. Four queries."""
    tokens = split(text[:LONGEST])
    if not tokens or (len(tokens[-1]) < SHORTEST and len(tokens) == 1 and not analysis.is_chinese(tokens[-1])):
        return []
    return [
        *_first("need", _needs(tokens, language, audience)),
        *_first("place", _places(tokens, audience)),
        *_first("service", _services(tokens, language, audience, filters)),
    ][:most]


def _first(kind: Kind, found: Iterable[Suggestion]) -> list[Suggestion]:
    kept: dict[str, Suggestion] = {}
    for one in found:
        kept.setdefault(one.key, one)
        if len(kept) == MOST_OF_A_KIND[kind]:
            break
    return list(kept.values())


def _needs(tokens: list[str], language: str, audience: Audience) -> Iterator[Suggestion]:
    """Needs one of whose names in the script typed begins so: the page's language first, else as it was met."""
    script = analysis.script_of(tokens[-1])
    for key, names in _named_needs(audience):
        met = [
            name
            for code, name in names.items()
            if analysis.script_of_language(code) == script and _begins(name, tokens)
        ]
        if met:
            shown = names.get(language, "")
            same = shown and analysis.script_of_language(language) == script
            yield Suggestion("need", shown if same else met[0], key)


def _places(tokens: list[str], audience: Audience) -> Iterator[Suggestion]:
    for place in gazetteer(audience).listed:
        if _begins(place.name, tokens):
            yield Suggestion("place", place.name, place.code)


def _services(tokens: list[str], language: str, audience: Audience, filters: Filters) -> Iterator[Suggestion]:
    try:
        keys = get_engine(audience).calling(tokens, filters, MOST_OF_A_KIND["service"])
    except EngineDown:
        return
    bodies = records.bodies("service", keys, audience, ALL_LANGUAGES)
    for key in keys:
        if key in bodies:
            names = orjson.loads(bodies[key])["name"]
            yield Suggestion("service", names.get(language) or text_of(names), str(key))


def _begins(name: str, tokens: list[str]) -> bool:
    """Whether the words of `name` have a word for each token, the last perhaps only begun."""
    words = split(name)
    *whole, begun = tokens
    return all(token in words for token in whole) and any(word.startswith(begun) for word in words)


def _named_needs(audience: Audience) -> list[tuple[str, dict[str, str]]]:
    """Needs with their names in every language, in their order. One query; another where a term has changed."""
    terms = PublishedRecord.objects.of("term", audience, ALL_LANGUAGES)
    return _read_needs(audience, terms.count(), terms.order_by("-seq").values_list("seq", flat=True).first() or 0)


@lru_cache(maxsize=8)
def _read_needs(audience: str, _count: int, _newest: int) -> list[tuple[str, dict[str, str]]]:
    bodies = PublishedRecord.objects.of("term", audience, ALL_LANGUAGES).values_list("body", flat=True)
    terms = [term for term in map(orjson.loads, bodies) if term["taxonomy"] == "need"]
    return [(str(UUID(term["id"])), term["name"]) for term in sorted(terms, key=lambda term: int(term["order"]))]
