"""Places, their hours, phones and contacts."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services_catalog.choices import (
    Audience,
    Caller,
    LocationType,
    PhoneType,
    ScheduleKind,
    ScheduleRule,
)
from services_catalog.publication.shapes.base import Body, ComuneCode, Shape, Source, Terms, Text


class ScheduleException(Shape):
    """Days, both included, on which other hours hold, or none ("off"), and why."""

    starts: date
    ends: date
    opening_hours: str
    reason: Text


class Schedule(Shape):
    """Hours as OpenStreetMap's `opening_hours` syntax, evaluated by `services_catalog.opening_hours`."""

    id: UUID
    audience: Audience
    callers: tuple[Caller, ...]
    kind: ScheduleKind
    rule: ScheduleRule
    opening_hours: str
    valid_from: date | None
    valid_until: date | None
    closes_on_comune_holidays: bool
    description: Text
    exceptions: tuple[ScheduleException, ...]


class Phone(Shape):
    """A number to call. `number` is as people dial it; "" where no document states it."""

    id: UUID
    audience: Audience
    callers: tuple[Caller, ...]
    type: PhoneType
    number: str
    extension: str
    description: Text
    languages: Terms
    schedules: tuple[Schedule, ...]


class Contact(Shape):
    """A person or desk, by function. `figure` is a term of the professional figures."""

    id: UUID
    audience: Audience
    callers: tuple[Caller, ...]
    name: str
    title: Text
    department: Text
    email: str
    figure: UUID | None
    languages: Terms


class Closure(Shape):
    """A day of every year on which a comune's offices and shops close: its patron saint."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    reason: Text


class Comune(Shape):
    """A comune as a place names it."""

    code: ComuneCode
    name: str
    closures: tuple[Closure, ...]


class Address(Shape):
    """HSDS's address, Italian parts."""

    street: str
    postal_code: str
    locality: str
    note: Text


class Location(Body):
    """A place where help is given: an address, a mobile unit's stop, or no place at all (online)."""

    kind: Literal["location"] = "location"
    id: UUID
    territory: str
    audience: Audience
    callers: tuple[Caller, ...]
    type: LocationType
    name: Text
    description: Text
    transportation: Text
    url: str
    comune: Comune | None
    address: Address | None
    latitude: float | None
    longitude: float | None
    accessibility: Terms
    accessibility_note: Text
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    schedules: tuple[Schedule, ...]
    sources: tuple[Source, ...]
    assured_date: date | None
