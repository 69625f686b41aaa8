"""The secrets of all that is sealed: for texts that concern everybody, of attributes, terms and territories.

Staff and administrators, who write these, may know any refuge of theirs. As one refuge's address is hunted in all of
them, it has to look like one: a refuge "in the centre" must not take the day centres away. Hamlets are no secrets here:
a territory's description lists them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from services_catalog import models
from services_catalog.access import sealed
from services_catalog.choices import Audience
from services_catalog.publication.inputs import Row, plain
from services_catalog.publication.parts import Part
from services_catalog.publication.secrets import (
    NONE,
    Secrets,
    digits_of,
    is_public,
    long,
    public_places,
    together,
    with_number,
    words_of,
)

WAYS = re.compile(
    "borgata|calle|contrada|corso|largo|loc|localita|piazza|piazzale|piazzetta|salita|strada|traversa|v|via|viale|vico"
    "|vicolo"
)
"""What addresses begin with, as `words_of` writes it."""
AT = (
    "organization",
    "service",
    "location",
    "location__services__service",
    "service_at_location__service",
    "service_at_location__location",
)
"""The ways from a phone or contact to what has a territory."""

Pairs = Iterator[tuple[str, Secrets]]
"""Short names of territories, each with a secret of theirs."""


class Address(NamedTuple):
    """The street of something sealed, as `words_of` writes it, by the short name of a territory whose it is."""

    territory: str
    phrase: str
    comune: str | None


class OfAll:
    """The secrets of each territory, and of all of them. Four queries where there are none, another where there are,
    and one for an address that some text names; none before the first question."""

    def __init__(self) -> None:
        self._public: dict[str, bool] = {}

    def of(self, body: Part) -> Secrets:
        """What the body of an attribute, a term or a territory says and must not: what is of every territory names
        nothing of any."""
        secrets = self._everything
        if territory := body["slug"] if body["kind"] == "territory" else body.get("territory"):
            secrets = self._found.get(territory, NONE)
        told = secrets.told_by(" ".join(_texts(body))) if secrets else NONE
        return replace(told, phrases=frozenset(phrase for phrase in told.phrases if not self._is_public(phrase)))

    @cached_property
    def _addresses(self) -> list[Address]:
        return list(_addresses())

    @cached_property
    def _found(self) -> dict[str, Secrets]:
        found: dict[str, list[Secrets]] = defaultdict(list)
        for one in self._addresses:
            found[one.territory].append(Secrets(phrases=frozenset({one.phrase})))
        for pairs in (_phones(), _contacts(), _emails_of_services()):
            for territory, secret in pairs:
                found[territory].append(secret)
        return {territory: together(secrets) for territory, secrets in found.items()}

    @cached_property
    def _everything(self) -> Secrets:
        return together(self._found.values())

    def _is_public(self, phrase: str) -> bool:
        """Whether everybody may know a place in this street, in every comune where something sealed is in it."""
        if phrase not in self._public:
            comuni = {one.comune for one in self._addresses if one.phrase == phrase}
            places = public_places(comuni)
            told = (is_public(phrase, places.get(comune or "", ()), "street") for comune in comuni)
            self._public[phrase] = all(told)
        return self._public[phrase]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from _texts(item)


def _addresses() -> Iterator[Address]:
    """Of each sealed place, in its own territory and in those of the services that meet there."""
    columns = ("id", "territory__slug", "comune_id", "comune__name", "street")
    hidden = list(_hidden().values(*columns))
    territories = {row["id"]: {row["territory__slug"]} for row in hidden}
    doors = plain(models.ServiceAtLocation).filter(location__in=_hidden())
    for place, slug in doors.values_list("location_id", "service__territory__slug") if hidden else ():
        territories[place].add(slug)
    for row in hidden:
        phrase = with_number(words_of(row["street"]))
        if _is_address(phrase) and phrase != words_of(row["comune__name"] or ""):
            yield from (Address(slug, phrase, row["comune_id"]) for slug in territories[row["id"]])


def _is_address(phrase: str) -> bool:
    words = phrase.split()
    looks_so = bool(words) and bool(WAYS.fullmatch(words[0]) or any(word.isdigit() for word in words))
    return looks_so and len(words) > 1 and bool(long({phrase}))


def _phones() -> Pairs:
    for row in _reached(models.Phone, "number"):
        secret = Secrets(numbers=long({digits_of(row["number"])}))
        yield from ((slug, secret) for slug in _territories(row))


def _contacts() -> Pairs:
    for row in _reached(models.Contact, "email"):
        if row["email"]:
            secret = Secrets(emails=frozenset({row["email"].casefold()}))
            yield from ((slug, secret) for slug in _territories(row))


def _emails_of_services() -> Pairs:
    hidden = plain(models.Service).filter(audience=Audience.SEALED).exclude(email="")
    for slug, email in hidden.values_list("territory__slug", "email"):
        yield slug, Secrets(emails=frozenset({email.casefold()}))


def _reached(model: type[models.Phone | models.Contact], column: str) -> list[Row]:
    """Rows that are sealed by themselves or with the place they are at."""
    at_hidden = Q(location__in=_hidden()) | Q(service_at_location__location__in=_hidden())
    found = plain(model).filter(at_hidden | Q(audience=Audience.SEALED))
    return list(found.values(column, *(f"{way}__territory__slug" for way in AT)))


def _hidden() -> QuerySet[Any, Any]:
    return plain(models.Location).filter(sealed(models.Location))


def _territories(row: Row) -> set[str]:
    return {row[f"{way}__territory__slug"] for way in AT} - {None}
