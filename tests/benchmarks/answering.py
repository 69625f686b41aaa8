"""Which process answered: a header of the benchmarks alone, so that a change can be seen in every one of them."""

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "X-Process"


def said(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that adds the number of the process."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response[HEADER] = str(os.getpid())
        return response

    return middleware
