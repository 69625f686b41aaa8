"""What a search answers: results in their order, how the question was understood, and what had to be let go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from search.engine import Hit, SearchQuery
from search.fit import Fit
from search.needs.model import Guess
from search.understanding import Understood

Relaxed = Literal["on_foot", "time", "place", "words", "need"]
"""What a result need not meet any more: being within reach on foot, the hours, the comune (the nearest come first
then), some of the words, or the very need (its wider one is answered)."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word nobody uses here, and the known one searched in its place."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in its place: the parts of its order by name, and whether the person may come, where facts are known."""

    hit: Hit
    parts: Mapping[str, float] = field(default_factory=dict)
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of services, and exact counts.

    `query` is what was searched, with what was read out of the words. `guesses`: the needs that are likely meant, the
    sure one alone where there is one. `relaxed`: what had to be let go for anything to be found, in that order.
    `confident`: False where neither words nor needs made sense.
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

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of the page."""
        return tuple(one.hit for one in self.found)

    @property
    def services(self) -> tuple[UUID, ...]:
        """The services of the page."""
        return tuple(one.hit.service for one in self.found)
