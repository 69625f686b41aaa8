"""When a door is open, closed or unknown: its schedules, closures, exceptions and lives laid on a line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from services_catalog.choices import ScheduleRule, Status
from services_catalog.opening_hours.clock import DAY, instant, midnight
from services_catalog.opening_hours.door import Caller, Door, Life
from services_catalog.opening_hours.expression import OpeningHoursError, Wall, walls
from services_catalog.opening_hours.spans import clip, merge, overlap, subtract
from services_catalog.publication.document import Closure, Schedule, ScheduleException, TerritoryComune

OFFICE_NOT_STATED = "Mo-Sa 07:00-20:00 unknown"

Days = tuple[int, int]
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Timeline:
    """When in a window a door is open, and when nobody can say: UTC spans, sorted, disjoint, merged."""

    opens: list[Span]
    unknowns: list[Span]


def timeline(door: Door, first: date, until: date) -> Timeline:
    """What holds from the first minute of `first` to the first of `until`, days of Italy's calendar."""
    low, high = midnight(first), midnight(until)
    alive = _alive(door.lives, low, high) if not door.only_for else []
    if not alive:
        return Timeline([], [])
    held = [wall for schedule in door.schedules for wall in schedule_walls(schedule, door, first - DAY, until)]
    if not door.schedules:
        held = [Wall(low, high, False)]
    opens = _instants(_within(alive, (wall for wall in held if wall.certain)))
    unknowns = _instants(_within(alive, (wall for wall in held if not wall.certain)))
    return Timeline(opens, subtract(unknowns, opens) if unknowns else unknowns)


def reachable(door: Door, first: date, until: date) -> Timeline:
    """When one can get in, which is what "open at" asks: while the door is open and entry, where it has hours of its
    own, is admitted.

    A dormitory that is open until 08:00 and lets people in until 22:00 is closed to whoever comes at 03:00. Where the
    hours of entry alone are stated, one gets in during these.
    """
    line = timeline(door, first, until)
    if not door.entry:
        return line
    entry = timeline(replace(door, schedules=door.entry), first, until)
    if not door.schedules:
        return entry
    opens = overlap(line.opens, entry.opens)
    perhaps = overlap(merge([*line.opens, *line.unknowns]), merge([*entry.opens, *entry.unknowns]))
    return Timeline(opens, subtract(perhaps, opens))


def _within(alive: list[Span], held: Iterable[Wall]) -> Iterator[Span]:
    spans = [(wall.start, wall.end) for wall in held]
    for low, high in alive:
        yield from clip(spans, low, high)


def _instants(spans: Iterable[Span]) -> list[Span]:
    """Wall-clock spans as instants: those that the change of clocks skips vanish."""
    return list(_as_instants(tuple(spans)))


# Doors of a catalogue share a few hundred ways of being open.
@lru_cache(maxsize=4096)
def _as_instants(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(merge((instant(start), instant(end)) for start, end in spans))


def _alive(lives: Iterable[Life], low: datetime, high: datetime) -> list[Span]:
    """The part of a window in which every life is lived."""
    alive = [(low, high)]
    for life in lives:
        begins = max(low, midnight(life.valid_from)) if life.valid_from else low
        ends = min(high, midnight(life.valid_until) + DAY) if life.valid_until else high
        alive = clip(alive, begins, ends) if life.status == Status.ACTIVE and begins < ends else []
    return alive


def schedule_walls(schedule: Schedule, door: Door, first: date, until: date) -> list[Wall]:
    """What a schedule holds on the days from `first` to before `until`: exceptions, then closures, then its rule."""
    free: list[Days] = [(first.toordinal(), until.toordinal())]
    held: list[Wall] = []
    for exception in sorted(schedule.exceptions, key=_length):
        days = exception_days(exception)
        for part in clip(free, *days):
            held += written(exception.opening_hours, part)
        free = subtract(free, [days])
    if door.comune and follows_closures(schedule):
        free = subtract(free, closure_days(door.comune.closures, first, until))
    for part in clip(free, *validity(schedule)):
        held += _ruled(schedule, door, part)
    return held


def follows_closures(schedule: Schedule) -> bool:
    """Whether a schedule is shut when its comune is; "24/7" says of itself that it is not."""
    return schedule.closes_on_comune_holidays and schedule.opening_hours != "24/7"


def _length(exception: ScheduleException) -> int:
    """The shorter exception wins: "closed in August" yields to "open on the 16th"."""
    return (exception.ends - exception.starts).days


def exception_days(exception: ScheduleException) -> Days:
    """An exception's days as ordinals, the end excluded."""
    return exception.starts.toordinal(), exception.ends.toordinal() + 1


def validity(schedule: Schedule) -> Days:
    """The days on which a schedule's own rule holds, as ordinals, the end excluded."""
    begins = schedule.valid_from or date.min
    ends = schedule.valid_until or date.max
    return begins.toordinal(), ends.toordinal() + 1


def closure_days(closures: Iterable[Closure], first: date, until: date) -> list[Days]:
    """The days of a window on which a comune is closed, as one-day ordinals. 29 February closes leap years only."""
    found = []
    for closure in closures:
        for year in range(first.year, until.year + 1):
            try:
                day = date(year, closure.month, closure.day).toordinal()
            except ValueError:
                continue
            found.append((day, day + 1))
    return found


def written(text: str, days: Days, holidays: bool = True) -> tuple[Wall, ...]:
    """The hours of an expression on some days; of one that cannot be read nobody knows."""
    first, until = date.fromordinal(days[0]), date.fromordinal(days[1])
    try:
        return walls(text, first, until, holidays)
    except OpeningHoursError:
        return (_unknown(days),)


def _unknown(days: Days) -> Wall:
    return Wall(midnight(date.fromordinal(days[0])), midnight(date.fromordinal(days[1])), False)


def _ruled(schedule: Schedule, door: Door, days: Days) -> Iterable[Wall]:
    if schedule.rule == ScheduleRule.OFFICES_CLOSED:
        return _offices_closed(door.caller, days)
    if schedule.opening_hours and schedule.rule != ScheduleRule.NOT_STATED:
        return written(schedule.opening_hours, days)
    return [_unknown(days)]


def office_hours(comune: TerritoryComune) -> str:
    """A social office's hours, with the public holidays on which no municipal office is open (l. 260/1949).

    Of one whose hours are not stated nobody knows by day; at night and on Sundays it is as closed as all the others, so
    that the line that answers then is not in doubt.
    """
    text = comune.office.opening_hours or OFFICE_NOT_STATED
    return text if "PH" in text else f"{text}; PH off"


def _offices_closed(caller: Caller, days: Days) -> list[Wall]:
    """The time in which the office of the caller's comune is closed.

    Of a caller whose comune is not known: the time in which every office is. Unknown while some are and some are not.
    """
    own = caller.office()
    offices = (own,) if own else caller.comuni
    if not offices:
        return [_unknown(days)]
    window = _unknown(days)[:2]
    opens = [_office_opens(comune, days) for comune in offices]
    surely = subtract([window], merge(wall[:2] for walls in opens for wall in walls))
    perhaps = merge(
        span for walls in opens for span in subtract([window], merge(wall[:2] for wall in walls if wall.certain))
    )
    return [Wall(*span, True) for span in surely] + [Wall(*span, False) for span in subtract(perhaps, surely)]


def _office_opens(comune: TerritoryComune, days: Days) -> list[Wall]:
    free = subtract([days], closure_days(comune.closures, *map(date.fromordinal, days)))
    return [wall for part in free for wall in written(office_hours(comune), part)]
