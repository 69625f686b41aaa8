"""One `opening_hours` expression: is it valid, and when does it hold.

Evaluated by `opening-hours-py` on naive wall-clock time, with Italy's public holidays. A night belongs to the day on
whose evening it begins: "20:00-08:00; PH off" is shut from the holiday's evening to the next morning. The package
switches off calendar days instead (it shuts the morning before and opens the one after), so an expression with hours
past midnight is evaluated in two parts: what lies on the day, and what its night adds to the next.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs
from opening_hours import State as PackageState

from services_catalog.opening_hours.clock import DAY, midnight

QUOTED = r'"[^"]*"'
TIME_SPAN = re.compile(rf"{QUOTED}|(\d{{1,2}}):(\d{{2}})\s*-\s*(\d{{1,2}}):(\d{{2}})")
# Stands for hours that add nothing after midnight: the rule keeps its place and its power over earlier rules.
NOTHING_AT_NIGHT = "23:59-24:00"
LAST_MINUTE = timedelta(hours=23, minutes=59)


class OpeningHoursError(ValueError):
    """Hours that cannot be read, or would be read otherwise than their author meant. `str()` tells an editor why."""


class Wall(NamedTuple):
    """A span of naive wall-clock time that holds hours: open, or (`certain` False) perhaps open."""

    start: datetime
    end: datetime
    certain: bool


class Parsed(NamedTuple):
    """An expression's evaluators: the day's own hours, and those of its night (None without hours past midnight)."""

    day: OpeningHours
    night: OpeningHours | None


def _minutes(match: re.Match[str]) -> tuple[int, int]:
    hours, minutes, end_hours, end_minutes = (int(group) for group in match.groups())
    return hours * 60 + minutes, end_hours * 60 + end_minutes


def _past_midnight(start: int, end: int) -> int:
    """How many minutes of a span fall on the next day."""
    return end if end <= start else max(end - 24 * 60, 0)


def _split(text: str) -> tuple[str, str | None]:
    """The expression's two parts, each an expression with the same rules in the same order."""
    nights = 0

    def day_part(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        start, end = _minutes(match)
        return f"{match[1]:0>2}:{match[2]}-24:00" if end <= start or end > 24 * 60 else match[0]

    def night_part(match: re.Match[str]) -> str:
        nonlocal nights
        if match[1] is None:
            return match[0]
        minutes = _past_midnight(*_minutes(match))
        nights += bool(minutes)
        return f"00:00-{minutes // 60:02}:{minutes % 60:02}" if minutes else NOTHING_AT_NIGHT

    day, night = TIME_SPAN.sub(day_part, text), TIME_SPAN.sub(night_part, text)
    return day, night if nights else None


@lru_cache(maxsize=4_000)  # 2 to 4 KB each; parsing takes as long as answering
def parse(text: str, holidays: bool = True) -> Parsed:
    """Evaluators of an expression. Without `holidays`, rules on public holidays (PH) are ignored: the usual hours.

    Raises OpeningHoursError for one that the package cannot read.
    """
    country = "IT" if holidays else None
    day, night = _split(text)
    try:
        return Parsed(OpeningHours(day, country=country), OpeningHours(night, country=country) if night else None)
    except ParserError as error:
        raise OpeningHoursError(_not_read(text)) from error


def _not_read(text: str) -> str:
    """Where the reading of a text stopped, told with the package's own column on the unsplit text."""
    try:
        OpeningHours(text)
    except ParserError as error:
        found = re.search(r"--> \d+:(\d+)", str(error))
        rest = text[int(found[1]) - 1 :].strip() if found else text
        if rest:
            return _("Hours not understood from “%(rest)s” on. Example: Mo-Fr 09:00-13:00,15:00-18:00; PH off") % {
                "rest": rest[:60]
            }
    return _("Hours not understood: they end too early. Example: Mo-Fr 09:00-13:00,15:00-18:00; PH off")


@lru_cache(maxsize=2_000)  # doors share expressions and are asked for the same days; four weeks take up to 10 KB
def walls(text: str, first: date, until: date, holidays: bool = True) -> tuple[Wall, ...]:
    """The hours of an expression that begin on the days from `first` to before `until`; the last may end on `until`.

    Unsorted and, across midnight, in pieces. Raises OpeningHoursError.
    """
    parsed = parse(text, holidays)
    start, end = midnight(first), midnight(until)
    found = list(_held(parsed.day, start, end))
    if parsed.night:
        found += [Wall(a + DAY, b + DAY, certain) for a, b, certain in _nights(_held(parsed.night, start, end))]
    return tuple(found)


def _held(hours: OpeningHours, start: datetime, end: datetime) -> Iterator[Wall]:
    for a, b, state, _comment in hours.intervals(start, end):
        if state != PackageState.CLOSED:
            yield Wall(a, b, state == PackageState.OPEN)


def _nights(held: Iterator[Wall]) -> Iterator[Wall]:
    """The night's hours day by day, without the minute that stands for nothing and without rules of whole days."""
    for wall in held:
        for piece in by_day(wall):
            if piece.end - midnight(piece.start.date()) <= LAST_MINUTE:
                yield piece


def by_day(wall: Wall) -> Iterator[Wall]:
    """A span cut at every midnight."""
    start = wall.start
    while start < wall.end:
        next_day = midnight(start.date()) + DAY
        yield Wall(start, min(wall.end, next_day), wall.certain)
        start = next_day
