"""Opening times as index terms: minute blocks of dyadic size.

The minutes of UTC are parted into blocks of 1, 2, 4 … 2^15 minutes; an interval is the fewest blocks that make it up,
and "open at" asks for the sixteen blocks that hold one minute. Exact in any engine that can look a term up, and
shared hours share terms.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

Interval = tuple[datetime, datetime]
"""Aware instants, the first included, the last not."""

LEVELS = 16
AHEAD = timedelta(days=28)
"""How far the index knows opening times; the nightly renewal keeps it from running out."""


def minute_of(instant: datetime) -> int:
    """The minute of UTC, counted from 1970, in which `instant` falls."""
    return int(instant.timestamp() // 60)


@lru_cache(maxsize=4096)
def blocks_of(intervals: tuple[Interval, ...]) -> tuple[str, ...]:
    """The blocks of `intervals` cut to whole minutes, each once; two that touch or overlap are as one.

    Kept for the next caller: a catalogue's doors share a few hundred ways of being open.
    """
    return tuple(sorted({block for starts, ends in _merged(intervals) for block in _cover(starts, ends)}))


def blocks_at(instant: datetime) -> list[str]:
    """The blocks that hold the minute of `instant`: a place is open then if it has one of them."""
    minute = minute_of(instant)
    return [_name(level, minute >> level) for level in range(LEVELS)]


def horizon(now: datetime) -> Interval:
    """The time an index built at `now` knows: from the start of yesterday, UTC, over AHEAD."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=1), midnight + timedelta(days=1) + AHEAD


def _merged(intervals: Iterable[Interval]) -> Iterator[tuple[int, int]]:
    reached: tuple[int, int] | None = None
    for starts, ends in sorted((minute_of(starts), minute_of(ends)) for starts, ends in intervals):
        if reached and starts <= reached[1]:
            reached = (reached[0], max(reached[1], ends))
            continue
        if reached:
            yield reached
        reached = (starts, ends)
    if reached:
        yield reached


def _cover(minute: int, until: int) -> Iterator[str]:
    while minute < until:
        level = min(LEVELS - 1, (minute & -minute).bit_length() - 1)
        while minute + (1 << level) > until:
            level -= 1
        yield _name(level, minute >> level)
        minute += 1 << level


def _name(level: int, number: int) -> str:
    return f"{level:x}.{number:x}"
