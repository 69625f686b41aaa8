"""What every shape is built on: texts, money, codes, and where a statement comes from."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

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
