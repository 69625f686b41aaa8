"""Places as people name them: the comuni of the territories that a reader sees, and those of all Italy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import orjson

from search.expressions import Expressions
from search.naming import Name
from search.needs.features import consonants
from search.shipped import FOLDER, rows
from services_catalog.data import reference
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication.records import PublishedRecord

SHORTEST_BONES = 3
"""Consonants that a name must have to be met by them alone, in another script."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comune: its cadastral code and centre (WGS 84 degrees). `ours`: a territory's, not just somewhere in Italy; of
    these also the territory's slug and the names, in any script, by which they are completed."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    ours: bool
    territory: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """Names of places as expressions: those of our territories, `listed` by name, those of Italy, and ours by their
    consonants."""

    listed: tuple[Place, ...]
    ours: Expressions[Place]
    italy: Expressions[Place]
    by_bones: Mapping[str, Place]

    def in_other_script(self, token: str) -> Place | None:
        """Our place whose name sounds like a token of another script, by its consonants."""
        bones = "" if token.isascii() else consonants(token)
        return self.by_bones.get(bones) if len(bones) >= SHORTEST_BONES else None


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
    comuni = reference.comuni().values()
    places = (Place(one.cadastral_code, one.name, one.latitude, one.longitude, ours=False) for one in comuni)
    return Expressions.of((name, place) for place in places for name in _names(place.name))


def _names(name: str) -> Iterator[str]:
    yield name
    yield from _exonyms().get(name, ())


@cache
def _exonyms() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(FOLDER / "exonyms.csv"):
        found.setdefault(row["name"], []).append(row["exonym"])
    return found
