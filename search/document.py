"""Published record → index rows: one for every place of a service, or one where it has no place.

Every row of a service carries all of the service's words, so that which words match never depends on the place; only
comune, accessibility, point and opening times hold at one place. Rows are made from the records of one audience and
know no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from search import analysis
from search.facets import ANY, EACH, FACETS, SERVED
from search.hours import hours_at
from search.opening import blocks_of, horizon
from services_catalog.languages import LANGUAGES
from services_catalog.publication.document import Service

SCHEMA_VERSION = 1
"""Raised whenever rows change shape or analysis changes: an index of another version is rebuilt by the follower."""

WEIGHTS: Mapping[str, float] = {"name": 4.0, "labels": 3.0, "summary": 2.0, "prose": 1.0}
"""Fields of words, and how much a word found there counts."""

_PROSE = ("description", "who_for", "how_to", "what_you_get", "times", "conditions", "referral_route")

Words = Mapping[str, frozenset[str]]
PlaceValues = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A service at a place, as both engines index it.

    `first` marks one row a service; `single` rows are the only one of theirs: with these two, engines that count rows
    count services. `sort` orders by name, then id. `columns`: values by COLUMNS. `uses`: terms and territory it was
    made with.
    """

    id: str
    service: UUID
    place: UUID | None
    checksum: str
    first: bool
    single: bool
    sort: str
    columns: Mapping[str, tuple[str, ...]]
    uses: tuple[str, ...]
    words: Words
    spelling: frozenset[str]
    latitude: float | None
    longitude: float | None
    open_blocks: tuple[str, ...]
    unknown_blocks: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """The words of a term's name in every language."""

    words: frozenset[str]
    spelling: frozenset[str]


@dataclass
class Context:
    """What rows are made with beside the service's own record: labels of terms, territories, and the minute it is."""

    now: datetime
    labels: dict[str, Label] = field(default_factory=dict)
    territories: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[str], territories: Iterable[str], now: datetime) -> "Context":
        """From the bodies, in all languages, of the audience's term and territory records."""
        context = cls(now)
        for body in terms:
            term = orjson.loads(body)
            texts = [term["name"]]
            context.labels[term["id"]] = Label(_words(texts), _spelling(texts))
        for body in territories:
            territory = orjson.loads(body)
            context.territories[territory["slug"]] = territory
        return context

    def comuni_of(self, territory: str) -> list[str]:
        """Cadastral codes of a territory's comuni; none for one that this audience has no record of."""
        return [comune["code"] for comune in self.territories.get(territory, {}).get("comuni", ())]

    def as_of(self, territory: str) -> date | None:
        """The day as of which a territory is shown, if not today."""
        day = self.territories.get(territory, {}).get("show_as_of")
        return date.fromisoformat(day) if day else None


def rows_of(body: str, checksum: str, context: Context, territories: Iterable[str] = ()) -> Iterator[Row]:
    """The rows of a service record's body in all languages. `territories`: those that share it, beside its own."""
    service = orjson.loads(body)
    known = Service.model_validate_json(body)
    terms = _terms(service["terms"])
    labels = [context.labels[key] for keys in terms.values() for key in keys if key in context.labels]
    words = _service_words(service, labels)
    spelling = _service_spelling(service, labels)
    served = _served(service, context)
    common = {
        **terms,
        "organization": _unique(part["organization"]["id"] for part in service["organizations"]),
        "program": (service["program"]["id"],) if service["program"] else (),
        "territory": _unique((service["territory"], *territories)),
        "status": (service["status"],),
        SERVED: served,
    }
    places: list[dict[str, Any] | None] = list(service["locations"]) or [None]
    of_places = [_of_place(place, served) for place in places]
    as_of = context.as_of(service["territory"])
    for number, (place, of_place) in enumerate(zip(places, of_places, strict=True)):
        location = place["location"] if place else None
        hours = hours_at(known, known.locations[number] if place else None, as_of, horizon(context.now))
        key = f"{service['id']}:{place['id']}" if place else service["id"]
        yield Row(
            id=key,
            service=UUID(service["id"]),
            place=UUID(place["id"]) if place else None,
            checksum=checksum,
            first=number == 0,
            single=len(places) == 1,
            sort=f"{_sort_name(service['name'])}\t{key}",
            columns={**common, **place_columns(service["id"], of_places, number)},
            uses=_unique(
                key for keys in (*terms.values(), of_place["accessibility"], common["territory"]) for key in keys
            ),
            words=words,
            spelling=spelling,
            latitude=location["latitude"] if location else None,
            longitude=location["longitude"] if location else None,
            open_blocks=tuple(blocks_of(hours.opens)),
            unknown_blocks=tuple(blocks_of(hours.unknowns)),
        )


