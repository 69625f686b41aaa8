"""A database that is away or locked, as its visitors meet it: a page that says so, and to try again."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

logger = logging.getLogger("portolano.database")

RETRY_SECONDS = 30


class DatabaseAway(MiddlewareMixin):
    """Middleware: 503 with Retry-After, not 500. It passes by itself, and monitors and search engines know that."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An answer, if it is the database that failed."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        # The kind alone: a database's words may quote what somebody was writing.
        logger.error("the database does not answer (%s)", type(exception).__name__)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
