"""The front door: what there is, and where the feed stands."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from api.v1.resources import RESOURCES
from api.view import ApiView
from services_catalog.languages import LANGUAGES
from services_catalog.publication import feed

VERSION = "1.0.0"


class Root(ApiView):
    """Addresses of everything else. `position` is the cursor with which a copy taken from now on stays right."""

    authentication_classes = ()

    def get(self, request: Request) -> HttpResponseBase:
        named = {path: f"api:{path}" for path in RESOURCES} | {
            "suggestions": "api:suggestions",
            "changes": "api:changes",
            "openapi": "api:openapi",
            "docs": "api:docs",
            "status": "api:status",
        }
        data = {
            "name": "Portolano",
            "version": VERSION,
            "languages": LANGUAGES,
            "position": str(feed.head()),
            "links": {name: request.build_absolute_uri(reverse(route)) for name, route in named.items()},
        }
        return self.answer(request, data, {})
