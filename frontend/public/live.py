"""A live list of services inside an editorial page: a search made when the page is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from frontend.public.cards import Card
from frontend.public.frame import language_of_page, reference_of, territory_of
from frontend.public.results import cards
from search.engine import EngineDown
from search.facets import FACETS
from search.parameters import InvalidParameters, parse
from search.query import search
from services_catalog.choices import Audience

MOST = 12


@dataclass(frozen=True)
class LiveList:
    """Cards, the address of the whole list, and whether search is resting."""

    cards: tuple[Card, ...]
    url: str
    resting: bool = False


def live_list(request: HttpRequest, block: Mapping[str, Any]) -> LiveList:
    """What a block asks for now.

    `block`: any of search's facets with a value, or a list of them, as search takes it; `q`; `order`; `open_now`;
    `limit`. One that asks for nothing searchable shows nothing: an editor's slip does not take the page away.
    """
    known, asked = reference_of(request), _asked(block)
    url = f"{reverse('frontend:search')}?{asked.urlencode()}"
    site = territory_of(request, known)
    if site and "territory" not in asked:
        asked["territory"] = site.slug
    language = language_of_page()
    size = min(int(block.get("limit") or 6), MOST)
    try:
        query = parse(asked, audience=Audience.PUBLIC, language=language, now=timezone.now(), page_size=size)
        return LiveList(tuple(cards(query, search(query), known, language)), url)
    except EngineDown:
        return LiveList((), url, resting=True)
    except InvalidParameters:
        return LiveList((), reverse("frontend:search"))


def _asked(block: Mapping[str, Any]) -> QueryDict:
    asked = QueryDict(mutable=True)
    for name in ("q", "order", *FACETS):
        given = block.get(name) or ()
        values = given if isinstance(given, list | tuple) else [given]
        if values:
            asked.setlist(name, [str(value) for value in values])
    if block.get("open_now"):
        asked["open"] = "now"
    return asked
