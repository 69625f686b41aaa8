"""When a service can be reached at a place, from its published body, for the index."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from search.opening import Interval
from services_catalog.opening_hours import Door, State, intervals, service_door
from services_catalog.opening_hours.clock import instant, wall_time
from services_catalog.publication.document import Service, ServiceAtLocation


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is open, and when nobody can say: hours not stated are not closed hours."""

    opens: tuple[Interval, ...]
    unknowns: tuple[Interval, ...]


def hours_at(service: Service, place: ServiceAtLocation | None, as_of: date | None, known: Interval) -> Hours:
    """The hours of `service` at `place` (None: it has none) in the time `known` to the index.

    A territory shown as of another day lives that day's hours at today's time of day: its hours are moved to today.
    """
    door = service_door(service, place)
    starts, ends = known
    # `known` begins yesterday.
    moved = (wall_time(starts).date() + timedelta(days=1)) - as_of if as_of else timedelta()
    return Hours(_spans(door, starts, ends, moved, State.OPEN), _spans(door, starts, ends, moved, State.UNKNOWN))


def _spans(door: Door, starts: datetime, ends: datetime, moved: timedelta, which: State) -> tuple[Interval, ...]:
    if not moved:
        return tuple(intervals(door, starts, ends, which))
    window = _move(starts, -moved), _move(ends, -moved)
    return tuple((_move(start, moved), _move(end, moved)) for start, end in intervals(door, *window, which))


def _move(at: datetime, by: timedelta) -> datetime:
    """The instant whose wall-clock time in Italy is some days away."""
    return instant(wall_time(at) + by)
