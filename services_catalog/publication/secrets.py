"""What must not be said of sealed things, and near whom: to the people who write about them, and to nobody else.

Near a sealed place, phone or contact are the service it is of and the organizations that run this or keep the place.
Strangers' texts are not read: they don't know, "via Roma 12" is in every comune, and whoever may write anywhere could
find a refuge by watching which of a hundred addresses is taken out.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from services_catalog import models
from services_catalog.access import sealed
from services_catalog.choices import Audience, Role
from services_catalog.publication.inputs import Inputs, Row, plain

SHORTEST = 6
"""Shorter pieces than this would be found in any text."""
SMALL = re.compile(
    r"(a[il]?|all[aoe]|agli|d[ai]?|dal(la)?|de([il]|gli|ll[aoe]?)?|e|il?|in|l[aeo]?|civico|n|nr|num(ero)?)"
)
"""Words that an address is written with or without."""


def words_of(text: str) -> str:
    """Words and numbers alone, between spaces: "Via del Segreto, n° 7" and "via segreto 7" are the same."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    words = re.findall(r"[0-9]+|[^\W\d_]+", letters)
    return f" {' '.join(word for word in words if not SMALL.fullmatch(word))} "


def digits_of(number: str) -> str:
    """The digits of a phone number, without Italy's prefix."""
    return re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", number))


@dataclass(frozen=True)
class Secrets:
    """Pieces of text, as `words_of`, `digits_of` and lower case make them. `comuni`: told by where, not how to ask."""

    phrases: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    comuni: frozenset[str] = frozenset()

    def __or__(self, other: "Secrets") -> "Secrets":
        return Secrets(
            self.phrases | other.phrases,
            self.numbers | other.numbers,
            self.emails | other.emails,
            self.comuni | other.comuni,
        )

    def told_by(self, text: str) -> "Secrets":
        """Those that the text tells."""
        words, lower = words_of(text), text.casefold()
        letters = "".join(filter(str.isalnum, lower))
        return Secrets(
            frozenset(phrase for phrase in self.phrases if phrase in words),
            frozenset(number for number in self.numbers if number in letters),
            frozenset(email for email in self.emails if email in lower),
            frozenset(comune for comune in self.comuni if comune in words),
        )

    def __bool__(self) -> bool:
        return bool(self.phrases or self.numbers or self.emails or self.comuni)


NONE = Secrets()


def together(secrets: Iterable[Secrets]) -> Secrets:
    """The secrets of all."""
    found = list(secrets)
    return Secrets(*(frozenset[str]().union(*(getattr(one, part.name) for one in found)) for part in fields(Secrets)))


def holders(service: str = "service__") -> Q:
    """Rows about a service of which something is sealed: itself, a place, a phone or a contact. `service`: the way from
    a row to it, "" from the service itself."""
    hidden = plain(models.Location).filter(sealed(models.Location))
    found = Q(**{f"{service}audience": Audience.SEALED})
    holding = [plain(models.ServiceAtLocation).filter(location__in=hidden).values("service_id")]
    for model in (models.Phone, models.Contact):
        own = plain(model).filter(audience=Audience.SEALED)
        holding += [own.values("service_id"), own.values("service_at_location__service_id")]
    for rows in holding:
        found |= Q(**{f"{service}pk__in": rows})
    return found


def run_with_secrets(**conditions: Any) -> QuerySet[Any, Any]:
    """Who runs which service of which something is sealed."""
    return plain(models.ServiceOrganization).filter(holders(), role=Role.RUNS, **conditions)


def public_places(comuni: Iterable[str | None]) -> Mapping[str, list[Row]]:
    """Places that everybody may know, by comune: a street or hamlet that they stand in is no secret."""
    found: dict[str, list[Row]] = defaultdict(list)
    if codes := set(comuni) - {None}:
        public = plain(models.Location).filter(comune_id__in=codes, live=True, audience=Audience.PUBLIC)
        for row in public.exclude(sealed(models.Location)).values("comune_id", "street", "locality"):
            found[row["comune_id"]].append(row)
    return found


def is_public(phrase: str, places: Iterable[Row], column: str) -> bool:
    """Whether one of these public places has the phrase in this column of its address."""
    return any(phrase in words_of(row[column]) for row in places)


