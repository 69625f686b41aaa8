"""Until when a service is known to have something free, or nothing, by what was reported of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from search.opening import minute_of
from services_catalog.publication.document import Capacity

UNDATED_HOLDS = timedelta(days=1)
"""How long a report holds that does not say until when: last week's free bed is not free."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Minutes of UTC, counted from 1970, before which something is free, or nothing is; None where nobody knows."""

    free_until: int | None = None
    full_until: int | None = None


def availability(capacities: Iterable[Capacity], moved: timedelta = timedelta()) -> Availability:
    """What the reports on a service say together: one free place is enough to be free; it is full only while every
    one of its counts is reported as full. `moved`: the days by which a territory is shown earlier than today."""
    reports = [(capacity.available, _until(capacity)) for capacity in capacities]
    free = [until for available, until in reports if available and until]
    full = [until for available, until in reports if available == 0 and until]
    return Availability(
        minute_of(max(free) + moved) if free else None,
        minute_of(min(full) + moved) if full and len(full) == len(reports) else None,
    )


def _until(capacity: Capacity) -> datetime | None:
    """The end of what a report says; None where nobody reported."""
    if capacity.reported_at is None:
        return None
    return capacity.expires_at or capacity.reported_at + UNDATED_HOLDS
