"""Opening hours: is a door open at an instant, until when, when next, and why. Pure rules on published bodies.

    door = service_door(service, place, Caller.of(service, territory.comuni, "E281"))
    state(door, timezone.now())            # open, closed or unknown, with until, next_opening, why
    intervals(door, start, end)            # when it is open; State.UNKNOWN for when it is in doubt
    weekly(door, date.today())             # rows for people

Hours are OpenStreetMap's `opening_hours` syntax, evaluated in Italy's time with its public holidays. Several
schedules of a door add up; an exception replaces the hours of its own schedule; nothing is open outside the life of the
service or its program. A door may be open and let nobody in: "open now" finds those that let people in.
"""

from datetime import datetime

from services_catalog.opening_hours.door import ANYBODY, Caller, Door, Life, location_door, phone_door, service_door
from services_catalog.opening_hours.expression import OpeningHoursError
from services_catalog.opening_hours.reasons import Number, Reason, Why
from services_catalog.opening_hours.state import Entry, OpeningState, State, intervals, next_opening, state
from services_catalog.opening_hours.validation import validate
from services_catalog.opening_hours.week import Day, Hours, weekly
from services_catalog.publication.document import Comune, Location, Phone, Service, ServiceAtLocation

__all__ = [
    "Caller",
    "Day",
    "Door",
    "Entry",
    "Hours",
    "Life",
    "Number",
    "OpeningHoursError",
    "OpeningState",
    "Reason",
    "State",
    "Why",
    "intervals",
    "location_door",
    "location_state",
    "next_opening",
    "phone_door",
    "phone_state",
    "service_door",
    "service_state",
    "state",
    "validate",
    "weekly",
]


def service_state(
    service: Service, place: ServiceAtLocation | None, at: datetime, caller: Caller = ANYBODY
) -> OpeningState:
    """The state of a service at one of its places (None: it has none) at an aware instant."""
    return state(service_door(service, place, caller), at)


def location_state(location: Location, at: datetime) -> OpeningState:
    """The state of a place by its own hours."""
    return state(location_door(location), at)


def phone_state(
    phone: Phone,
    at: datetime,
    service: Service | None = None,
    comune: Comune | None = None,
    caller: Caller = ANYBODY,
) -> OpeningState:
    """Whether a number is answered; silent outside the life of the service that it belongs to, and on the holidays of
    the comune where it is answered, if its hours say so."""
    return state(phone_door(phone, service, comune, caller), at)
