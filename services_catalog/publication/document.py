"""The shape of published bodies: what the API serves, the portal shows, the exchange carries and the engines index.

One shape a kind, at every reader. In a body of one language a text is a string, in the body of all languages a mapping
from language to string; nothing else differs. Bodies carry no "now": rules, `reported_at` and `expires_at`, never
"open". Terms are ids and attributes keys; their labels are in records of their own. A key is always present: an empty
text, list or null is "not stated"; of attributes those stated are there.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services_catalog.choices import (
    Audience,
    Caller,
    Status,
)
from services_catalog.publication.shapes.access import (
    Access,
    AccessStep,
    Capacity,
    CostOption,
    EligibilityRule,
    Quota,
    RequiredDocument,
    ServiceArea,
)
from services_catalog.publication.shapes.base import Body, ComuneCode, Money, Shape, Source, Terms, Text
from services_catalog.publication.shapes.organization import (
    Fund,
    Identifier,
    Organization,
    Participation,
    Partner,
    Program,
    Result,
)
from services_catalog.publication.shapes.place import (
    Address,
    Closure,
    Comune,
    Contact,
    Location,
    Phone,
    Schedule,
    ScheduleException,
)
from services_catalog.publication.shapes.territory import (
    Attribute,
    AttributeChoice,
    EmergencyNumber,
    IstatCode,
    SocialOffice,
    Term,
    Territory,
    TerritoryComune,
)

SCHEMA_VERSION = 4


class Figure(Shape):
    """A professional met at the service, with the languages spoken."""

    term: UUID
    number: int | None = Field(ge=1)
    languages: Terms


class ServiceTerms(Shape):
    """What the service is classified by, taxonomy by taxonomy."""

    needs: Terms
    targets: Terms
    life_events: Terms
    languages: Terms
    ways_of_access: Terms
    figures: tuple[Figure, ...]


class ServiceAtLocation(Shape):
    """The service at one place: hours, phones and stop of this door alone."""

    id: UUID
    location: Location
    description: Text
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    schedules: tuple[Schedule, ...]


class Service(Body):
    """Everything a reader of this audience may know of a service.

    Of a sealed one, operators' bodies hold name, summary and `referral_route` alone; every list is empty.
    """

    kind: Literal["service"] = "service"
    id: UUID
    territory: str
    audience: Audience
    callers: tuple[Caller, ...]
    status: Status
    status_reason: Text
    valid_from: date | None
    valid_until: date | None
    name: Text
    alternate_name: Text
    summary: Text
    description: Text
    who_for: Text
    how_to: Text
    what_you_get: Text
    times: Text
    conditions: Text
    referral_route: Text
    url: str
    email: str
    organizations: tuple[Participation, ...]
    program: Program | None
    terms: ServiceTerms
    eligibility: tuple[EligibilityRule, ...]
    access: Access
    required_documents: tuple[RequiredDocument, ...]
    costs: tuple[CostOption, ...]
    service_areas: tuple[ServiceArea, ...]
    capacities: tuple[Capacity, ...]
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    schedules: tuple[Schedule, ...]
    locations: tuple[ServiceAtLocation, ...]
    attributes: dict[str, bool | int | str | list[str]]
    sources: tuple[Source, ...]
    assured_date: date | None


Document = Service | Organization | Location | Term | Attribute | Territory
SHAPES: dict[str, type[Document]] = {
    "service": Service,
    "organization": Organization,
    "location": Location,
    "term": Term,
    "attribute": Attribute,
    "territory": Territory,
}

__all__ = [
    "SCHEMA_VERSION",
    "SHAPES",
    "Access",
    "AccessStep",
    "Address",
    "Attribute",
    "AttributeChoice",
    "Body",
    "Capacity",
    "Closure",
    "Comune",
    "ComuneCode",
    "Contact",
    "CostOption",
    "Document",
    "EligibilityRule",
    "EmergencyNumber",
    "Figure",
    "Fund",
    "Identifier",
    "IstatCode",
    "Location",
    "Money",
    "Organization",
    "Participation",
    "Partner",
    "Phone",
    "Program",
    "Quota",
    "RequiredDocument",
    "Result",
    "Schedule",
    "ScheduleException",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceTerms",
    "Shape",
    "SocialOffice",
    "Source",
    "Term",
    "Terms",
    "Territory",
    "TerritoryComune",
    "Text",
]
