"""Published record → index rows: one for every place of a service, or one where it has no place.

Every row of a service carries all of the service's words, so that which words match never depends on the place; only
comune, accessibility, point and opening times hold at one place. Rows are made from the records of one audience and
know no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

import orjson
from django.utils import timezone

from search import texts
from search.availability import availability
from search.facets import ANY, ATTRIBUTE, EACH, FACETS, SERVED
from search.hours import asker, hours_at
from search.opening import blocks_of, horizon
from services_catalog.choices import Status
from services_catalog.life import Life, status_on
from services_catalog.publication.document import Service, TerritoryComune
from services_catalog.publication.facets import prices

SCHEMA_VERSION = 9
"""Raised whenever rows change shape or analysis changes: an index of another version is rebuilt by the follower."""

TAXONOMIES = ("need", "target", "life_event", "language_spoken", "access", "figure")
"""Columns of the terms whose labels are a service's words too, in every language."""

EPOCH = date(1970, 1, 1)

Columns = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A service at a place, as both engines index it.

    `first` marks one row a service; `single` rows are the only one of theirs: with these two, engines that count rows
    count services. `sort` orders the active ones first, then by name, then id. `columns`: values by COLUMNS. `uses`:
    terms and territory it was made with. `open_elsewhere`: on a service's first row, when any of its other places is
    open. `called`: there too, the words of its names for who is still typing. `assured`: the day on which somebody last
    made sure, counted from 1970. `free_until`, `full_until`: see `availability`.
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
    words: Mapping[str, frozenset[str]]
    spelling: frozenset[str]
    latitude: float | None
    longitude: float | None
    open_blocks: tuple[str, ...]
    unknown_blocks: tuple[str, ...]
    open_elsewhere: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    assured: int | None = None
    free_until: int | None = None
    full_until: int | None = None


