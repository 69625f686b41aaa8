"""Which territory a request's site is of."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from portal.editorial.models import TerritorySite

View = Callable[[HttpRequest], HttpResponse]


def territory_of_site(get_response: View) -> View:
    """Middleware: `request.territory_slug`, asked of the database by who reads it; "" where a site shows all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.territory_slug = SimpleLazyObject(lambda: _slug(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _slug(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    if site is None:
        return ""
    setting = TerritorySite.objects.filter(site=site).select_related("territory").first()
    return setting.territory.slug if setting and setting.territory else ""
