"""Wall-clock time in Italy and instants, and the names of public holidays.

Rules speak of wall-clock time ("Mo-Fr 09:00-12:00"); answers are about instants. Between the two stand the nights on
which the clocks change: a time that comes twice means the second one, a time that never comes the first after the gap.
So a span opens once.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext_lazy as _

ROME = ZoneInfo("Europe/Rome")
DAY = timedelta(days=1)
YEARS = range(1950, 2100)

# Keys are the `holidays` package's English names; the national unity day, a Sunday without rest from work, is left out.
HOLIDAY_NAMES: Mapping[str, object] = MappingProxyType(
    {
        "New Year's Day": _("New Year's Day"),
        "Epiphany": _("Epiphany"),
        "Easter Sunday": _("Easter Sunday"),
        "Easter Monday": _("Easter Monday"),
        "Liberation Day": _("Liberation Day"),
        "Labor Day": _("Labour Day"),
        "Republic Day": _("Republic Day"),
        "Assumption Of Mary Day": _("Assumption of Mary"),
        "Saint Francis of Assisi, Patron Saint of Italy": _("Saint Francis, patron saint of Italy"),
        "All Saints' Day": _("All Saints' Day"),
        "Immaculate Conception": _("Immaculate Conception"),
        "Christmas Day": _("Christmas Day"),
        "Saint Stephen's Day": _("Saint Stephen's Day"),
    }
)


def midnight(day: date) -> datetime:
    """The naive wall-clock time at which a day begins."""
    return datetime.combine(day, time())


def wall_time(at: datetime) -> datetime:
    """The naive wall-clock time in Italy at an aware instant.

    Raises ValueError for a naive one, which would be read as another place's time without anybody noticing, and for one
    outside the years whose holidays are known.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if not YEARS.start <= at.year < YEARS.stop:
        raise ValueError(f"an instant lies between {YEARS.start} and {YEARS.stop - 1}")
    return at.astimezone(ROME).replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _offsets(day: date) -> tuple[timedelta, timedelta]:
    """The offsets from UTC at a day's first and last minute: equal but on two days a year."""
    first, last = midnight(day), datetime.combine(day, time(23, 59))
    return (first.replace(tzinfo=ROME).utcoffset() or timedelta(), last.replace(tzinfo=ROME).utcoffset() or timedelta())


def instant(wall: datetime) -> datetime:
    """The UTC instant of a naive wall-clock time in Italy."""
    before, after = _offsets(wall.date())
    if before == after:
        return (wall - before).replace(tzinfo=UTC)
    found = wall.replace(tzinfo=ROME, fold=1).astimezone(UTC)
    if found.astimezone(ROME).replace(tzinfo=None) == wall:
        return found
    return _end_of_gap(wall.date())


def _end_of_gap(day: date) -> datetime:
    """When the clocks of a spring day jump ahead: 01:00 UTC in the whole Union (directive 2000/84/EC)."""
    return datetime.combine(day, time(1), tzinfo=UTC)


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, str]:
    named = holidays.country_holidays("IT", years=year, language="en_US")
    return {day: name.split("; ")[0] for day, name in named.items()}


def public_holiday(day: date) -> object | None:
    """The translatable name of the public holiday (l. 260/1949 and later) that falls on a day, or None."""
    return HOLIDAY_NAMES.get(_holidays(day.year).get(day, ""))
