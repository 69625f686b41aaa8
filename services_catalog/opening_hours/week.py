"""A week's hours as rows to print: a day, its spans as clock times, and what is special about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services_catalog.choices import ScheduleRule
from services_catalog.opening_hours.clock import DAY, midnight
from services_catalog.opening_hours.door import Door
from services_catalog.opening_hours.reasons import Reason, Why
from services_catalog.opening_hours.spans import merge, subtract
from services_catalog.opening_hours.timeline import schedule_walls
from services_catalog.opening_hours.why import exception_on, exceptional, holiday_on, shut, states_hours
from services_catalog.publication.document import Schedule


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of a day's hours. `overnight`: it closes on the next day; a whole day is 00:00 to 00:00, overnight.

    `certain` False: it may be open then, ask. `by_appointment`: only with one.
    """

    opens: time
    closes: time
    overnight: bool
    certain: bool = True
    by_appointment: bool = False

    @property
    def all_day(self) -> bool:
        """Whether it is the whole day."""
        return self.overnight and self.opens == self.closes == time()


@dataclass(frozen=True, slots=True)
class Day:
    """A day's row: the hours that begin on it, in order, and what to tell beside them (a holiday, no stated hours)."""

    day: date
    hours: tuple[Hours, ...]
    notes: tuple[Why, ...]


def weekly(door: Door, first: date, days: int = 7) -> tuple[Day, ...]:
    """The rows of a week, or of other `days`, from a day on: real days, with their holidays, exceptions and seasons."""
    return tuple(_row(door, first + timedelta(days=number)) for number in range(days))


def _row(door: Door, day: date) -> Day:
    if why := shut(door, day):
        return Day(day, (), (why,))
    if not door.schedules:
        return Day(day, (), (Why(Reason.NOT_STATED),))
    hours = [span for schedule in door.schedules for span in _hours(schedule, door, day)]
    notes = [why for schedule in door.schedules for why in _notes(schedule, door, day)]
    unique = {(why.reason, str(sorted(why.params.items(), key=str))): why for why in notes}
    return Day(day, tuple(sorted(set(hours), key=lambda span: (span.opens, span.closes))), tuple(unique.values()))


def _hours(schedule: Schedule, door: Door, day: date) -> Iterator[Hours]:
    if not states_hours(schedule) and exception_on(schedule, day) is None:
        return
    walls = schedule_walls(schedule, door, day, day + DAY)
    opens = merge((wall.start, wall.end) for wall in walls if wall.certain)
    doubtful = subtract(merge((wall.start, wall.end) for wall in walls if not wall.certain), opens)
    appointment = schedule.rule == ScheduleRule.BY_APPOINTMENT
    for certain, spans in ((True, opens), (False, doubtful)):
        for start, end in spans:
            yield Hours(start.time(), end.time(), _later(end, day), certain, appointment)


def _later(end: datetime, day: date) -> bool:
    return end >= midnight(day) + DAY


def _notes(schedule: Schedule, door: Door, day: date) -> Iterator[Why]:
    if exception := exception_on(schedule, day):
        yield exceptional(exception)
    elif why := holiday_on(schedule, door, day):
        yield why
    elif schedule.valid_from and day < schedule.valid_from:
        yield Why(Reason.NOT_YET_BEGUN, {"day": schedule.valid_from})
    elif schedule.valid_until and day > schedule.valid_until:
        yield Why(Reason.SEASON_OVER, {"day": schedule.valid_until})
    elif not states_hours(schedule):
        yield Why(_UNSTATED.get(schedule.rule, Reason.NOT_STATED))


_UNSTATED = {
    ScheduleRule.BY_APPOINTMENT: Reason.BY_APPOINTMENT,
    ScheduleRule.OFFICES_CLOSED: Reason.DEPENDS_ON_COMUNE,
}
