"""Who may come, how to get in, what to bring, what it costs, how many places there are."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services_catalog.choices import (
    Answer,
    Caller,
    Dimension,
    QuotaPeriod,
    StepKind,
    Strength,
    Subject,
    Value,
)
from services_catalog.publication.shapes.base import ComuneCode, Money, Shape, Text


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
    """One step on the way in, in order. `service`: another service, where the step is taken, if the reader has it."""

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
