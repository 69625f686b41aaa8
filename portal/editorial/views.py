"""What a site serves besides its pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.editorial.middleware import site_of


@require_safe
@cache_control(public=True, max_age=86400)
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The site's own colour. The page's address of it names the colour, so that a new one is fetched at once."""
    site = site_of(request)
    band = site.band if site else ""
    return HttpResponse(f":root {{ --band: {band}; }}\n" if band else "", content_type="text/css")
