"""Organizations in their roles, and the programs they carry out together."""

from datetime import date
from typing import Literal
from uuid import UUID

from services_catalog.choices import (
    IdentifierScheme,
    LegalForm,
    Role,
    Status,
)
from services_catalog.publication.shapes.base import Body, Money, Shape, Source, Text
from services_catalog.publication.shapes.place import Contact, Phone


class Identifier(Shape):
    """A code in a register, with the days on which it holds."""

    scheme: IdentifierScheme
    value: str
    valid_from: date | None
    valid_until: date | None


class Organization(Body):
    """A body that runs, funds, refers or coordinates. Its name is a proper noun: not translated."""

    kind: Literal["organization"] = "organization"
    id: UUID
    territory: str
    name: str
    alternate_name: str
    description: Text
    legal_form: LegalForm
    identifiers: tuple[Identifier, ...]
    founded: date | None
    dissolved: date | None
    url: str
    email: str
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    assured_date: date | None


class Participation(Shape):
    """An organization in its role."""

    role: Role
    organization: Organization


class Partner(Shape):
    """An organization in its role in a program, by name: its own record says the rest."""

    role: Role
    organization: UUID
    name: str


class Fund(Shape):
    """Money of a program, in euros, and the logo owed to who gave it."""

    name: str
    amount: Money | None
    logo_owed: str


class Result(Shape):
    """What a program set out to do or did, in figures or words."""

    description: Text
    value: str
    measured_on: date | None


class Program(Shape):
    """A funded project that groups services."""

    id: UUID
    name: Text
    description: Text
    status: Status
    valid_from: date | None
    valid_until: date | None
    act: str
    cup: str
    amount: Money | None
    spent: Money | None
    funds: tuple[Fund, ...]
    partners: tuple[Partner, ...]
    results: tuple[Result, ...]
    sources: tuple[Source, ...]
