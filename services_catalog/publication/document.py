"""The shape of published bodies: what the API serves, the portal shows, the exchange carries and the engines index.

One shape a kind, at every reader. In a body of one language a text is a string, in the body of all languages a mapping
from language to string; nothing else differs. Bodies carry no "now": rules, `reported_at` and `expires_at`, never
"open". Terms are ids; their labels are the term records'. A key is always present: an empty text, list or null is "not
stated".
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from services_catalog.choices import (
    Answer,
    Audience,
    Caller,
    Dimension,
    IdentifierScheme,
    LegalForm,
    LocationType,
    PhoneType,
    QuotaPeriod,
    Role,
    ScheduleKind,
    ScheduleRule,
    Status,
    StepKind,
    Strength,
    Subject,
    TerritoryKind,
    Value,
)

SCHEMA_VERSION = 1

Text = str | dict[str, str]
Money = Annotated[Decimal, PlainSerializer(str, return_type=str), Field(max_digits=12, decimal_places=2)]
ComuneCode = Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$", description="cadastral code, the comune's lasting key")]
Terms = tuple[UUID, ...]


class Shape(BaseModel):
    """A part of a body: immutable, and without keys that nobody defined."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(Shape):
    """What a record holds. In one language, `untranslated` names the texts shown in Italian for want of it."""

    untranslated: tuple[str, ...] = ()


class Source(Shape):
    """The document that states what the record says."""

    title: str
    dated: date | None = None
    url: str = ""
    note: Text = ""


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


class EligibilityRule(Shape):
    """One condition on one dimension. Rules of one dimension are alternatives, dimensions hold together.

    A dimension without a rule is not stated, which is not the same as unconditional.
    """

    id: UUID
    strength: Strength
    dimension: Dimension
    subject: Subject
    values: tuple[Value | Caller, ...]
    minimum_age: int | None = Field(ge=0, le=130)
    maximum_age: int | None = Field(ge=0, le=130)
    comuni: tuple[ComuneCode, ...]
    isee_maximum: Money | None
    isee_household: int | None = Field(ge=1)
    isee_year: int | None
    note: Text


class AccessStep(Shape):
    """One step on the way in, in order. `service` is another service where the step is taken."""

    id: UUID
    kind: StepKind
    description: Text
    service: UUID | None
    opens: date | None
    closes: date | None
    opening_hours: str
    waiting_days: int | None = Field(ge=0)


class Quota(Shape):
    """At most `amount` times, pieces or places over the period."""

    amount: int = Field(ge=1)
    per: QuotaPeriod


class Access(Shape):
    """How to get in: the steps, and the limits that hold for everybody."""

    appointment: Answer
    identity_document: Answer
    animals: Answer
    most_nights: int | None = Field(ge=1)
    quota: Quota | None
    steps: tuple[AccessStep, ...]


class RequiredDocument(Shape):
    """What to bring."""

    id: UUID
    document: Text
    mandatory: bool
    note: Text


class CostOption(Shape):
    """A price in euros; 0 is free, null is not stated. A band of ISEE has its bounds, lower included, upper not."""

    id: UUID
    amount: Money | None
    description: Text
    isee_from: Money | None
    isee_to: Money | None
    valid_from: date | None
    valid_until: date | None


class ServiceArea(Shape):
    """Where the people served live: a comune, or the whole territory when `comune` is null."""

    comune: ComuneCode | None
    name: str


class Capacity(Shape):
    """Places by unit (beds, meals …) and population. `available` holds until `expires_at`; null is unknown."""

    id: UUID
    unit: UUID
    population: UUID | None
    maximum: int | None = Field(ge=0)
    available: int | None = Field(ge=0)
    reported_at: datetime | None
    expires_at: datetime | None
    description: Text


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
    attributes: dict[str, str | int | float | bool | list[str] | None]
    sources: tuple[Source, ...]
    assured_date: date | None


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


Document = Service | Organization | Location | Term | Territory
SHAPES: dict[str, type[Service] | type[Organization] | type[Location] | type[Term] | type[Territory]] = {
    "service": Service,
    "organization": Organization,
    "location": Location,
    "term": Term,
    "territory": Territory,
}
