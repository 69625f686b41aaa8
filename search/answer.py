"""What a search answers: results in their order, how the question was understood, and what had to be let go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from search.engine import Hit, SearchQuery
from search.fit import Fit
from search.needs.model import Guess
from search.understanding import Understood
from services_catalog.eligibility import Acceptance

Relaxed = Literal["on_foot", "time", "place", "words", "need"]
"""What a result need not meet any more: being within reach on foot, the hours, the comune (the nearest come first, if
any are near), some of the words, or the very need (its wider one is answered)."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word nobody uses here, and the known one searched in its place."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in its place: the parts of its order by name, and whether the person may come, where facts are known.

    `opens`: where the time asked was let go, the first instant after it at which one gets in, if anybody knows.
    """

    hit: Hit
    parts: Mapping[str, float] = field(default_factory=dict)
    fit: Fit | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """The nearest service that takes a person whom all those found refuse, or do not say: what it `accepts` that the
    first of them refuses, and whether `animals` are among that."""

    hit: Hit
    accepts: tuple[Acceptance, ...] = ()
    animals: bool = False

    def because(self) -> list[str]:
        """Why, in the language in use."""
        said = [*map(str, self.accepts), *([_("animals may come in")] if self.animals else [])]
        return said or [_("it fits what you told")]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of services, and exact counts.

    `query` is what was searched, with what was read out of the words. `guesses`: the needs that are likely meant, the
    sure one alone where there is one. `relaxed`: what had to be let go for anything to be found, in that order.
    `confident`: False where neither words nor needs made sense. `instead`: where nobody of the first page fits.
    """

    query: SearchQuery
    total: int
    found: tuple[Found, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    hours_unknown: int = 0
    understood: Understood = field(default_factory=Understood)
    guesses: tuple[Guess, ...] = ()
    corrections: tuple[Correction, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    confident: bool = True
    instead: Instead | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of the page."""
        return tuple(one.hit for one in self.found)

    @property
    def services(self) -> tuple[UUID, ...]:
        """The services of the page."""
        return tuple(one.hit.service for one in self.found)
