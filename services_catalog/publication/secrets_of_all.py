"""The secrets of all that is sealed: for texts that concern everybody, of attributes, terms and territories.

Staff and administrators, who write these, may know any refuge of theirs. As one refuge's address is hunted in all of
them, it has to look like one: a refuge "in the centre" must not take the day centres away. Hamlets are no secrets here:
a territory's description lists them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any

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


class OfAll:
    """The secrets of each territory, and of all of them. Four queries where there are none, two more where there are;
    none before the first question."""

    def of(self, body: Part) -> Secrets:
        """What the body of an attribute, a term or a territory must not say: what is of every territory names nothing
        of any."""
        territory = body["slug"] if body["kind"] == "territory" else body.get("territory")
        return self._found.get(territory, NONE) if territory else reduce(or_, self._found.values(), NONE)

    @cached_property
    def _found(self) -> dict[str, Secrets]:
        found: dict[str, Secrets] = defaultdict(Secrets)
        for pairs in (_streets(), _phones(), _contacts(), _emails_of_services()):
            for territory, secret in pairs:
                found[territory] |= secret
        return dict(found)


Pairs = Iterator[tuple[str, Secrets]]
"""Short names of territories, each with a secret of theirs."""


def _streets() -> Pairs:
    """Of a place's own territory, and of those of the services that meet there."""
    columns = ("id", "territory__slug", "comune_id", "comune__name", "street")
    hidden = list(_hidden().values(*columns))
    if not hidden:
        return
    territories = {row["id"]: {row["territory__slug"]} for row in hidden}
    doors = plain(models.ServiceAtLocation).filter(location__in=_hidden())
    for place, slug in doors.values_list("location_id", "service__territory__slug"):
        territories[place].add(slug)
    public = public_places(row["comune_id"] for row in hidden)
    for row in hidden:
        phrase = with_number(words_of(row["street"]))
        told = is_public(phrase, public.get(row["comune_id"] or "", ()), "street")
        if _is_address(phrase) and phrase != words_of(row["comune__name"] or "") and not told:
            yield from ((slug, Secrets(phrases=long({phrase}))) for slug in territories[row["id"]])


def _is_address(phrase: str) -> bool:
    words = phrase.split()
    return len(words) > 1 and bool(WAYS.fullmatch(words[0]) or any(word.isdigit() for word in words))


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