def _of_place(place: Mapping[str, Any] | None, served: tuple[str, ...]) -> PlaceValues:
    """The values that hold at one place alone."""
    location = place["location"] if place else {"comune": None, "accessibility": ()}
    door = location["comune"]
    return {
        "comune": (door["code"],) if door and door["code"] not in served else (),
        "accessibility": tuple(location["accessibility"]),
    }


def place_columns(service: str, of_places: Sequence[PlaceValues], number: int) -> PlaceValues:
    """The columns of the row of one place of several: its own, and those by which the engines count services."""
    columns = dict(of_places[number])
    for facet in (facet.name for facet in FACETS.values() if facet.of_place):
        if number == 0:
            columns[f"{facet}{ANY}"] = _unique(value for one in of_places for value in one[facet])
        if len(of_places) > 1:
            columns[f"{facet}{EACH}"] = tuple(f"{value} {service}" for value in of_places[number][facet])
    return columns


def _terms(terms: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        "need": tuple(terms["needs"]),
        "target": tuple(terms["targets"]),
        "life_event": tuple(terms["life_events"]),
        "language_spoken": _unique(
            (*terms["languages"], *(one for figure in terms["figures"] for one in figure["languages"]))
        ),
        "access": tuple(terms["ways_of_access"]),
        "figure": _unique(figure["term"] for figure in terms["figures"]),
    }


def _served(service: dict[str, Any], context: Context) -> tuple[str, ...]:
    """Comuni whose people are served, an area without a comune being the whole territory."""
    areas = service["service_areas"]
    whole = context.comuni_of(service["territory"]) if any(area["comune"] is None for area in areas) else ()
    return _unique((*whole, *(area["comune"] for area in areas if area["comune"])))


def _service_words(service: dict[str, Any], labels: list[Label]) -> Words:
    return {
        "name": _words([service["name"], service["alternate_name"]]),
        "labels": _words(_organization_names(service)).union(*(label.words for label in labels)),
        "summary": _words([service["summary"], *_context_texts(service)]),
        "prose": _words([service[name] for name in _PROSE]),
    }


def _service_spelling(service: dict[str, Any], labels: list[Label]) -> frozenset[str]:
    texts = [service["name"], service["alternate_name"], service["summary"]]
    return _spelling([*texts, *_organization_names(service), *_context_texts(service)]).union(
        *(label.spelling for label in labels)
    )


def _organization_names(service: dict[str, Any]) -> list[dict[str, str]]:
    organizations = [part["organization"] for part in service["organizations"]]
    return [{"it": f"{one['name']} {one['alternate_name']}"} for one in organizations]


def _context_texts(service: dict[str, Any]) -> list[dict[str, str]]:
    """Texts that place a service: its program, its places and their comuni."""
    texts = [service["program"]["name"]] if service["program"] else []
    for place in service["locations"]:
        location = place["location"]
        address, comune = location["address"], location["comune"]
        proper = (comune and comune["name"], address and address["locality"], address and address["street"])
        texts += [location["name"], {"it": " ".join(part for part in proper if part)}]
    return texts


def _words(texts: Iterable[dict[str, str]]) -> frozenset[str]:
    return frozenset(
        form for text in texts for language, written in text.items() for form in analysis.tokens(written, language)
    )


def _spelling(texts: Iterable[dict[str, str]]) -> frozenset[str]:
    return frozenset(
        word for text in texts for language, written in text.items() for word in analysis.plain_words(written, language)
    )


def _sort_name(name: dict[str, str]) -> str:
    first = next((name[language] for language in LANGUAGES if name.get(language)), "")
    return " ".join(analysis.split(first))[:80]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
