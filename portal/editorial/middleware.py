"""Which territory a request's site is of, and how it looks."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

View = Callable[[HttpRequest], HttpResponse]


def territory_of_site(get_response: View) -> View:
    """Middleware: `request.territory_slug` and `request.site_stylesheet`, asked of the database by who reads them.

    Both are "" where a site shows every territory, or looks like the portal. Wagtail is told the site too: page,
    territory and colour together cost one query.
    """

    def middleware(request: Any) -> HttpResponse:
        site: Any = SimpleLazyObject(lambda: site_of(request))
        request._wagtail_site = site
        request.territory_slug = SimpleLazyObject(lambda: (site and site.territory_slug) or "")
        request.site_stylesheet = SimpleLazyObject(
            lambda: f"{reverse('site_stylesheet')}?{site.band[1:]}" if site and site.band else ""
        )
        return get_response(request)

    return middleware


def site_of(request: Any) -> Any:
    """The request's site as Wagtail chooses it, with its `territory_slug` and `band`; None where there is none."""
    hostname, port = split_domain_port(request._get_raw_host())[0], int(request.get_port())
    found = list(
        Site.objects.filter(Q(hostname=hostname) | Q(is_default_site=True))
        .select_related("root_page")
        .annotate(territory_slug=F("territorysite__territory__slug"), band=F("territorysite__band"))
    )
    named = [site for site in found if site.hostname == hostname]
    exact = [site for site in named if site.port == port or site.is_default_site]
    if exact:
        return min(exact, key=lambda site: site.port != port)
    if len(named) == 1:
        return named[0]
    return next((site for site in found if site.is_default_site), None)
