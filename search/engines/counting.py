"""Exact counts of services, over engines that count rows. Shared by both: an engine only tallies values over
conditions.

Rows of one service differ in what holds at a place alone. Where nothing is asked of the place, one row a service
(`first`) is counted. Otherwise single-row services are counted as they are, and of the others first which services
match, then their `first` rows: two steps, and no approximate distinct count.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.engine import Near, SearchQuery
from search.facets import ANY, ATTRIBUTE, EACH, FACETS, columns_of, is_attribute, is_of_place, of_attribute
from search.opening import Moment


@dataclass(frozen=True, slots=True)
class Condition:
    """What rows must meet beside words.

    `unknown_at`: nobody can say whether they are open then. `services`: only rows of these.
    """

    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    open_at: Moment | None = None
    near: Near | None = None
    unknown_at: Moment | None = None
    rows: Literal["row", "first", "single", "several"] = "row"
    services: frozenset[str] | None = None

    @property
    def of_place(self) -> bool:
        """Whether something is asked that may hold at one place of a service and not at another."""
        place_filter = any(is_of_place(name) for name, _values in self.filters)
        return bool(self.open_at or self.near or self.unknown_at or place_filter)

    def without(self, facet: str) -> "Condition":
        """The same, whatever the value of `facet`."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != facet))


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of rows under a condition, by the values of a column (None: of all rows).

    `words`: whether the question's words must match too.
    """

    condition: Condition
    column: str | None = None
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
    wanted: dict[Condition, list[str]] = {asked: [ATTRIBUTE]}
    for facet in (*FACETS, *filter(is_attribute, query.filters)):
        wanted.setdefault(asked.without(facet), []).append(facet)
    unknown = replace(asked, open_at=None, unknown_at=query.open_at)
    if query.open_at:
        wanted.setdefault(unknown, [])
    counted = _count_all(wanted, run)
    return Counted(
        total=counted[asked][TOTAL].total(),
        facets={
            name: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
            for condition, facets in wanted.items()
            for facet in facets
            for name, counts in _named(facet, counted[condition][facet], query)
        },
        hours_unknown=counted[unknown][TOTAL].total() if query.open_at else 0,
    )


def _named(facet: str, counts: Counter[str], query: SearchQuery) -> Iterable[tuple[str, Counter[str]]]:
    """Facets with their counts: those of the column of custom attributes each under its name.

    Counted together are those without a filter; one with a filter is counted by itself, as if it had none.
    """
    if facet != ATTRIBUTE and not is_attribute(facet):
        return [(facet, counts)]
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for held, count in counts.items():
        name, value = of_attribute(held)
        if name == facet or (facet == ATTRIBUTE and name not in query.filters):
            found[name][value] = count
    return found.items()


TOTAL, SEVERAL = "", "several"
"""What a tally adds to if not to a facet: the total, or the services that have several rows."""
Job = tuple[str, Tally]


Found = dict[Condition, defaultdict[str, Counter[str]]]
"""For every condition, counts of services by facet and value, and under TOTAL all of them."""


def _count_all(wanted: Mapping[Condition, Sequence[str]], run: Run) -> Found:
    found: Found = {condition: defaultdict(Counter) for condition in wanted}
    _make(run, ((one, job) for one in wanted for job in _first_step(one, wanted[one])), found)
    several = {condition: frozenset(counts.pop(SEVERAL, ())) for condition, counts in found.items()}
    again = {condition: services for condition, services in several.items() if services}
    _make(
        run,
        ((condition, job) for condition in again for job in _second_step(again[condition], wanted[condition])),
        found,
    )
    for condition, services in several.items():
        found[condition][TOTAL][""] += len(services)
    return found


def _make(run: Run, jobs: Iterable[tuple[Condition, Job]], found: Found) -> None:
    jobs = list(jobs)
    tallies = [tally for _condition, (_name, tally) in jobs]
    for (condition, (name, tally)), counts in zip(jobs, run(tallies) if jobs else (), strict=True):
        if tally.column and tally.column.endswith(EACH):
            found[condition][name].update(value.partition(" ")[0] for value in counts)
        else:
            found[condition][name].update(counts)


def _first_step(condition: Condition, facets: Sequence[str]) -> list[Job]:
    if not condition.of_place:
        first = replace(condition, rows="first")
        jobs: list[Job] = [(TOTAL, Tally(first))]
        for facet in facets:
            jobs += [(facet, Tally(first, column)) for column in _service_columns(facet)]
            if is_of_place(facet):
                jobs.append((facet, Tally(first, facet + ANY)))
        return jobs
    single, several = replace(condition, rows="single"), replace(condition, rows="several")
    jobs = [(TOTAL, Tally(single)), (SEVERAL, Tally(several, "service"))]
    for facet in facets:
        jobs += [(facet, Tally(single, column)) for column in columns_of(facet)]
        if is_of_place(facet):
            jobs.append((facet, Tally(several, facet + EACH)))
    return jobs


def _second_step(services: frozenset[str], facets: Sequence[str]) -> list[Job]:
    firsts = Condition(rows="first", services=services)
    return [(facet, Tally(firsts, column, words=False)) for facet in facets for column in _service_columns(facet)]


def _service_columns(facet: str) -> tuple[str, ...]:
    """The facet's columns that are the same on every row of a service."""
    return tuple(column for column in columns_of(facet) if not (column in FACETS and FACETS[column].of_place))
