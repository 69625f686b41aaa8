"""Open, closed or unknown at an instant, until when, and when next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services_catalog.choices import ScheduleRule
from services_catalog.opening_hours import why as explain
from services_catalog.opening_hours.clock import DAY, instant, midnight, wall_time
from services_catalog.opening_hours.door import Door
from services_catalog.opening_hours.reasons import Number, Reason, Why
from services_catalog.opening_hours.spans import clip
from services_catalog.opening_hours.timeline import Span, Timeline, reachable, timeline

# Days looked ahead, in steps: nearly every door changes within two, a seasonal one within the year, then nobody waits.
AHEAD = (2, 9, 60, 400, 800)


class State(StrEnum):
    """Three values: silence is never a no."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether one can get in at an instant; `until` and `next_opening` as a door's."""

    state: State
    until: datetime | None
    next_opening: datetime | None


@dataclass(frozen=True, slots=True)
class OpeningState:
    """A door at an instant.

    `until`: the UTC instant at which `state` changes; None if it does not within two years.
    `next_opening`: of a door that is not open, the next UTC instant from which it is for sure;
    None if not within two years.
    `by_appointment`: whoever comes needs one, also while `state` is open.
    `caution`: a reason to ask before going although the state says open.
    `entry`: whether one can get in, of a door where that has hours of its own: it may be open and let nobody in.
    `numbers`: of a line that answers while offices are closed, itself and the offices that may answer instead.
    """

    state: State
    until: datetime | None
    next_opening: datetime | None
    why: Why
    by_appointment: bool = False
    caution: Why | None = None
    numbers: tuple[Number, ...] = ()
    entry: Entry | None = None

    @property
    def is_open(self) -> bool:
        """Whether it surely is."""
        return self.state == State.OPEN

    @property
    def lets_in(self) -> State:
        """Whether who comes now gets in: what "open now" finds."""
        return self.entry.state if self.entry else self.state


def state(door: Door, at: datetime) -> OpeningState:
    """The door's state at an aware instant. Raises ValueError for a naive or remote one."""
    found, until, opening = _find(door, at)
    entry = Entry(*_find(door, at, reachable)) if door.entry else None
    if found == State.CLOSED:
        why = explain.why_closed(door, at, opening)
        return OpeningState(found, until, opening, why, numbers=_numbers(door, why), entry=entry)
    schedules = explain.holding(door, at, certain=found == State.OPEN)
    caution = None
    if found == State.OPEN:
        why = explain.why_open(schedules[0], door, at)
        caution = explain.holiday_not_stated(schedules, wall_time(at).date())
    else:
        why = explain.why_unknown(schedules, door)
    appointment = bool(schedules) and all(schedule.rule == ScheduleRule.BY_APPOINTMENT for schedule in schedules)
    return OpeningState(found, until, opening, why, appointment, caution, _numbers(door, why), entry)


def intervals(door: Door, start: datetime, end: datetime, which: State = State.OPEN) -> list[Span]:
    """The spans of instants within `[start, end)` in which the door is open (or unknown): sorted, disjoint, merged.

    Raises ValueError for naive bounds and for `State.CLOSED`, which is what the other two leave.
    """
    if which == State.CLOSED:
        raise ValueError("closed is what open and unknown leave")
    line = timeline(door, wall_time(start).date(), wall_time(end).date() + DAY)
    return clip(line.opens if which == State.OPEN else line.unknowns, start, end)


def next_opening(door: Door, at: datetime) -> datetime | None:
    """The first instant from `at` on at which the door is open for sure; None if not within two years."""
    found, _until, opening = _find(door, at)
    return at if found == State.OPEN else opening


def _find(
    door: Door, at: datetime, line_of: Callable[[Door, date, date], Timeline] = timeline
) -> tuple[State, datetime | None, datetime | None]:
    """State, its end and the next opening, looking further ahead only while one of them is missing."""
    today = wall_time(at).date()
    answer: tuple[State, datetime | None, datetime | None] = (State.CLOSED, None, None)
    for days in AHEAD:
        horizon = today + timedelta(days=days)
        line = line_of(door, today, horizon)
        answer = _read(line.opens, line.unknowns, at, edge=instant(midnight(horizon)))
        found, until, opening = answer
        if until and (opening or found == State.OPEN):
            break
    return answer


def _read(
    opens: list[Span], unknowns: list[Span], at: datetime, edge: datetime
) -> tuple[State, datetime | None, datetime | None]:
    """What a line says at an instant; a span that reaches the line's edge has no known end."""
    opening = next((start for start, _end in opens if start > at), None)
    for found, spans in ((State.OPEN, opens), (State.UNKNOWN, unknowns)):
        for start, end in spans:
            if start <= at < end:
                return found, end if end < edge else None, opening if found != State.OPEN else None
    return State.CLOSED, min((start for start, _end in (*opens, *unknowns) if start > at), default=None), opening


def _numbers(door: Door, why: Why) -> tuple[Number, ...]:
    own = tuple(Number(number) for number in door.numbers)
    if why.reason in (Reason.DEPENDS_ON_COMUNE, Reason.ALL_OFFICES_OPEN):
        return own + tuple(Number(comune.office.phone, comune.name) for comune in door.caller.comuni)
    office = door.caller.office()
    if office and why.reason in (Reason.OFFICE_OPEN, Reason.OFFICE_HOURS_NOT_STATED):
        return (*own, Number(office.office.phone, office.name))
    return own if why.reason in (Reason.OFFICE_CLOSED, Reason.ALL_OFFICES_CLOSED) else ()
