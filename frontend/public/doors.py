"""Where a service is given: each place as a door, with its hours, its way there and what helps to get in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from frontend.public.catalogue import Reference
from frontend.public.hours import Opening, opening
from frontend.public.phones import others_than_citizens
from services_catalog.choices import LocationType
from services_catalog.opening_hours import Caller
from services_catalog.publication.document import Location, Service, ServiceAtLocation
from services_catalog.texts import text_of


@dataclass(frozen=True)
class Door:
    """One place as a page shows it. What is not stated is "" or empty.

    `callers`: who alone may come, where citizens may not.
    """

    place: UUID
    name: str
    type: str
    address: str
    note: str
    comune: str
    directions: str
    transportation: str
    accessibility: tuple[str, ...]
    accessibility_note: str
    description: str
    callers: tuple[str, ...]
    opening: Opening


def doors(service: Service, known: Reference, asks: Caller, now: datetime) -> list[Door]:
    """The doors of a service, open ones first."""
    found = [_door(service, at, known, asks, now) for at in service.locations]
    return sorted(found, key=lambda door: door.opening.state != "open")


def _door(service: Service, at: ServiceAtLocation, known: Reference, asks: Caller, now: datetime) -> Door:
    place = at.location
    return Door(
        place=place.id,
        name=text_of(place.name),
        type=str(place.type),
        address=address_line(place),
        note=text_of(place.address.note) if place.address else "",
        comune=place.comune.name if place.comune else "",
        directions=directions(place),
        transportation=text_of(place.transportation),
        accessibility=tuple(known.labels(place.accessibility)),
        accessibility_note=text_of(place.accessibility_note),
        description=text_of(at.description),
        callers=others_than_citizens(place.callers),
        opening=opening(service, at, asks, now),
    )


def address_line(place: Location) -> str:
    """Street, postal code and locality on one line, as far as they are stated."""
    if place.address is None:
        return ""
    town = " ".join(filter(None, [place.address.postal_code, place.address.locality]))
    return ", ".join(filter(None, [place.address.street, town]))


def directions(place: Location) -> str:
    """A link to OpenStreetMap, asked for nothing before somebody presses it; "" without a place."""
    if place.type == LocationType.VIRTUAL:
        return ""
    if place.latitude is not None and place.longitude is not None:
        return f"https://www.openstreetmap.org/directions?{urlencode({'to': f'{place.latitude},{place.longitude}'})}"
    where = address_line(place) if place.address and place.address.street else ""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': where})}" if where else ""


def comuni_of(found: Sequence[Door]) -> list[str]:
    return list(dict.fromkeys(door.comune for door in found if door.comune))
