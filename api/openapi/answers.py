"""The shapes of answers that are not records. Tests hold the answers to them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services_catalog.choices import Audience, Dimension
from services_catalog.eligibility import Verdict
from services_catalog.publication.feed import Action


class WrongParameter(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Problem(BaseModel):
    """An error (RFC 9457), said in the language of Accept-Language."""

    type: str = Field(description="address of the kind of problem in the documentation")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[WrongParameter] = []


class Correction(BaseModel):
    """A word that nothing has, and the one searched in its place."""

    typed: str
    searched: str


class Fit(BaseModel):
    """Whether the person the facts tell of may come: why not, or what has to be asked."""

    verdict: Verdict
    because: list[str] = Field(description="the rules that say no, in the language of the answer")
    ask: list[Dimension] = Field(description="what is not known and would decide")


class Hit(BaseModel):
    """A service found, in order. `place` is the service_at_location that meets what was asked of a place."""

    service: UUID
    place: UUID | None
    score: float
    distance_km: float | None
    minutes_on_foot: int | None = Field(
        description="about, reckoned from the straight line; null where it is more than an hour",
        json_schema_extra={"format": "int32"},
    )
    opens: datetime | None = Field(
        description="where the time asked was let go: when it opens after it, if anybody knows",
    )
    fit: Fit | None = Field(description="only where facts of the person are known")
    parts: dict[str, float] = Field(description="what each part of the order added")


class Instead(BaseModel):
    """The nearest service that takes the person, where none of the first page does."""

    service: UUID
    place: UUID | None
    distance_km: float | None
    minutes_on_foot: int | None = Field(json_schema_extra={"format": "int32"})
    because: list[str] = Field(description="what it accepts and the first result does not, in the answer's language")


class Read(BaseModel):
    """Words of the question, and what kind of thing was read out of them."""

    kind: Literal["place", "time", "who", "on_foot", "spelling"]
    said: str


class Understood(BaseModel):
    """What was read out of the words; name a kind in `literally` to have it searched as words instead."""

    comune: str | None
    near: bool = Field(description="near the comune, not in it")
    open: str | None = Field(description="a date and time, or a day and its part")
    urgent: bool = Field(description="now was said: what is open comes first among the like")
    facts: dict[str, list[str]]
    read: list[Read]


class Need(BaseModel):
    """A need that may be meant. The phrase is the nearest of those it was learnt from."""

    term: UUID
    probability: float
    phrase: str


class FacetCount(BaseModel):
    """A value of a filter, and how many services there would be with it."""

    value: str
    count: int


class Search(BaseModel):
    """What a search says beside what it found."""

    understood: Understood
    needs: list[Need] = Field(description="likeliest first; they order the results and leave none out")
    on_foot: bool = Field(description="only what can be walked to was searched")
    confident: bool = Field(description="false where neither the words nor a need made sense")
    relaxed: list[Literal["on_foot", "place", "time", "words", "need"]] = Field(
        description="what had to be let go for anything to be found"
    )
    corrections: list[Correction]
    instead: Instead | None = Field(description="only where facts of the person are known")
    hours_unknown: int = Field(description="with `open`: services that match and state no hours")
    hits: list[Hit]
    facets: dict[str, list[FacetCount]] = Field(description="by the name of the filter")


class Page(BaseModel):
    """A page of a list."""

    total_items: int
    total_pages: int
    page: int
    per_page: int
    next: str | None = Field(description="address of the next page", json_schema_extra={"format": "uri"})
    previous: str | None = Field(description="address of the previous page", json_schema_extra={"format": "uri"})
    fallbacks: list[UUID] = Field(
        description="ids of the contents given in Italian because they are not published in the language asked"
    )


class SearchPage(Page):
    """A page of a list that can be searched."""

    search: Search | None = Field(None, description="only with `q`, `open`, `near` or `order`")


class Suggestion(BaseModel):
    """Something that a person may be about to ask. `key`: the id of the need or service, or the code of the comune."""

    kind: Literal["need", "place", "service"]
    text: str = Field(description="in the script that was typed")
    key: str


class Suggestions(BaseModel):
    """What begins as a person does: needs, then places, then services."""

    contents: list[Suggestion]


class Change(BaseModel):
    """One step of the feed. `checksum` is that of the body in all languages, "" where nothing is left."""

    seq: int = Field(json_schema_extra={"format": "int64"})
    kind: Literal["service", "organization", "location", "term", "attribute", "territory"]
    id: UUID
    audience: Audience
    action: Action
    checksum: str
    at: datetime


class Changes(BaseModel):
    """Changes after the cursor, oldest first."""

    contents: list[Change]
    next: str = Field(description="cursor to ask with the next time")
    more: bool = Field(description="more changes are waiting already")


class Index(BaseModel):
    """A search index: its place in the feed, and how many changes it has yet to read (null: of another database)."""

    position: str
    lag: int | None


class Health(BaseModel):
    """How the installation is."""

    status: Literal["up", "degraded"]
    database: Literal["up"]
    search: Literal["up", "down"]
    position: str = Field(description="the newest place in the feed")
    indexes: dict[str, Index | None]


class Root(BaseModel):
    """What there is."""

    name: str
    version: str
    languages: list[str]
    position: str = Field(description="the newest place in the feed, as a cursor for `changes`")
    links: dict[str, str]