class Near:
    """The secrets that concern the services, places and organizations of a batch. Two queries where there are none."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        keepers = {row["organization_id"] for row in inputs.locations.values()} - {None}
        organizations = keepers | inputs.organizations.keys()
        self._run: dict[UUID, set[UUID]] = defaultdict(set)
        self._kept: dict[UUID, set[UUID]] = defaultdict(set)
        if organizations:
            self._find(organizations)
        self._others = self._inputs_of_others()
        sources = [inputs, *([self._others] if self._others else [])]
        hidden = [row for source in sources for row in source.locations.values() if row["audience"] == Audience.SEALED]
        self._public = public_places(row["comune_id"] for row in hidden)

    def of_service(self, key: UUID) -> Secrets:
        """What the body of this service must not say."""
        own = self._of_service(self.inputs, key, strict=self.inputs.services[key]["audience"] == Audience.SEALED)
        near = {row["organization_id"] for row in self.inputs.participations.get(key, ())}
        near |= {
            self.inputs.locations[row["location_id"]]["organization_id"] for row in self.inputs.places.get(key, ())
        }
        return self._of_organizations(near) | own

    def of_location(self, key: UUID) -> Secrets:
        """What the body of this place must not say."""
        return self._of_organizations({self.inputs.locations[key]["organization_id"]})

    def of_organization(self, key: UUID) -> Secrets:
        """What the body of this organization must not say."""
        return self._of_organizations({key})

    def _find(self, organizations: set[UUID]) -> None:
        runs = run_with_secrets(organization_id__in=organizations)
        for organization, service in runs.values_list("organization_id", "service_id"):
            self._run[organization].add(service)
        kept = plain(models.Location).filter(sealed(models.Location), organization_id__in=organizations)
        for organization, location in kept.values_list("organization_id", "id"):
            self._kept[organization].add(location)

    def _inputs_of_others(self) -> Inputs | None:
        services, locations = set().union(*self._run.values()), set().union(*self._kept.values())
        return Inputs(services=services, locations=locations) if services or locations else None

    def _of_organizations(self, keys: Iterable[UUID | None]) -> Secrets:
        found = NONE
        for key in keys:
            if self._others and key:
                for service in self._run.get(key, ()):
                    found |= self._of_service(self._others, service)
                found |= self._of_places(
                    self._others, [self._others.locations[place] for place in self._kept.get(key, ())]
                )
        return found

    def _of_service(self, inputs: Inputs, key: UUID, *, strict: bool = False) -> Secrets:
        service = inputs.services[key]
        doors = [
            row
            for row in inputs.places.get(key, ())
            if inputs.locations[row["location_id"]]["audience"] == Audience.SEALED
        ]
        places = [inputs.locations[row["location_id"]] for row in doors]
        doors_ids = {row["id"] for row in doors}
        found = self._of_places(inputs, places, strict=strict)
        found |= _reached(inputs, {key, *(row["id"] for row in inputs.places.get(key, ()))}, hidden=doors_ids)
        if service["audience"] == Audience.SEALED and service["email"]:
            found |= Secrets(emails=frozenset({service["email"].casefold()}))
        return found

    def _of_places(self, inputs: Inputs, places: list[Row], *, strict: bool = False) -> Secrets:
        """`strict`: for the sealed service's own texts, where a street without its number and the comune tell all."""
        keys = {row["id"] for row in places}
        phrases, comuni = set(), set()
        for row in places:
            comune = words_of(inputs.comuni[row["comune_id"]]["name"]) if row["comune_id"] else ""
            street, locality = words_of(row["street"]), words_of(row["locality"])
            if strict:
                phrases |= {_without_number(street), with_number(street), locality} - {comune}
                comuni.add(comune)
                continue
            phrases |= {
                phrase
                for phrase, column in ((with_number(street), "street"), (locality, "locality"))
                if phrase != comune and not is_public(phrase, self._public.get(row["comune_id"] or "", ()), column)
            }
        return _reached(inputs, keys, hidden=keys) | Secrets(phrases=long(phrases), comuni=long(comuni, least=3))


def _reached(inputs: Inputs, owners: set[UUID], hidden: set[UUID]) -> Secrets:
    """Phones and e-mails of `owners` that are sealed by themselves or with their owner."""
    numbers, emails = set(), set()
    for owner in owners:
        for phone in inputs.phones.get(owner, ()):
            if owner in hidden or phone["audience"] == Audience.SEALED:
                numbers.add(digits_of(phone["number"]))
        for contact in inputs.contacts.get(owner, ()):
            if contact["email"] and (owner in hidden or contact["audience"] == Audience.SEALED):
                emails.add(contact["email"].casefold())
    return Secrets(numbers=long(numbers), emails=frozenset(emails))


def _number_at(words: list[str]) -> int | None:
    """Where the number of the door is: "4" in "via 4 novembre 12" is not."""
    return next((place for place, word in enumerate(words) if place > 1 and word.isdigit()), None)


def with_number(street: str) -> str:
    """Up to the door's number: what follows (staircase, flat) may be left out."""
    words = street.split()
    place = _number_at(words)
    return f" {' '.join(words if place is None else words[: place + 1])} "


def _without_number(street: str) -> str:
    words = street.split()
    return f" {' '.join(words[: _number_at(words)])} "


def long(phrases: Iterable[str], least: int = SHORTEST) -> frozenset[str]:
    """Those that are not found in any text."""
    return frozenset(phrase for phrase in phrases if len(phrase.replace(" ", "")) >= least)
