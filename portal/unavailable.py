"""A database that is away or locked, as its visitors meet it: a page that says so, and to try again."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

RETRY_SECONDS = 30
AWAY = (OperationalError, InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django answers to a mistake that nobody caught: 500, but 503 with Retry-After if it is the database's.

    It passes by itself, and monitors and search engines know that. A middleware would not do: Django turns what the
    middlewares inside it raise (who is signed in, is there a redirect) into this answer before it reaches another.
    """
    if not isinstance(sys.exception(), AWAY):
        return defaults.server_error(request)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class WithoutItsWords(logging.Filter):
    """Names the kind of a database's failure alone: its words may quote what somebody was writing."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if isinstance(error, AWAY):
            record.msg, record.args = f"the database does not answer ({type(error).__name__})", None
            record.exc_info = record.exc_text = None
        return True
