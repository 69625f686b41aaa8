"""What every address of the API has in common."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.authentication import BaseAuthentication
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import APISettings
from rest_framework.views import APIView

from api import problem
from api.keys.authentication import KeyAuthentication, MemberAuthentication
from api.problem import Problem
from api.reader import EVERYBODY, reader_of

READ_FROM_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Language",
    "X-Robots-Tag": "noindex",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
REVALIDATED = "public, no-cache"
"""Caches keep public answers and ask each time whether they still hold: what was redacted must not live on in one."""
PRIVATE = "private, no-store"


class JSONText(BaseRenderer):
    """JSON; text that is JSON already goes out as it is, unparsed."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, _media_type: str | None = None, _context: Any = None) -> bytes:
        return data if isinstance(data, bytes) else orjson.dumps(data)


class AcceptAlone(DefaultContentNegotiation):
    """Negotiation by the Accept header: no `?format=` among the parameters."""

    settings = APISettings({"URL_FORMAT_OVERRIDE": None})  # type: ignore[arg-type, assignment]  # as DRF reads it


class ApiView(APIView):
    """Reads only, answers JSON or a problem, to pages of any origin."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (KeyAuthentication, MemberAuthentication)
    renderer_classes = (JSONText,)
    content_negotiation_class = AcceptAlone
    parser_classes = ()
    permission_classes = ()
    throttle_classes = ()

    def get_exception_handler(self) -> Any:
        return problem.handle

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """A browser asks whether a page of another origin may send its key: it may."""
        return HttpResponse(status=204, headers=PREFLIGHT | {"Allow": "GET, HEAD, OPTIONS"})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in READ_FROM_ANYWHERE.items():
            response.headers.setdefault(name, value)
        patch_vary_headers(response, ("Authorization", "Cookie"))
        return response

    def answer(self, request: Request, data: object, headers: dict[str, str], etag: str = "") -> HttpResponseBase:
        """`data` with the rules of caches; 304 where the asker holds what `etag` names."""
        if not etag or reader_of(request) != EVERYBODY:
            return Response(data, headers=headers | {"Cache-Control": PRIVATE})
        return self.unchanged(request, etag) or Response(data, headers=headers | kept(etag))

    def unchanged(self, request: Request, etag: str) -> HttpResponseBase | None:
        """304 where the asker is everybody and holds what `etag` names. Compression makes a tag weak, not less true."""
        held = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
        if reader_of(request) != EVERYBODY or held.isdisjoint((etag, "*")):
            return None
        return HttpResponse(status=304, headers=kept(etag))


def kept(etag: str) -> dict[str, str]:
    """Headers of a public answer that caches may keep."""
    return {"Cache-Control": REVALIDATED, "ETag": etag}


class Nothing(ApiView):
    """An address that isn't one: a problem, where Django would answer with a page."""

    authentication_classes = ()

    def get(self, _request: Request) -> HttpResponseBase:
        raise Problem("not-found")
