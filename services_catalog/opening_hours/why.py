"""The reason of a state that the timeline found. Asked once per answer; the timeline itself never needs it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from services_catalog.choices import Caller, ScheduleRule, Status
from services_catalog.opening_hours.clock import DAY, instant, public_holiday, wall_time
from services_catalog.opening_hours.door import Door, Life
from services_catalog.opening_hours.expression import OpeningHoursError, Wall, parse
from services_catalog.opening_hours.reasons import Reason, Why
from services_catalog.opening_hours.timeline import follows_closures, schedule_walls, validity, written
from services_catalog.publication.document import Schedule, ScheduleException

# Of several schedules' reasons the first of these is told: what is special today before what is so every week.
TELLING = (
    Reason.EXCEPTION,
    Reason.COMUNE_HOLIDAY,
    Reason.PUBLIC_HOLIDAY,
    Reason.OFFICE_OPEN,
    Reason.ALL_OFFICES_OPEN,
    Reason.OUTSIDE_HOURS,
    Reason.NEVER_OPEN,
    Reason.OUT_OF_SEASON,
    Reason.NOT_YET_BEGUN,
    Reason.SEASON_OVER,
)
# Weekly and monthly hours ("Mo[1]") come round sooner; a door closed for longer is out of its season.
SEASON_GAP = timedelta(days=36)


def holding(door: Door, at: datetime, *, certain: bool) -> list[Schedule]:
    """The schedules that make the door open (or, not `certain`, perhaps open) at an instant at which it is."""
    if len(door.schedules) == 1:
        return list(door.schedules)
    day = wall_time(at).date()
    return [
        schedule
        for schedule in door.schedules
        if any(
            wall.certain == certain and instant(wall.start) <= at < instant(wall.end)
            for wall in schedule_walls(schedule, door, day - DAY, day + DAY)
        )
    ]


def why_open(schedule: Schedule, door: Door, at: datetime) -> Why:
    """Why a door is open at an instant, through a schedule that holds then."""
    if exception := _exception_in_force(schedule, wall_time(at)):
        return exceptional(exception)
    if schedule.rule == ScheduleRule.OFFICES_CLOSED:
        return _office(door, Reason.OFFICE_CLOSED, Reason.ALL_OFFICES_CLOSED)
    return Why(Reason.ALWAYS_OPEN if schedule.opening_hours == "24/7" else Reason.WITHIN_HOURS)


def why_unknown(schedules: list[Schedule], door: Door) -> Why:
    """Why nobody can say whether a door is open, given the schedules that leave it in doubt (none: it has none)."""
    if any(schedule.rule == ScheduleRule.BY_APPOINTMENT for schedule in schedules):
        return Why(Reason.BY_APPOINTMENT)
    if any(schedule.rule == ScheduleRule.OFFICES_CLOSED for schedule in schedules):
        return _office(door, Reason.OFFICE_HOURS_NOT_STATED, Reason.DEPENDS_ON_COMUNE)
    if any(states_hours(schedule) for schedule in schedules):
        return Why(Reason.UNCERTAIN)
    return Why(Reason.NOT_STATED)


def why_closed(door: Door, at: datetime, opening: datetime | None) -> Why:
    """Why a door is closed at an instant, given when it opens: its life, else whom alone it admits, else its schedules'
    most telling reason."""
    if why := shut(door, wall_time(at).date()):
        return why
    reasons = [why for schedule in door.schedules for why in _closed(schedule, door, at, opening)]
    return min(reasons, key=lambda why: TELLING.index(why.reason))


def holiday_not_stated(schedules: list[Schedule], day: date) -> Why | None:
    """A caution: a door follows its weekly hours on a public holiday that they do not mention."""
    name = public_holiday(day)
    silent = name is not None and any(
        schedule.rule == ScheduleRule.HOURS
        and schedule.opening_hours != "24/7"
        and "PH" not in schedule.opening_hours
        and exception_on(schedule, day) is None
        for schedule in schedules
    )
    return Why(Reason.HOLIDAY_NOT_STATED, {"holiday": name}) if silent else None


def exception_on(schedule: Schedule, day: date) -> ScheduleException | None:
    """The exception whose hours hold on a day: the shortest of those that cover it."""
    covering = [exception for exception in schedule.exceptions if exception.starts <= day <= exception.ends]
    return min(covering, key=lambda exception: exception.ends - exception.starts, default=None)


def holiday_on(schedule: Schedule, door: Door, day: date) -> Why | None:
    """The comune's or the nation's holiday that changes a day's usual hours."""
    first, until = validity(schedule)
    if not first <= day.toordinal() < until:
        return None
    if door.comune and follows_closures(schedule) and (_usual(schedule, day) or not states_hours(schedule)):
        for closure in door.comune.closures:
            if (closure.month, closure.day) == (day.month, day.day):
                return Why(Reason.COMUNE_HOLIDAY, {"comune": door.comune.name, "holiday": closure.reason})
    name = public_holiday(day)
    if name is None or not states_hours(schedule):
        return None
    usual = _usual(schedule, day)
    changed = bool(usual) and list(written(schedule.opening_hours, _only(day))) != usual
    return Why(Reason.PUBLIC_HOLIDAY, {"holiday": name}) if changed else None