@dataclass
class Context:
    """What rows are made with beside the service's own record: labels of terms, territories, and the minute it is."""

    now: datetime
    labels: dict[str, texts.Label] = field(default_factory=dict)
    territories: dict[str, dict[str, Any]] = field(default_factory=dict)
    comuni: dict[str, tuple[TerritoryComune, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Iterable[str], territories: Iterable[str], now: datetime) -> "Context":
        """From the bodies, in all languages, of the audience's term and territory records."""
        context = cls(now)
        for body in terms:
            term = orjson.loads(body)
            context.labels[term["id"]] = texts.label_of(term["name"])
        for body in territories:
            territory = orjson.loads(body)
            context.territories[territory["slug"]] = territory
            context.comuni[territory["slug"]] = tuple(map(TerritoryComune.model_validate, territory["comuni"]))
        return context

    def comuni_of(self, territory: str) -> list[str]:
        """Cadastral codes of a territory's comuni; none for one that this audience has no record of."""
        return [comune.code for comune in self.comuni.get(territory, ())]

    def as_of(self, territory: str) -> date | None:
        """The day as of which a territory is shown, if not today."""
        day = self.territories.get(territory, {}).get("show_as_of")
        return date.fromisoformat(day) if day else None


def rows_of(
    body: str, checksum: str, context: Context, territories: Iterable[str] = (), attributes: Iterable[str] = ()
) -> Iterator[Row]:
    """The rows of a service record's body in all languages. `territories`: those that share it, beside its own;
    `attributes`: its values of custom attributes that are filters, as their column holds them.

    Raises ValueError, LookupError or TypeError for a body of another shape.
    """
    service, known = orjson.loads(body), Service.model_validate_json(body)
    status = _status(known, context)
    columns = _service_columns(service, context, territories) | {"status": (str(status),), ATTRIBUTE: tuple(attributes)}
    labels = [context.labels[key] for taxonomy in TAXONOMIES for key in columns[taxonomy] if key in context.labels]
    words, spelling = texts.words_of(service, labels), texts.spelling_of(service, labels)
    called = texts.called(service)
    asks, as_of = asker(known, context.comuni.get(known.territory, ())), context.as_of(known.territory)
    sort = f"{int(status != Status.ACTIVE)}\t{texts.sort_name(service['name'])}"
    known_free = availability(known.capacities, timezone.localdate(context.now) - as_of if as_of else timedelta())
    places: list[dict[str, Any] | None] = list(service["locations"]) or [None]
    of_places = [_of_place(place, columns[SERVED]) for place in places]
    hours = [
        hours_at(known, known.locations[number] if place else None, asks, as_of, horizon(context.now))
        for number, place in enumerate(places)
    ]
    for number, place in enumerate(places):
        location = place["location"] if place else None
        key = f"{service['id']}:{place['id']}" if place else service["id"]
        yield Row(
            id=key,
            service=known.id,
            place=UUID(place["id"]) if place else None,
            checksum=checksum,
            first=number == 0,
            single=len(places) == 1,
            sort=f"{sort}\t{key}",
            columns={**columns, **place_columns(service["id"], of_places, number)},
            uses=_uses(columns, of_places[number]),
            words=words,
            spelling=spelling,
            latitude=location["latitude"] if location else None,
            longitude=location["longitude"] if location else None,
            open_blocks=blocks_of(hours[number].opens),
            unknown_blocks=blocks_of(hours[number].unknowns),
            open_elsewhere=blocks_of(tuple(chain(*(one.opens for one in hours[1:])))) if number == 0 else (),
            called=called if number == 0 else frozenset(),
            assured=(known.assured_date - EPOCH).days if known.assured_date else None,
            free_until=known_free.free_until,
            full_until=known_free.full_until,
        )


def _service_columns(service: dict[str, Any], context: Context, territories: Iterable[str]) -> Columns:
    """The values that are the same at every place of the service."""
    terms = service["terms"]
    figures = terms["figures"]
    return {
        "need": tuple(terms["needs"]),
        "target": tuple(terms["targets"]),
        "life_event": tuple(terms["life_events"]),
        "language_spoken": _unique((*terms["languages"], *(one for figure in figures for one in figure["languages"]))),
        "access": tuple(terms["ways_of_access"]),
        "figure": _unique(figure["term"] for figure in figures),
        "organization": _unique(part["organization"]["id"] for part in service["organizations"]),
        "program": (service["program"]["id"],) if service["program"] else (),
        "cost": tuple(sorted(prices(service["costs"]))),
        "territory": _unique((service["territory"], *territories)),
        SERVED: _served(service, context),
    }


def _status(service: Service, context: Context) -> Status:
    """The status of the day that it is in the service's territory."""
    day = context.as_of(service.territory) or timezone.localdate(context.now)
    lives = [one for one in (service, service.program) if one]
    return status_on(day, *(Life(one.status, one.valid_from, one.valid_until) for one in lives))


def _uses(columns: Columns, of_place: Columns) -> tuple[str, ...]:
    """What a row quotes of other records: terms by their ids, territories by their slugs."""
    quoted = (*(columns[taxonomy] for taxonomy in TAXONOMIES), of_place["accessibility"], columns["territory"])
    return _unique(value for values in quoted for value in values)


def _of_place(place: Mapping[str, Any] | None, served: tuple[str, ...]) -> Columns:
    """The values that hold at one place alone."""
    location = place["location"] if place else {"comune": None, "accessibility": ()}
    door = location["comune"]
    return {
        "comune": (door["code"],) if door and door["code"] not in served else (),
        "accessibility": tuple(location["accessibility"]),
    }


def place_columns(service: str, of_places: Sequence[Columns], number: int) -> Columns:
    """The columns of the row of one place of several: its own, and those by which the engines count services."""
    columns = dict(of_places[number])
    for facet in (facet.name for facet in FACETS.values() if facet.of_place):
        if number == 0:
            columns[f"{facet}{ANY}"] = _unique(value for one in of_places for value in one[facet])
        if len(of_places) > 1:
            columns[f"{facet}{EACH}"] = tuple(f"{value} {service}" for value in of_places[number][facet])
    return columns


def _served(service: dict[str, Any], context: Context) -> tuple[str, ...]:
    """Comuni whose people are served, an area without a comune being the whole territory."""
    areas = service["service_areas"]
    whole = context.comuni_of(service["territory"]) if any(area["comune"] is None for area in areas) else ()
    return _unique((*whole, *(area["comune"] for area in areas if area["comune"])))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
