"""The page of a place."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from frontend.public.catalogue import Reference
from frontend.public.doors import address_line, directions
from frontend.public.hours import Opening, Week, opening_of_place, weeks_of_place
from frontend.public.phones import PhoneLine, first_to_call, lines, others_than_citizens
from services_catalog.publication.document import Location, Source
from services_catalog.texts import text_of


@dataclass(frozen=True)
class PlaceSheet:
    """Everything the page of a place shows, in words. `callers`: who alone may come, where citizens may not."""

    id: UUID
    name: str
    description: str
    address: str
    note: str
    comune: str
    directions: str
    transportation: str
    accessibility: list[str]
    accessibility_note: str
    callers: tuple[str, ...]
    opening: Opening
    weeks: list[Week]
    phones: list[PhoneLine]
    call: str
    sources: tuple[Source, ...]
    assured_date: date | None


def place_sheet(place: Location, known: Reference, now: datetime) -> PlaceSheet:
    """What the page shows of `place` at `now`. Without hours of its own it shows none: services have theirs."""
    numbers = lines(((phone, place.comune) for phone in place.phones), known, now)
    return PlaceSheet(
        id=place.id,
        name=text_of(place.name),
        description=text_of(place.description),
        address=address_line(place),
        note=text_of(place.address.note) if place.address else "",
        comune=place.comune.name if place.comune else "",
        directions=directions(place),
        transportation=text_of(place.transportation),
        accessibility=known.labels(place.accessibility),
        accessibility_note=text_of(place.accessibility_note),
        callers=others_than_citizens(place.callers),
        opening=opening_of_place(place, now),
        weeks=weeks_of_place(place, now),
        phones=numbers,
        call=first_to_call(numbers),
        sources=place.sources,
        assured_date=place.assured_date,
    )
