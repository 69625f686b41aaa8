"""Which territory a request's site is of, and how it looks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from portal.editorial.models import TerritorySite

View = Callable[[HttpRequest], HttpResponse]


def territory_of_site(get_response: View) -> View:
    """Middleware: `request.territory_slug` and `request.site_stylesheet`, asked of the database by who reads them.

    Both are "" where a site shows every territory, or looks like the portal.
    """

    def middleware(request: Any) -> HttpResponse:
        setting: Any = SimpleLazyObject(lambda: setting_of(request))
        request.territory_slug = SimpleLazyObject(lambda: setting.territory.slug if setting.territory else "")
        request.site_stylesheet = SimpleLazyObject(
            lambda: f"{reverse('site_stylesheet')}?{setting.band[1:]}" if setting.band else ""
        )
        return get_response(request)

    return middleware


def setting_of(request: HttpRequest) -> TerritorySite:
    """The setting of the request's site; an empty one where there is none."""
    site = Site.find_for_request(request)
    found = TerritorySite.objects.filter(site=site).select_related("territory").first() if site else None
    return found or TerritorySite(site=site)
