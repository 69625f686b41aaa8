"""The nearest service that takes a person whom none of those on the page does, in a line."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from frontend.public import catalogue
from frontend.public.prose import Prose, prose
from search.answer import Instead
from services_catalog.publication.document import Service


@dataclass(frozen=True)
class Elsewhere:
    """Where it is ("" at no place), which service, and why it takes them."""

    where: str
    name: Prose
    url: str
    why: str


def elsewhere(instead: Instead, language: str) -> Elsewhere | None:
    """What the page says; nothing of a service that the public may not read any more. One query; another where it has
    no record in `language`."""
    read = catalogue.service(instead.hit.service, language)
    if read is None:
        return None
    return Elsewhere(
        where=_where(read.thing, instead),
        name=prose(read.thing, "name", read.own_language),
        url=reverse("frontend:service", args=[read.thing.id]),
        why=", ".join(instead.because()),
    )


def _where(service: Service, instead: Instead) -> str:
    hit = instead.hit
    places = [at.location.comune for at in service.locations if hit.place in (None, at.id)]
    comuni = list(dict.fromkeys(comune.name for comune in places if comune))
    if not comuni:
        return ""
    if hit.distance_km is None:
        return _("In %(comune)s") % {"comune": ", ".join(comuni)}
    distance = number_format(hit.distance_km, 1)
    return _("In %(comune)s, %(distance)s km away") % {"comune": ", ".join(comuni), "distance": distance}
