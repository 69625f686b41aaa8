"""Places as people name them: the comuni of the territories that a reader sees, those of all Italy, and postcodes.

No list says which comuni bear a postcode: the places published to everybody do, as they are at that minute.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import fmean

import orjson

from search.expressions import Expressions
from search.naming import Name
from search.needs.features import consonants
from search.shipped import FOLDER, rows
from services_catalog.choices import Audience
from services_catalog.data import reference
from services_catalog.data.reference import Comune
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication.records import PublishedRecord, RecordFacet

SHORTEST_BONES = 3
"""Consonants that a name must have to be met by them alone, in another script."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comune: its cadastral code and centre (WGS 84 degrees). `ours`: a territory's, not just somewhere in Italy; of
    these also the territory's slug and the names, in any script, by which they are completed. A postcode of several
    comuni has no code, and their middle."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    ours: bool
    territory: str = ""
    names: tuple[Name, ...] = ()

    @property
    def is_point(self) -> bool:
        """Whether one can set out from it: the middle of several comuni is in the fields."""
        return bool(self.code) and self.latitude is not None and self.longitude is not None


def _nowhere(_postcode: str) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Gazetteer:
    """Names of places as expressions: those of our territories, `listed` by name, those of Italy, and ours by their
    consonants. `bearing`: a postcode → the cadastral codes of the comuni where it is known."""

    listed: tuple[Place, ...]
    ours: Expressions[Place]
    italy: Expressions[Place]
    by_bones: Mapping[str, Place]
    bearing: Callable[[str], Collection[str]] = _nowhere

    def in_other_script(self, token: str) -> Place | None:
        """Our place whose name sounds like a token of another script, by its consonants."""
        bones = "" if token.isascii() else consonants(token)
        return self.by_bones.get(bones) if len(bones) >= SHORTEST_BONES else None

    def at_postcode(self, postcode: str) -> Place | None:
        """The comune that bears a postcode, or the middle of those that do; None for one that no place has."""
        borne = [place for code in sorted(self.bearing(postcode)) if (place := self.of_code(code))]
        if len(borne) < 2:
            return borne[0] if borne else None
        latitudes = [place.latitude for place in borne if place.latitude is not None]
        longitudes = [place.longitude for place in borne if place.longitude is not None]
        if not latitudes or not longitudes:
            return None
        return Place("", postcode, fmean(latitudes), fmean(longitudes), ours=False)

    def of_code(self, code: str) -> Place | None:
        """The comune of a cadastral code."""
        ours = next((place for place in self.listed if place.code == code), None)
        known = reference.comuni().get(code)
        return ours or (_elsewhere(known) if known else None)


def comuni_of_postcode(postcode: str) -> set[str]:
    """The comuni of the public's places that bear `postcode`. One query, of what is published now."""
    places = RecordFacet.objects.filter(reader=Audience.PUBLIC, kind="location")
    bearing = places.filter(facet="postal_code", value=postcode).values("uuid")
    return set(places.filter(facet="comune", uuid__in=bearing).values_list("value", flat=True))


def gazetteer(audience: str) -> Gazetteer:
    """The places of an audience's territories as they are now. One query; another where a territory has changed."""
    records = PublishedRecord.objects.of("territory", audience, ALL_LANGUAGES)
    return _read(audience, tuple(records.order_by("uuid").values_list("uuid", "seq")))


@lru_cache(maxsize=8)
def _read(audience: str, _versions: tuple[object, ...]) -> Gazetteer:
    bodies = PublishedRecord.objects.of("territory", audience, ALL_LANGUAGES).values_list("body", flat=True)
    territories = map(orjson.loads, bodies)
    places = [_place(comune, territory["slug"]) for territory in territories for comune in territory["comuni"]]
    return Gazetteer(
        listed=tuple(sorted(places, key=lambda place: place.name)),
        ours=Expressions.of((name, place) for place in places for name in _names(place.name)),
        italy=italy(),
        by_bones={consonants(place.name.casefold()): place for place in places if " " not in place.name},
        bearing=comuni_of_postcode,
    )


def _place(comune: Mapping[str, object], territory: str) -> Place:
    known, name = reference.comuni().get(str(comune["code"])), str(comune["name"])
    return Place(
        str(comune["code"]),
        name,
        known.latitude if known else comune["latitude"],  # type: ignore[arg-type]  # numbers, by the record's shape
        known.longitude if known else comune["longitude"],  # type: ignore[arg-type]
        ours=True,
        territory=territory,
        names=tuple(map(Name.of, _names(name))),
    )


@cache
def italy() -> Expressions[Place]:
    """Every comune of Italy, as of somewhere else."""
    places = map(_elsewhere, reference.comuni().values())
    return Expressions.of((name, place) for place in places for name in _names(place.name))


def _elsewhere(comune: Comune) -> Place:
    return Place(comune.cadastral_code, comune.name, comune.latitude, comune.longitude, ours=False)


def _names(name: str) -> Iterator[str]:
    yield name
    yield from _exonyms().get(name, ())


@cache
def _exonyms() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(FOLDER / "exonyms.csv"):
        found.setdefault(row["name"], []).append(row["exonym"])
    return found
