"""Open, closed, not known, stopped: the rules' answers in words, and a week's hours as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from frontend.public.catalogue import Reference
from frontend.public.days import long_date, weekday
from services_catalog.choices import ScheduleKind
from services_catalog.opening_hours import (
    Caller,
    Day,
    Door,
    Hours,
    OpeningState,
    Reason,
    State,
    location_door,
    phone_door,
    service_door,
    state,
    weekly,
)
from services_catalog.opening_hours.door import ANYBODY, step_schedule
from services_catalog.publication.document import AccessStep, Comune, Location, Phone, Service, ServiceAtLocation
from services_catalog.texts import text_of

STOPPED = {
    Reason.SERVICE_PLANNED: lambda: _("Not begun yet"),
    Reason.SERVICE_NOT_YET_BEGUN: lambda: _("Not begun yet"),
    Reason.SERVICE_SUSPENDED: lambda: _("Suspended"),
    Reason.SERVICE_ENDED: lambda: _("Ended"),
    Reason.PROGRAM_PLANNED: lambda: _("Not begun yet"),
    Reason.PROGRAM_NOT_YET_BEGUN: lambda: _("Not begun yet"),
    Reason.PROGRAM_SUSPENDED: lambda: _("Suspended"),
    Reason.PROGRAM_ENDED: lambda: _("Ended"),
}
TOLD_BESIDE_CLOSED = frozenset(
    {
        Reason.PUBLIC_HOLIDAY,
        Reason.COMUNE_HOLIDAY,
        Reason.EXCEPTION,
        Reason.OUT_OF_SEASON,
        Reason.SEASON_OVER,
        Reason.OFFICE_OPEN,
        Reason.ALL_OFFICES_OPEN,
    }
)
PRINTED = (ScheduleKind.OPEN, ScheduleKind.ENTRY, ScheduleKind.APPLICATIONS)
# Of several doors the first of these speaks for the service: a door that may be open is not a closed one.
BEST_FIRST = ("open", "unknown", "closed", "stopped")


@dataclass(frozen=True)
class Opening:
    """A state as a page shows it: `state` picks the shape and the colour, `word` and `detail` say it."""

    state: str
    word: str
    detail: str
    numbers: tuple[tuple[str, str], ...] = ()
    """Numbers that may answer now, each with the comune whose office has it ("" for the service's own)."""
    why: str = ""
    """Of a service that is stopped, the whole sentence."""


@dataclass(frozen=True)
class DayRow:
    """A day of the week's table."""

    name: str
    hours: str
    reason: str
    today: bool


@dataclass(frozen=True)
class Week:
    """Seven days from today on; `summary` in their place where every day is the same."""

    title: str
    days: tuple[DayRow, ...]
    summary: str


def opening(service: Service, place: ServiceAtLocation | None, asks: Caller, now: datetime) -> Opening:
    """A service at one of its places, or at none."""
    return in_words(state(service_door(service, place, asks), now), now)


def overall(service: Service, asks: Caller, now: datetime) -> Opening:
    """A service as a whole: the best of its doors."""
    found = [opening(service, place, asks, now) for place in service.locations or (None,)]
    return min(found, key=lambda one: BEST_FIRST.index(one.state))


def opening_of_place(place: Location, now: datetime) -> Opening:
    """A place by its own hours, as those whom it admits are told them."""
    return in_words(state(location_door(place, ANYBODY.among(place.callers)), now), now)


def answering(
    phone: Phone, service: Service | None, comune: Comune | None, asks: Caller, now: datetime
) -> Opening | None:
    """Whether a number is answered now; None where nothing is stated of it, or its service is stopped and says so."""
    if not phone.schedules:
        return None
    found = state(phone_door(phone, service, comune, asks.among(phone.callers)), now)
    if found.why.reason in STOPPED:
        return None
    words = {State.OPEN: _("Answers now"), State.CLOSED: _("Does not answer now"), State.UNKNOWN: ""}
    said = in_words(found, now)
    return Opening(said.state, words[found.state] or said.word, said.detail)


def caller(service: Service, known: Reference, comune: str | None = None) -> Caller:
    """Who reads: somebody in the service's territory, of a `comune` (cadastral code) if they said it; a citizen, if the
    service admits them."""
    territory = known.territories.get(service.territory)
    return Caller.of(service, territory.comuni if territory else (), comune).among(service.callers)


def in_words(found: OpeningState, now: datetime) -> Opening:
    """The answer of the rules in words."""
    numbers = tuple((number.number, number.comune or "") for number in found.numbers)
    reason = found.why.reason
    if reason in STOPPED:
        return Opening("stopped", STOPPED[reason](), _stopped_detail(found), why=str(found.why))
    if reason == Reason.ONLY_FOR_OTHERS:
        return Opening("closed", str(found.why), "")
    if found.state != State.CLOSED and found.lets_in != found.state:
        return _entry(found, now, numbers)
    if found.state == State.OPEN:
        return Opening("open", _("Open now"), _open_detail(found, now), numbers)
    if found.state == State.CLOSED:
        return Opening("closed", _("Closed now"), _closed_detail(found, now), numbers)
    if reason == Reason.BY_APPOINTMENT:
        return Opening("unknown", _("By appointment"), _("call to make one"), numbers)
    if reason == Reason.DEPENDS_ON_COMUNE:
        return Opening("unknown", _("It depends on your comune"), str(found.why), numbers)
    detail = _("hours not stated: ask before you go") if reason == Reason.NOT_STATED else str(found.why)
    return Opening("unknown", _("Open or closed: not known"), detail, numbers)


def _entry(found: OpeningState, now: datetime, numbers: tuple[tuple[str, str], ...]) -> Opening:
    """Of a door that is, or may be, open: whether who comes now gets in, which it does not tell by itself."""
    entry = found.entry
    if entry is None or entry.state == State.UNKNOWN:
        return Opening("unknown", _("Entry: not known"), _("ask before you go"), numbers)
    if entry.state == State.OPEN:
        return Opening("open", _("Entry open"), _until(entry.until, now) if entry.until else "", numbers)
    said = [_("next entry %(when)s") % {"when": _when(entry.next_opening, now)}] if entry.next_opening else []
    if found.state == State.OPEN and found.until:
        said.append(_("open for those already inside %(until)s") % {"until": _until(found.until, now)})
    return Opening("closed", _("Entry closed"), " · ".join(said), numbers)


def _stopped_detail(found: OpeningState) -> str:
    """What the word does not say already: the reason given, or the project or the day that decides."""
    if "note" in found.why.params and found.why.reason != Reason.SERVICE_NOT_YET_BEGUN:
        return text_of(found.why.params["note"] or "")  # type: ignore[arg-type]  # a text of the body
    return str(found.why)


def _open_detail(found: OpeningState, now: datetime) -> str:
    said = [_("24 hours a day") if found.why.reason == Reason.ALWAYS_OPEN else ""]
    if found.until and not said[0]:
        said = [_until(found.until, now)]
    if found.entry and found.entry.until and found.entry.until != found.until:
        said.append(_("entry %(until)s") % {"until": _until(found.entry.until, now)})
    if found.by_appointment:
        said.append(_("by appointment"))
    if found.caution:
        said.append(str(found.caution))
    return " · ".join(filter(None, said))


def _until(instant: datetime, now: datetime) -> str:
    local = localtime(instant)
    if local.date() == localtime(now).date():
        return _("until %(time)s") % {"time": time_format(local.time(), "H:i")}
    return _("until %(when)s") % {"when": _when(instant, now)}


def _closed_detail(found: OpeningState, now: datetime) -> str:
    following = (found.entry or found).next_opening
    phrase = _("opens %(when)s") if following == found.next_opening else _("next entry %(when)s")
    said = [phrase % {"when": _when(following, now)}] if following else []
    if not said or found.why.reason in TOLD_BESIDE_CLOSED:
        said.append(str(found.why))
    return " · ".join(said)


def _when(instant: datetime, now: datetime) -> str:
    """An instant from now on: the day where it is not today, and the time."""
    local, today = localtime(instant), localtime(now).date()
    at = time_format(local.time(), "H:i")
    if local.date() == today:
        return _("today at %(time)s") % {"time": at}
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": at}
    day = weekday(local) if local.year == today.year else long_date(local)
    return _("on %(day)s at %(time)s") % {"day": day, "time": at}


def opens(instant: datetime, now: datetime) -> str:
    """When a door opens that is closed at a time asked for, as seen from `now`."""
    return _("Closed at the time you asked: opens %(when)s") % {"when": _when(instant, now)}


def weeks(service: Service, asks: Caller, now: datetime) -> list[Week]:
    """The hours of the coming week, door by door, then those of entry and of applications where these have their own.

    Once, without the place's name, where all doors keep the same.
    """
    return [one for kind in PRINTED for one in _weeks(service, kind, asks, now)]


def _weeks(service: Service, kind: ScheduleKind, asks: Caller, now: datetime) -> list[Week]:
    places = service.locations or (None,)
    doors = [(place, service_door(service, place, asks, kind)) for place in places]
    found = [
        week(door, now, _titled(kind, text_of(place.location.name) if place else ""))
        for place, door in doors
        if door.schedules or kind == ScheduleKind.OPEN
    ]
    alike = {(one.days, one.summary) for one in found}
    if len(alike) == 1 and len(found) == len(places):
        return [replace(found[0], title=_titled(kind, ""))]
    return found


def weeks_of_place(place: Location, now: datetime) -> list[Week]:
    """The hours of the coming week at a place, of every kind that it states."""
    doors = {kind: location_door(place, ANYBODY.among(place.callers), kind) for kind in PRINTED}
    return [week(door, now, _titled(kind, "")) for kind, door in doors.items() if door.schedules]


def _titled(kind: ScheduleKind, name: str) -> str:
    """What a week is headed with: hours other than opening hours say what they are."""
    label = "" if kind == ScheduleKind.OPEN else str(kind.label)
    return " · ".join(filter(None, [label[:1].upper() + label[1:], name]))


def hours_of_step(step: AccessStep, now: datetime) -> str:
    """The hours at which a step is taken in the coming week, on one line; "" where they are not stated."""
    if not step.opening_hours:
        return ""
    # The dates of the step are told beside its hours.
    hours = step_schedule(step).model_copy(update={"valid_from": None, "valid_until": None})
    days = weekly(Door((hours,)), localtime(now).date())
    if _all_alike(days):
        return _same(days[0])
    return "; ".join(f"{weekday(day.day)} {_spans(day.hours)}" for day in days if day.hours)


def week(door: Door, now: datetime, title: str) -> Week:
    """The coming week's rows, today first, with the notes of whoever wrote the hours."""
    today = localtime(now).date()
    days = weekly(door, today)
    notes = _notes(door)
    if _all_alike(days):
        same = " ".join(filter(None, [_same(days[0]), *notes]))
        return Week(title, (), same)
    rows = tuple(_row(day, day.day == today) for day in days)
    return Week(title, rows, " ".join(notes))


def _all_alike(days: Sequence[Day]) -> bool:
    return all(day.hours == days[0].hours and day.notes == days[0].notes for day in days)


def _notes(door: Door) -> list[str]:
    return list(dict.fromkeys(filter(None, (text_of(schedule.description) for schedule in door.schedules))))


def _same(day: Day) -> str:
    """What holds on each of seven equal days."""
    reasons = " ".join(str(why) for why in day.notes)
    if not day.hours:
        return reasons or _("Closed.")
    every = _("Every day: %(hours)s") % {"hours": _spans(day.hours)}
    return f"{every} {reasons}".strip()


def _row(day: Day, today: bool) -> DayRow:
    name = weekday(day.day)
    reason = " ".join(str(why) for why in day.notes)
    hours = _spans(day.hours) if day.hours else ("" if reason else _("closed"))
    return DayRow(name[:1].upper() + name[1:], hours, reason, today)


def _spans(hours: Iterable[Hours]) -> str:
    return ", ".join(_span(span) for span in hours)


def _span(span: Hours) -> str:
    if span.all_day:
        said = _("24 hours")
    else:
        said = f"{time_format(span.opens, 'H:i')}–{time_format(span.closes, 'H:i')}"
        if span.overnight and span.closes.hour + span.closes.minute:
            said = _("%(hours)s of the next day") % {"hours": said}
    if span.by_appointment:
        said = _("%(hours)s by appointment") % {"hours": said}
    return said if span.certain else _("perhaps %(hours)s: ask") % {"hours": said}
