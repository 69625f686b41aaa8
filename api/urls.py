"""Addresses of the API: without a language before them, with or without a slash at their end."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.gzip import gzip_page

from api.docs import Docs
from api.feed.views import Changes
from api.openapi.view import OpenApi
from api.status import Status
from api.v1.resources import RESOURCES
from api.v1.root import Root
from api.v1.suggestions import Suggestions
from api.v1.views import RecordDetail, RecordList
from api.view import Nothing


def at(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """An address that also answers with a slash at its end: a redirect would lose a key's header, or a client."""
    return re_path(rf"^{address}/?$", gzip_page(view), name=name)


records = [
    pattern
    for path_, resource in RESOURCES.items()
    for pattern in (
        at(f"api/v1/{path_}", RecordList.as_view(resource=resource), path_),
        at(f"api/v1/{path_}/(?P<key>[^/]+)", RecordDetail.as_view(resource=resource), f"{path_}-one"),
    )
]

addresses = [
    at("status", Status.as_view(), "status"),
    at("api", Docs.as_view(), "door"),
    at("api/docs", Docs.as_view(), "docs"),
    at("api/v1", Root.as_view(), "root"),
    at("api/v1/openapi.json", OpenApi.as_view(), "openapi"),
    at("api/v1/changes", Changes.as_view(), "changes"),
    at("api/v1/suggestions", Suggestions.as_view(), "suggestions"),
    *records,
    re_path(r"^api/", Nothing.as_view()),
]

urlpatterns = [path("", include((addresses, "api")))]
