"""Errors as `application/problem+json` (RFC 9457), in the reader's language, and with nothing of the inside in them."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from api.speech import spoken
from search.engine import EngineDown
from search.parameters import FieldError, InvalidParameters

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5
"""Seconds after which what is down is worth asking again."""
logger = logging.getLogger("portolano.api")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its HTTP status, what it is called, and what to do about it (shown in the documentation)."""

    status: int
    title: str | Promise
    advice: str | Promise


KINDS: Mapping[str, Kind] = {
    "bad-request": Kind(400, _("The request can't be understood"), _("Compare it with the examples on this page.")),
    "invalid-parameter": Kind(
        400, _("A parameter is wrong"), _("`errors` names each wrong parameter and what it may be.")
    ),
    "invalid-id": Kind(400, _("That is not an id"), _("Ids are UUIDs, as lists give them.")),
    "invalid-cursor": Kind(400, _("That is not a cursor"), _("Use the `next` of an earlier answer, unchanged.")),
    "invalid-key": Kind(
        401, _("The key is not valid"), _("It is mistyped or was revoked. Without a key you read what is public.")
    ),
    "forbidden": Kind(403, _("This is not for you"), _("Ask the people who run this installation.")),
    "not-found": Kind(404, _("There is nothing here"), _("Nothing with this id or address was ever published to you.")),
    "past-the-end": Kind(404, _("The list ends before this page"), _("Follow `next` until it is null.")),
    "method-not-allowed": Kind(405, _("Here one can only read"), _("Use GET or HEAD.")),
    "not-acceptable": Kind(406, _("Answers are JSON"), _("Accept application/json.")),
    "gone": Kind(410, _("It is no longer published"), _("Drop the copy that you hold.")),
    "cursor-gone": Kind(
        410,
        _("The cursor is of another life of this database"),
        _("Drop what you hold and read the changes again from the beginning."),
    ),
    "failure": Kind(500, _("Something broke on our side"), _("It is not your fault. Try again in a minute.")),
    "search-resting": Kind(
        503, _("Search is resting"), _("Lists without `q`, `open`, `near` and `order` go on working.")
    ),
    "database-down": Kind(503, _("The database does not answer"), _("Try again shortly.")),
}
OF_STATUS: Mapping[int, str] = {
    400: "bad-request",
    401: "invalid-key",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    500: "failure",
    503: "database-down",
}
"""What an error is called of which nothing but its status is known."""


class Problem(exceptions.APIException):
    """A problem of a kind. `detail` is said to a person; `errors` name parameters."""

    def __init__(self, code: str, detail: str | Promise = "", errors: Iterable[FieldError] = ()) -> None:
        self.problem = code
        self.kind = KINDS[code]
        self.status_code = self.kind.status
        self.errors = tuple(errors)
        super().__init__(str(detail or self.kind.advice))


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler: every error of a view, expected or not, becomes a problem."""
    problem = _problem_of(error)
    if problem.problem == "failure":
        logger.error("%s failed", context["request"].path, exc_info=error)
        got_request_exception.send(sender=handle, request=context["request"]._request)
    headers = {"Cache-Control": "no-store", "Content-Language": spoken(), "Vary": "Accept-Language"}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if problem.status_code == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    return Response(body_of(problem), status=problem.status_code, headers=headers, content_type=MEDIA_TYPE)


def body_of(problem: Problem) -> dict[str, Any]:
    """The members of RFC 9457, and `errors` where parameters are wrong."""
    body: dict[str, Any] = {
        "type": f"{reverse('api:docs')}#{problem.problem}",
        "title": str(problem.kind.title),
        "status": problem.status_code,
        "detail": str(problem.detail),
    }
    if problem.errors:
        body["errors"] = [{"parameter": error.field, "message": error.message} for error in problem.errors]
    return body


def _problem_of(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case InvalidParameters():
            return Problem("invalid-parameter", errors=error.errors)
        case EngineDown():
            return Problem("search-resting")
        case OperationalError() | InterfaceError():
            return Problem("database-down")
        case Http404():
            return Problem("not-found")
        case PermissionDenied():
            return Problem("forbidden")
        case SuspiciousOperation():  # more parameters than a form can have, for one
            return Problem("bad-request")
        case exceptions.APIException() if error.status_code in OF_STATUS:
            return Problem(OF_STATUS[error.status_code])
    return Problem("failure")
