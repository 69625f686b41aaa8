"""Terms, custom attributes and territories: what the other bodies name by id, by key or by slug."""

from datetime import date
from typing import Literal
from uuid import UUID

from services_catalog.choices import AttributeType, Audience, TerritoryKind
from services_catalog.publication.shapes.base import Body, ComuneCode, Shape, Source, Text
from services_catalog.publication.shapes.place import Closure


class Term(Body):
    """A term of a taxonomy. `pictogram` names the drawing of a need."""

    kind: Literal["term"] = "term"
    id: UUID
    taxonomy: str
    slug: str
    parent: UUID | None
    name: Text
    description: Text
    pictogram: str
    order: int


class AttributeChoice(Shape):
    """A value that an attribute offers. Services hold the key."""

    key: str
    name: Text


class Attribute(Body):
    """A custom attribute: what `attributes` of a service holds under `key`. A territory of null: of every service.

    `filterable`: services can be searched by it, as `attribute.<key>`.
    """

    kind: Literal["attribute"] = "attribute"
    id: UUID
    key: str
    type: AttributeType
    territory: str | None
    audience: Audience
    name: Text
    choices: tuple[AttributeChoice, ...]
    filterable: bool
    order: int


class SocialOffice(Shape):
    """The social office of a comune; "" where not stated."""

    phone: str
    opening_hours: str


class IstatCode(Shape):
    """A code of ISTAT's with the days on which it holds."""

    code: str
    valid_from: date | None
    valid_until: date | None


class TerritoryComune(Shape):
    """A comune of a territory with what depends on it."""

    code: ComuneCode
    name: str
    province: str
    latitude: float | None
    longitude: float | None
    istat_codes: tuple[IstatCode, ...]
    closures: tuple[Closure, ...]
    office: SocialOffice


class EmergencyNumber(Shape):
    """A number shown on every page, with who states it and the day it was checked."""

    number: str
    name: Text
    source: str
    checked_on: date


class Territory(Body):
    """A union of comuni that runs social services together."""

    kind: Literal["territory"] = "territory"
    id: UUID
    slug: str
    type: TerritoryKind
    name: Text
    description: Text
    demonstration: bool
    languages: tuple[str, ...]
    show_as_of: date | None
    comuni: tuple[TerritoryComune, ...]
    emergency_numbers: tuple[EmergencyNumber, ...]
    sources: tuple[Source, ...]
