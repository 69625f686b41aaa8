"""Previews of drafts, as the public pages would show them."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, override

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication.document import Location, Service
from services_catalog.publication.draft import NamesAProtectedPlace, draft_body


def register() -> None:
    """Tell the models how their drafts look."""
    for model in (models.Service, models.Location, models.Organization):
        model.preview = preview


def preview(draft: Any, request: HttpRequest, language: str) -> HttpResponse:
    """The page of a draft in `language`: the public's; the operators' where the public has none."""
    if draft.territory_id is None:
        return _said(request, gettext("Choose the territory first."))
    with override(language):
        try:
            body = draft_body(draft, Audience.PUBLIC, language) or draft_body(draft, Audience.OPERATOR, language)
        except NamesAProtectedPlace:
            return _said(
                request, gettext("These texts name the address or phone of a protected place: they would be withheld.")
            )
        if body is None:
            return _said(request, gettext("A protected place has no page: nobody sees it."))
        return PAGES[draft.kind](request, orjson.dumps(body))


def _service(request: HttpRequest, body: bytes) -> HttpResponse:
    from frontend.public.views import service_page

    return service_page(request, Service.model_validate_json(body), own_language=True)


def _location(request: HttpRequest, body: bytes) -> HttpResponse:
    from frontend.public.frame import now_in, reference_of
    from frontend.public.place import place_sheet

    place, known = Location.model_validate_json(body), reference_of(request)
    context = {"place": place_sheet(place, known, now_in(known.territories.get(place.territory))), "cards": []}
    return render(request, "frontend/place.html", context)


def _organization(request: HttpRequest, body: bytes) -> HttpResponse:
    return render(request, "editor/organization_preview.html", {"organization": orjson.loads(body)})


def _said(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "editor/preview_said.html", {"words": words})


PAGES = {"service": _service, "location": _location, "organization": _organization}
