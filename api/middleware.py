"""Errors that come about before a view of the API is reached: a host that isn't ours, a failure on the way."""

from collections.abc import Callable

import orjson
from django.http import HttpRequest, HttpResponse

from api.problem import MEDIA_TYPE, OF_STATUS, Problem, body_of
from api.speech import spoken

Next = Callable[[HttpRequest], HttpResponse]


def problems(get_response: Next) -> Next:
    """Middleware: at the API's addresses errors are problems, whoever made them; elsewhere they stay pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        kind = OF_STATUS.get(response.status_code)
        if kind is None or not is_of_api(request.path) or response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return HttpResponse(
            orjson.dumps(body_of(Problem(kind))),
            status=response.status_code,
            content_type=MEDIA_TYPE,
            headers=kept | {"Cache-Control": "no-store", "Content-Language": spoken()},
        )

    return middleware


def is_of_api(path: str) -> bool:
    """Whether programs ask at this address."""
    return path.startswith("/api/") or path.rstrip("/") in ("/api", "/status")
