"""The public pages: each reads records, puts them in words, and renders. Nothing here touches the editing tables."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.public import catalogue
from frontend.public.cards import card
from frontend.public.catalogue import Reference
from frontend.public.explained import PARAMETER, is_explained
from frontend.public.frame import language_of_page, now_in, reference_of, territory_of
from frontend.public.json_ld import json_ld
from frontend.public.place import place_sheet
from frontend.public.results import results_page
from frontend.public.sheet import sheet
from frontend.public.suggestions import suggestions_said
from search import asked as asked_questions
from search.engine import EngineDown
from search.parameters import InvalidParameters, parse
from search.query import search as find
from search.suggesting import suggest
from services_catalog.choices import Audience
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.document import Location, Service, Territory

RETRY_AFTER_SECONDS = "120"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Services that match; 400 names the wrong parameter, 404 is past the last page, 503 while the engine rests."""
    language, known = language_of_page(), reference_of(request)
    site = territory_of(request, known)
    asked = request.GET.copy()
    if site and "territory" not in asked:
        asked["territory"] = site.slug
    try:
        query = parse(asked, audience=Audience.PUBLIC, language=language, now=timezone.now(), others=(PARAMETER,))
        found = find(query)
    except InvalidParameters as error:
        context = {"errors": error.errors, "query_text": ""}
        return render(request, "frontend/search_refused.html", context, status=400)
    except EngineDown:
        context = {"query_text": query.text}
        answer = render(request, "frontend/search_resting.html", context, status=503)
        answer.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return answer
    asked_questions.record(query, found, within=frozenset({site.slug} if site else ()))
    if query.page > 1 and query.offset >= found.total:
        return _no_such_page(request, query.text)
    page = results_page(request.GET, query, found, known, language, explain=is_explained(request))
    return render(request, "frontend/search.html", {"page": page})


def _no_such_page(request: HttpRequest, words: str) -> HttpResponse:
    context = {
        "heading": _("There are no more results"),
        "words": _("This page is past the last one. Go back, or search with other words."),
        "query_text": words,
    }
    return render(request, "frontend/message.html", context, status=404)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the words typed so far may become, for the script of the search box; no cache keeps what somebody typed."""
    known = reference_of(request)
    site = territory_of(request, known)
    within = {"territory": frozenset({site.slug})} if site else {}
    found = suggest(request.GET.get("q", ""), language_of_page(), Audience.PUBLIC, within)
    return JsonResponse(
        suggestions_said(found, known),
        headers={"Cache-Control": "private, no-store"},
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def service(request: HttpRequest, key: UUID) -> HttpResponse:
    """A service: its answers, then its sheet."""
    read = catalogue.service(key, language_of_page())
    if read is None:
        raise Http404
    return service_page(request, read.thing, own_language=read.own_language)


def service_page(request: HttpRequest, service: Service, *, own_language: bool) -> HttpResponse:
    """The page of a body, published or a draft's. `own_language`: it is in the page's language.

    The parameter `comune` says from which comune (cadastral code) the reader asks: some lines answer by it.
    """
    known = reference_of(request)
    territory = _set_territory(request, known, service.territory)
    shown = sheet(service, own_language, known, now_in(territory), request.GET.get("comune"))
    context = {
        "sheet": shown,
        "topics": [
            {"name": name, "url": f"{reverse('frontend:search')}?need={need}"}
            for need in service.terms.needs
            if (name := known.label(need))
        ],
        "json_ld": json_ld(shown, service, request.build_absolute_uri(request.path)),
    }
    return render(request, "frontend/service.html", context)


@require_safe
def place(request: HttpRequest, key: UUID) -> HttpResponse:
    """A place, and what is given there."""
    language = language_of_page()
    read = catalogue.place(key, language)
    if read is None:
        raise Http404
    here = catalogue.services_at(key, language if read.own_language else DEFAULT_LANGUAGE)
    return place_page(request, read.thing, here, own_language=read.own_language)


def place_page(request: HttpRequest, place: Location, here: Sequence[Service], *, own_language: bool) -> HttpResponse:
    """The page of a body, published or a draft's, with the services given there."""
    known = reference_of(request)
    territory = _set_territory(request, known, place.territory)
    context = {
        "place": place_sheet(place, known, now_in(territory)),
        "cards": [card(service, known, own_language=own_language) for service in here],
    }
    return render(request, "frontend/place.html", context)


def _set_territory(request: HttpRequest, known: Reference, slug: str) -> Territory | None:
    """The frame of a thing's page is of the thing's territory, whatever site it is read on."""
    territory = known.territories.get(slug)
    request.territory = territory  # type: ignore[attr-defined]
    return territory


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Whom to call: the numbers of the territory, and its comuni's social offices."""
    known = reference_of(request)
    site = territory_of(request, known)
    places = [site] if site else list(known.territories.values())
    offices = [
        {"name": comune.name, "number": comune.office.phone}
        for territory in places
        for comune in territory.comuni
        if site or comune.office.phone
    ]
    return render(request, "frontend/numbers.html", {"offices": offices})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use these pages, and whom to tell when somebody cannot."""
    return render(request, "frontend/accessibility.html")
