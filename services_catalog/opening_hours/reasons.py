"""Why a door is open, closed or unknown: a reason for machines, its parameters, and a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from services_catalog.texts import text_of


class Reason(StrEnum):
    """Every answer to "why", stable: API clients may tell them apart."""

    WITHIN_HOURS = "within_hours"
    OUTSIDE_HOURS = "outside_hours"
    NEVER_OPEN = "never_open"
    ALWAYS_OPEN = "always_open"
    PUBLIC_HOLIDAY = "public_holiday"
    COMUNE_HOLIDAY = "comune_holiday"
    EXCEPTION = "exception"
    OUT_OF_SEASON = "out_of_season"
    NOT_YET_BEGUN = "not_yet_begun"
    SEASON_OVER = "season_over"
    SERVICE_PLANNED = "service_planned"
    SERVICE_SUSPENDED = "service_suspended"
    SERVICE_ENDED = "service_ended"
    SERVICE_NOT_YET_BEGUN = "service_not_yet_begun"
    PROGRAM_PLANNED = "program_planned"
    PROGRAM_SUSPENDED = "program_suspended"
    PROGRAM_ENDED = "program_ended"
    PROGRAM_NOT_YET_BEGUN = "program_not_yet_begun"
    ONLY_FOR_OTHERS = "only_for_others"
    BY_APPOINTMENT = "by_appointment"
    NOT_STATED = "not_stated"
    UNCERTAIN = "uncertain"
    OFFICE_OPEN = "office_open"
    OFFICE_CLOSED = "office_closed"
    ALL_OFFICES_OPEN = "all_offices_open"
    ALL_OFFICES_CLOSED = "all_offices_closed"
    OFFICE_HOURS_NOT_STATED = "office_hours_not_stated"
    DEPENDS_ON_COMUNE = "depends_on_comune"
    HOLIDAY_NOT_STATED = "holiday_not_stated"


SENTENCES: Mapping[Reason, object] = {
    Reason.WITHIN_HOURS: _("These are its hours."),
    Reason.OUTSIDE_HOURS: _("It is outside its hours."),
    Reason.NEVER_OPEN: _("It is closed."),
    Reason.ALWAYS_OPEN: _("Open 24 hours a day, every day."),
    Reason.PUBLIC_HOLIDAY: _("Public holiday: %(holiday)s."),
    Reason.COMUNE_HOLIDAY: _("Holiday of %(comune)s: %(holiday)s."),
    Reason.EXCEPTION: _("Special hours: %(note)s."),
    Reason.OUT_OF_SEASON: _("Out of season."),
    Reason.NOT_YET_BEGUN: _("These hours begin on %(day)s."),
    Reason.SEASON_OVER: _("These hours ended on %(day)s."),
    Reason.SERVICE_PLANNED: _("The service is planned and has not begun."),
    Reason.SERVICE_SUSPENDED: _("The service is suspended."),
    Reason.SERVICE_ENDED: _("The service has ended."),
    Reason.SERVICE_NOT_YET_BEGUN: _("The service begins on %(day)s."),
    Reason.PROGRAM_PLANNED: _("The project “%(program)s” is planned and has not begun."),
    Reason.PROGRAM_SUSPENDED: _("The project “%(program)s” is suspended."),
    Reason.PROGRAM_ENDED: _("The project “%(program)s” has ended."),
    Reason.PROGRAM_NOT_YET_BEGUN: _("The project “%(program)s” begins on %(day)s."),
    Reason.ONLY_FOR_OTHERS: _("Only for: %(callers)s."),
    Reason.BY_APPOINTMENT: _("By appointment."),
    Reason.NOT_STATED: _("Hours are not stated."),
    Reason.UNCERTAIN: _("It may be open: ask before you go."),
    Reason.OFFICE_OPEN: _("The social office of %(comune)s is open: it answers instead."),
    Reason.OFFICE_CLOSED: _("It answers while the social office of %(comune)s is closed."),
    Reason.ALL_OFFICES_OPEN: _("The social office of your comune is open: it answers instead."),
    Reason.ALL_OFFICES_CLOSED: _("The social offices of all comuni are closed: it answers."),
    Reason.OFFICE_HOURS_NOT_STATED: _(
        "It answers while the social office of %(comune)s is closed, and the office's hours are not stated."
    ),
    Reason.DEPENDS_ON_COMUNE: _("It answers while the social office of your comune is closed."),
    Reason.HOLIDAY_NOT_STATED: _("Today is a holiday, %(holiday)s, and its hours are not stated: ask before you go."),
}
WITH_NOTE = frozenset({Reason.SERVICE_SUSPENDED, Reason.SERVICE_ENDED, Reason.SERVICE_PLANNED})


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call. `comune` is the comune whose office answers, or None for the door's own; "" is not stated."""

    number: str
    comune: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with its parameters (dates, names, texts of a body in one language or all). `str()` is the sentence."""

    reason: Reason
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.params.items()}
        if self.reason == Reason.EXCEPTION and not shown.get("note"):
            return str(_("Special hours on this day."))
        sentence = str(SENTENCES[self.reason]) % shown
        note = shown.get("note") if self.reason in WITH_NOTE else ""
        return f"{sentence} {note}" if note else sentence


def _shown(value: object) -> str:
    """A parameter as people of the language in use read it."""
    if isinstance(value, date):
        return formats.date_format(value)
    if isinstance(value, Mapping):
        return text_of(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