def shut(door: Door, day: date) -> Why | None:
    """Why nothing can be open to the caller on a day, whatever the schedules say; None where they decide."""
    over = next(filter(None, (outlived(life, day) for life in door.lives)), None)
    if over is None and door.only_for:
        return Why(Reason.ONLY_FOR_OTHERS, {"callers": tuple(Caller(one).label for one in door.only_for)})
    return over


def outlived(life: Life, day: date) -> Why | None:
    """Why nothing can be open on a day outside a life; None within it."""
    of_program = life.program is not None
    params: dict[str, object] = {"program": life.program} if of_program else {"note": life.reason}
    if life.status == Status.PLANNED:
        return Why(Reason.PROGRAM_PLANNED if of_program else Reason.SERVICE_PLANNED, params)
    if life.status == Status.SUSPENDED:
        return Why(Reason.PROGRAM_SUSPENDED if of_program else Reason.SERVICE_SUSPENDED, params)
    if life.status == Status.ENDED or (life.valid_until and day > life.valid_until):
        return Why(Reason.PROGRAM_ENDED if of_program else Reason.SERVICE_ENDED, params)
    if life.valid_from and day < life.valid_from:
        reason = Reason.PROGRAM_NOT_YET_BEGUN if of_program else Reason.SERVICE_NOT_YET_BEGUN
        return Why(reason, params | {"day": life.valid_from})
    return None


def _closed(schedule: Schedule, door: Door, at: datetime, opening: datetime | None) -> Iterator[Why]:
    """Reasons of one schedule: today's, and yesterday's where its night would still be open but for them."""
    wall = wall_time(at)
    today, yesterday = wall.date(), wall.date() - DAY
    if why := _special(schedule, door, today):
        yield why
    if (why := _special(schedule, door, yesterday)) and any(a <= wall < b for a, b, _c in _usual(schedule, yesterday)):
        yield why
    yield _ordinary(schedule, door, today, late=opening is None or opening - at > SEASON_GAP)


def _special(schedule: Schedule, door: Door, day: date) -> Why | None:
    exception = exception_on(schedule, day)
    return exceptional(exception) if exception else holiday_on(schedule, door, day)


def _ordinary(schedule: Schedule, door: Door, day: date, late: bool) -> Why:
    """What is so every week; `late` where the door stays closed longer than weekly hours would keep it."""
    if schedule.valid_from and day < schedule.valid_from:
        return Why(Reason.NOT_YET_BEGUN, {"day": schedule.valid_from})
    if schedule.valid_until and day > schedule.valid_until:
        return Why(Reason.SEASON_OVER, {"day": schedule.valid_until})
    if schedule.rule == ScheduleRule.OFFICES_CLOSED:
        return _office(door, Reason.OFFICE_OPEN, Reason.ALL_OFFICES_OPEN)
    if schedule.opening_hours in ("off", "closed"):
        return Why(Reason.NEVER_OPEN)
    return Why(Reason.OUT_OF_SEASON if late else Reason.OUTSIDE_HOURS)


def _office(door: Door, of_caller: Reason, of_anybody: Reason) -> Why:
    office = door.caller.office()
    return Why(of_caller, {"comune": office.name}) if office else Why(of_anybody)


def exceptional(exception: ScheduleException) -> Why:
    """An exception as a reason."""
    return Why(Reason.EXCEPTION, {"note": exception.reason})


def _exception_in_force(schedule: Schedule, wall: datetime) -> ScheduleException | None:
    """The exception of today, or of last evening, whose hours hold at this time."""
    for day in (wall.date(), wall.date() - DAY):
        exception = exception_on(schedule, day)
        if exception and any(a <= wall < b for a, b, _certain in written(exception.opening_hours, _only(day))):
            return exception
    return None


def _usual(schedule: Schedule, day: date) -> list[Wall]:
    """A day's hours if it were no holiday and no exception."""
    return list(written(schedule.opening_hours, _only(day), holidays=False)) if states_hours(schedule) else []


def states_hours(schedule: Schedule) -> bool:
    """Whether a schedule's own rule is told by hours that can be read."""
    if schedule.rule not in (ScheduleRule.HOURS, ScheduleRule.BY_APPOINTMENT) or not schedule.opening_hours:
        return False
    try:
        parse(schedule.opening_hours)
    except OpeningHoursError:
        return False
    return True


def _only(day: date) -> tuple[int, int]:
    return day.toordinal(), day.toordinal() + 1
