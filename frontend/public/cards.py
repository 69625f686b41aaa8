"""A service on one card: what a person needs to choose it, and no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.public.catalogue import Reference
from frontend.public.days import long_date
from frontend.public.frame import now_in
from frontend.public.hours import Opening, caller, opening, overall
from frontend.public.phones import others_than_citizens
from frontend.public.prose import Prose, prose
from search.walking import minutes_on_foot
from services_catalog.eligibility import describe
from services_catalog.publication.document import Service, ServiceAtLocation

MOST_PLACES = 3
"""More comuni than this are counted, not named: a card is read at a glance."""


@dataclass(frozen=True)
class Card:
    """What a card shows. `checked` is "" where nobody has ever made sure."""

    url: str
    name: Prose
    summary: Prose
    opening: Opening
    where: str
    for_whom: str
    checked: str


def card(
    service: Service,
    known: Reference,
    *,
    place: UUID | None = None,
    distance_km: float | None = None,
    own_language: bool = True,
    comune: str | None = None,
    now: datetime | None = None,
) -> Card:
    """The card of a service; of its door at one place where the search asked for a place, and for people of `comune`
    where it asked for one."""
    now, asks = now or now_in(known.territories.get(service.territory)), caller(service, known, comune)
    door = next((at for at in service.locations if at.id == place), None)
    open_now = opening(service, door, asks, now) if door else overall(service, asks, now)
    # Only a line that answers while offices are closed tells numbers beside its state.
    own_comune = f"?{urlencode({'comune': comune})}" if comune and open_now.numbers else ""
    return Card(
        url=reverse("frontend:service", args=[service.id]) + own_comune,
        name=prose(service, "name", own_language),
        summary=prose(service, "summary", own_language),
        opening=open_now,
        where=_where([door] if door else service.locations, service, known, distance_km),
        for_whom=_for_whom(service, known),
        checked=long_date(service.assured_date) if service.assured_date else "",
    )


def _where(doors: Iterable[ServiceAtLocation], service: Service, known: Reference, distance_km: float | None) -> str:
    comuni = list(dict.fromkeys(at.location.comune.name for at in doors if at.location.comune))
    if not comuni:
        return ", ".join(known.labels(service.terms.ways_of_access))
    said = ", ".join(comuni[:MOST_PLACES])
    if len(comuni) > MOST_PLACES:
        said = _("%(comuni)s and %(count)d more") % {"comuni": said, "count": len(comuni) - MOST_PLACES}
    if distance_km is None:
        return said
    distance, minutes = number_format(distance_km, 1), minutes_on_foot(distance_km)
    if minutes is None:
        return _("%(place)s, %(distance)s km away") % {"place": said, "distance": distance}
    return ngettext(
        "%(place)s, %(distance)s km away, about %(minutes)d minute on foot",
        "%(place)s, %(distance)s km away, about %(minutes)d minutes on foot",
        minutes,
    ) % {"place": said, "distance": distance, "minutes": minutes}


def _for_whom(service: Service, known: Reference) -> str:
    if callers := others_than_citizens(service.callers):
        return f"{_('Only for:')} {', '.join(callers)}"
    targets = known.labels(service.terms.targets)
    if targets:
        return ", ".join(targets)
    sentences = describe(service.eligibility, known.comuni())
    return str(sentences[0]) if sentences else ""
