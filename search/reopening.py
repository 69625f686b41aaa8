"""When services that are closed at the time asked open after it, by the rules of their records."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from search.document import Context
from search.engine import Hit
from search.hours import asker
from search.opening import Moment, start_of
from services_catalog.choices import Audience
from services_catalog.languages import ALL_LANGUAGES, DEFAULT_LANGUAGE
from services_catalog.opening_hours import Caller, Door, State, service_door, state
from services_catalog.opening_hours.clock import instant, wall_time
from services_catalog.publication import records
from services_catalog.publication.document import Service
from services_catalog.publication.records import PublishedRecord


def next_openings(hits: Sequence[Hit], moment: Moment, audience: Audience, now: datetime) -> dict[UUID, datetime]:
    """By service, the first instant from `moment` on (aware) at which one gets in; of some nobody knows it.

    Two queries. `now` is the real present: a part of a day that has begun is asked about from now on.
    """
    start = start_of(moment, now)
    territories = PublishedRecord.objects.of("territory", audience, ALL_LANGUAGES).values_list("body", flat=True)
    context = Context.of((), territories, now)
    bodies = records.bodies("service", [hit.service for hit in hits], audience, DEFAULT_LANGUAGE)
    found: dict[UUID, datetime] = {}
    for hit in hits:
        if hit.service in bodies:
            service = Service.model_validate_json(bodies[hit.service])
            caller = asker(service, context.comuni.get(service.territory, ()))
            if opens := _opens(_doors(service, hit.place, caller), start, context.as_of(service.territory), now):
                found[hit.service] = opens
    return found


def _doors(service: Service, place: UUID | None, caller: Caller) -> list[Door]:
    places = [at for at in service.locations if place in (None, at.id)]
    return [service_door(service, at, caller) for at in places or (None,)]


def _opens(doors: Iterable[Door], start: datetime, as_of: date | None, now: datetime) -> datetime | None:
    """The first opening of any door; a territory shown as of another day lives that day's hours today."""
    moved = wall_time(now).date() - as_of if as_of else timedelta()
    openings = []
    for door in doors:
        found = state(door, _moved(start, -moved))
        opening = (found.entry or found).next_opening
        if found.lets_in != State.OPEN and opening:
            openings.append(_moved(opening, moved))
    return min(openings, default=None)


def _moved(at: datetime, by: timedelta) -> datetime:
    """The same time of day in Italy, some days away."""
    return instant(wall_time(at) + by) if by else at
