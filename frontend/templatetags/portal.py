"""Tags of the public pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from frontend.public.days import long_date
from frontend.public.frame import Frame, frame, reference_of
from frontend.public.live import LiveList, live_list
from frontend.public.pictograms import PICTOGRAMS
from services_catalog.texts import text_of

register = template.Library()


@dataclass(frozen=True)
class Tile:
    """A need, as a tile to press."""

    name: str
    pictogram: str
    url: str


@register.simple_tag(name="frame", takes_context=True)
def frame_of_page(context: Mapping[str, Any]) -> Frame:
    """What stands around the page; worked out once a request."""
    request: HttpRequest = context["request"]
    if not hasattr(request, "portal_frame"):
        request.portal_frame = frame(request)  # type: ignore[attr-defined]
    return request.portal_frame  # type: ignore[attr-defined, no-any-return]


@register.simple_tag(takes_context=True)
def needs(context: Mapping[str, Any]) -> list[Tile]:
    """The top needs, as tiles that lead to their services."""
    top = [term for term in reference_of(context["request"]).taxonomy("need") if term.parent is None]
    search = reverse("frontend:search")
    return [Tile(text_of(term.name), term.pictogram, f"{search}?{urlencode({'need': str(term.id)})}") for term in top]


@register.simple_tag(takes_context=True)
def live_services(context: Mapping[str, Any], block: Mapping[str, Any]) -> LiveList:
    """The services that a block of a page asks for now; `block` has the names of `live.live_list`'s parameters."""
    return live_list(context["request"], block)


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """A drawing of the sprite, for the eye alone: words stand beside it. An unknown name is the lifebuoy."""
    known = name if name in PICTOGRAMS else "help"
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="#p-{}"></use></svg>', known)


@register.simple_tag
def status_mark(state: str) -> SafeString:
    """The shape of open, closed, unknown or stopped."""
    return format_html(
        '<svg class="status-mark" aria-hidden="true" focusable="false"><use href="#p-{}"></use></svg>', state
    )


@register.filter
def host(address: str) -> str:
    """The host of a web address: what of it a person can read aloud."""
    return urlsplit(address).netloc.removeprefix("www.") or address


register.filter("long_date", long_date)


@register.filter
def tel(number: str) -> str:
    """The `tel:` link of a number as people write it."""
    return "tel:" + re.sub(r"[^0-9+*#]", "", number)
