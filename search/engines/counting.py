"""Exact counts of services, over engines that count rows. Shared by both: an engine only tallies values over
conditions.

Rows of one service differ in what holds at a place alone. Where nothing is asked of the place, one row a service
(`first`) is counted. Otherwise single-row services are counted as they are, and of the others first which services
match, then their `first` rows: two steps, and no approximate distinct count.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from search.engine import Near, SearchQuery
from search.facets import ANY, FACETS, columns_of


@dataclass(frozen=True, slots=True)
class Condition:
    """What rows must meet beside words.

    `unknown_at`: nobody can say whether they are open then. `services`: only rows of these.
    """

    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    open_at: datetime | None = None
    near: Near | None = None
    unknown_at: datetime | None = None
    rows: Literal["row", "first", "single", "several"] = "row"
    services: frozenset[str] | None = None

    @property
    def of_place(self) -> bool:
        """Whether something is asked that may hold at one place of a service and not at another."""
        place_filter = any(FACETS[name].of_place for name, _values in self.filters)
        return bool(self.open_at or self.near or self.unknown_at or place_filter)

    def without(self, facet: str) -> "Condition":
        """The same, whatever the value of `facet`."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != facet))


@dataclass(frozen=True, slots=True)
class Tally:
    """A count to make: of rows under a condition, by the values of a column (None: of all rows).

    `by_service`: each value counts the different services, not the rows. `words`: whether the question's words must
    match.
    """

    condition: Condition
    column: str | None = None
    by_service: bool = False
    words: bool = True


Counts = Mapping[str, int]
Run = Callable[[Sequence[Tally]], list[Counts]]
"""Makes tallies in one go; the count of all rows is under the key ""."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Exact numbers of services."""

    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    hours_unknown: int


def condition_of(query: SearchQuery) -> Condition:
    """What `query` asks beside its words."""
    return Condition(tuple(sorted(query.filters.items())), query.open_at, query.near)


def count(query: SearchQuery, run: Run) -> Counted:
    """The total and every facet of `query`, each facet counted as if it had no filter of its own."""
    asked = condition_of(query)
    wanted: dict[Condition, list[str]] = {asked: []}
    for facet in FACETS:
        wanted.setdefault(asked.without(facet), []).append(facet)
    unknown = replace(asked, open_at=None, unknown_at=query.open_at)
    if query.open_at:
        wanted.setdefault(unknown, [])
    counted = _count_all(wanted, run)
    return Counted(
        total=counted[asked][""],
        facets={facet: _ranked(counted[condition], facet) for condition, facets in wanted.items() for facet in facets},
        hours_unknown=counted[unknown][""] if query.open_at else 0,
    )


def _count_all(wanted: Mapping[Condition, Sequence[str]], run: Run) -> dict[Condition, Counter[str]]:
    """For every condition, services by "facet:value", and under "" all of them."""
    counted: dict[Condition, Counter[str]] = {condition: Counter() for condition in wanted}
    jobs = [(condition, *job) for condition, facets in wanted.items() for job in _first_step(condition, facets)]
    several: dict[Condition, frozenset[str]] = {}
    for (condition, key, _tally), counts in zip(jobs, run([tally for _c, _k, tally in jobs]), strict=True):
        if key is None:
            several[condition] = frozenset(counts)
        else:
            counted[condition].update(_keyed(key, counts))
    jobs = [
        (condition, *job)
        for condition, services in several.items()
        if services
        for job in _second_step(services, wanted[condition])
    ]
    if jobs:
        for (condition, key, _tally), counts in zip(jobs, run([tally for _c, _k, tally in jobs]), strict=True):
            counted[condition].update(_keyed(key, counts))
    for condition, services in several.items():
        counted[condition][""] += len(services)
    return counted


Job = tuple[str | None, Tally]
"""What a tally adds to: a facet, "" for the total, None for the services of several rows."""


def _first_step(condition: Condition, facets: Sequence[str]) -> list[Job]:
    if not condition.of_place:
        first = replace(condition, rows="first")
        jobs: list[Job] = [("", Tally(first))]
        for facet in facets:
            jobs += [(facet, Tally(first, column)) for column in _service_columns(facet)]
            if FACETS[facet].of_place:
                jobs.append((facet, Tally(first, facet + ANY)))
        return jobs
    single, several = replace(condition, rows="single"), replace(condition, rows="several")
    jobs = [("", Tally(single)), (None, Tally(several, "service"))]
    for facet in facets:
        jobs += [(facet, Tally(single, column)) for column in columns_of(facet)]
        if FACETS[facet].of_place:
            jobs.append((facet, Tally(several, facet, by_service=True)))
    return jobs


def _second_step(services: frozenset[str], facets: Sequence[str]) -> list[Job]:
    firsts = Condition(rows="first", services=services)
    return [(facet, Tally(firsts, column, words=False)) for facet in facets for column in _service_columns(facet)]


def _service_columns(facet: str) -> tuple[str, ...]:
    """The facet's columns that are the same on every row of a service."""
    return tuple(column for column in columns_of(facet) if not (column in FACETS and FACETS[column].of_place))


def _keyed(facet: str | None, counts: Counts) -> dict[str, int]:
    return {f"{facet}:{value}" if facet else value: number for value, number in counts.items()}


def _ranked(counted: Counter[str], facet: str) -> tuple[tuple[str, int], ...]:
    prefix = f"{facet}:"
    values = ((key[len(prefix) :], number) for key, number in counted.items() if key.startswith(prefix) and number)
    return tuple(sorted(values, key=lambda pair: (-pair[1], pair[0])))
