"""Opening times as index terms: minute blocks of dyadic size, and days and their parts.

The minutes of UTC are parted into blocks of 1, 2, 4 … 2^15 minutes; an interval is the fewest blocks that make it up,
and "open at" asks for the sixteen blocks that hold one minute. Exact in any engine that can look a term up, and
shared hours share terms. Whoever asks for "Sunday" or "tonight" asks for any minute of it: one term a part of a day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, get_args

from services_catalog.opening_hours.clock import instant, wall_time

Interval = tuple[datetime, datetime]
"""Aware instants, the first included, the last not."""

Part = Literal["day", "morning", "afternoon", "evening", "night", "weekend"]
PARTS: tuple[Part, ...] = get_args(Part)
INDEXED = PARTS[:-1]
"""A weekend is a day and the next: it is looked up as these two."""
HOURS: dict[Part, tuple[time, time]] = {
    "day": (time(0), time(0)),
    "morning": (time(6), time(13)),
    "afternoon": (time(13), time(18)),
    "evening": (time(18), time(22)),
    "night": (time(20), time(6)),
    "weekend": (time(0), time(0)),
}
"""From and until when, in Italy; an end not after its start is of the next day."""


@dataclass(frozen=True, slots=True, order=True)
class DayPart:
    """A day in Italy or a part of it, as people ask for it: at some minute of it."""

    day: date
    part: Part = "day"

    def __str__(self) -> str:
        return self.day.isoformat() if self.part == "day" else f"{self.day.isoformat()}.{self.part}"

    def days(self) -> list[date]:
        """The days it lies in, the night's morning left out."""
        return [self.day, self.day + timedelta(days=1)] if self.part == "weekend" else [self.day]

    def interval(self) -> "Interval":
        """Its first instant, and the one after its last."""
        starts, ends = HOURS[self.part]
        last = self.day + timedelta(days=(ends <= starts) + (self.part == "weekend"))
        return instant(datetime.combine(self.day, starts)), instant(datetime.combine(last, ends))


Moment = datetime | DayPart
"""When a place is to be open: at an instant (aware), or at some minute of a part of a day."""


def start_of(moment: Moment | None, now: datetime) -> datetime:
    """The first instant that `moment` asks about: of a part of a day that has begun, and of none, `now`."""
    if isinstance(moment, DayPart):
        return max(moment.interval()[0], now)
    return moment or now


LEVELS = 16
AHEAD = timedelta(days=28)
"""How far the index knows opening times; the nightly renewal keeps it from running out."""


def minute_of(instant: datetime) -> int:
    """The minute of UTC, counted from 1970, in which `instant` falls."""
    return int(instant.timestamp() // 60)


@lru_cache(maxsize=4096)
def blocks_of(intervals: tuple[Interval, ...]) -> tuple[str, ...]:
    """The terms of `intervals` cut to whole minutes, each once; two that touch or overlap are as one.

    Kept for the next caller: a catalogue's doors share a few hundred ways of being open.
    """
    merged = list(_merged(intervals))
    blocks = {block for starts, ends in merged for block in _cover(starts, ends)}
    return tuple(sorted(blocks.union(*(_parts(starts, ends) for starts, ends in merged))))


def blocks_at(moment: Moment) -> list[str]:
    """The terms that hold `moment`: a place is open then if it has one of them."""
    if isinstance(moment, DayPart):
        return [str(moment)] if moment.part != "weekend" else [str(DayPart(day)) for day in moment.days()]
    minute = minute_of(moment)
    return [_name(level, minute >> level) for level in range(LEVELS)]


def horizon(now: datetime) -> Interval:
    """The time an index built at `now` knows: from the start of yesterday, UTC, over AHEAD."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=1), midnight + timedelta(days=1) + AHEAD


def _merged(intervals: Iterable[Interval]) -> Iterator[tuple[int, int]]:
    reached: tuple[int, int] | None = None
    for starts, ends in sorted((minute_of(starts), minute_of(ends)) for starts, ends in intervals):
        if starts >= ends:
            continue
        if reached and starts <= reached[1]:
            reached = (reached[0], max(reached[1], ends))
            continue
        if reached:
            yield reached
        reached = (starts, ends)
    if reached:
        yield reached


def _parts(starts: int, ends: int) -> Iterator[str]:
    """The parts of days that share a minute with the interval."""
    first, last = (wall_time(datetime.fromtimestamp(minute * 60, UTC)).date() for minute in (starts, ends))
    for number in range(-1, (last - first).days + 1):
        for part in INDEXED:
            span = _minutes(DayPart(first + timedelta(days=number), part))
            if starts < span[1] and span[0] < ends:
                yield str(DayPart(first + timedelta(days=number), part))


@lru_cache(maxsize=1024)
def _minutes(part: DayPart) -> tuple[int, int]:
    starts, ends = part.interval()
    return minute_of(starts), minute_of(ends)


def _cover(minute: int, until: int) -> Iterator[str]:
    while minute < until:
        level = min(LEVELS - 1, (minute & -minute).bit_length() - 1)
        while minute + (1 << level) > until:
            level -= 1
        yield _name(level, minute >> level)
        minute += 1 << level


def _name(level: int, number: int) -> str:
    return f"{level:x}.{number:x}"
