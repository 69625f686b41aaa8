"""When a service can be reached at a place, from its published body, for the index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from search.opening import Interval
from services_catalog.choices import Audience
from services_catalog.opening_hours import Caller, service_door
from services_catalog.opening_hours.clock import DAY, instant, wall_time
from services_catalog.opening_hours.timeline import reachable
from services_catalog.publication.document import Service, ServiceAtLocation, TerritoryComune


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is open, and when nobody can say: hours not stated are not closed hours."""

    opens: tuple[Interval, ...]
    unknowns: tuple[Interval, ...]


def hours_at(
    service: Service, place: ServiceAtLocation | None, asks: Caller, as_of: date | None, known: Interval
) -> Hours:
    """The hours of `service` at `place` (None: it has none) on all the days that the index is to know.

    They are the hours at which one can get in (`reachable`).

    A territory shown as of another day lives that day's hours at today's time of day: its hours are moved to today.
    """
    door = service_door(service, place, asks)
    starts, ends = known
    # `known` begins yesterday.
    moved = (wall_time(starts).date() + timedelta(days=1)) - as_of if as_of else timedelta()
    line = reachable(door, (wall_time(starts) - moved).date(), (wall_time(ends) - moved).date() + DAY)
    if moved:
        return Hours(*(tuple((_move(*span, moved)) for span in spans) for spans in (line.opens, line.unknowns)))
    return Hours(tuple(line.opens), tuple(line.unknowns))


def asker(service: Service, comuni: Iterable[TerritoryComune]) -> Caller:
    """Whom the index answers: a citizen of any comune, for what admits the police alone is open to nobody who searches.

    A service that citizens cannot read of is looked up by professionals: its hours are those of whom it admits.
    """
    anybody = Caller.of(service, comuni)
    return anybody if service.audience == Audience.PUBLIC else anybody.among(service.callers)


def _move(start: datetime, end: datetime, by: timedelta) -> Interval:
    """The interval of the same wall-clock times in Italy, some days away."""
    return instant(wall_time(start) + by), instant(wall_time(end) + by)
