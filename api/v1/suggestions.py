"""What a person may be about to ask, while they type: for search boxes of other pages and operators' tools."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework.request import Request

from api.reader import Reader, reader_of
from api.v1 import parameters as listed
from api.v1.listing import one, shared_query, unknown, within
from api.v1.parameters import Parameter, choice
from api.view import ApiView
from search import parameters as shared
from search.engine import SearchQuery
from search.parameters import InvalidParameters
from search.suggesting import suggest
from services_catalog.languages import DEFAULT_LANGUAGE, LANGUAGES

PARAMETERS: Mapping[str, Parameter] = {
    "q": Parameter(
        gettext_lazy("What a person has typed so far; too little, or too much to be a name, suggests nothing"),
        {"type": "string", "maxLength": shared.MAX_TEXT},
    ),
    "language": Parameter(
        gettext_lazy("Language of the page: of names that begin so, the one in it is given"),
        {"type": "string", "enum": list(LANGUAGES), "default": DEFAULT_LANGUAGE},
    ),
    "territory": listed.PARAMETERS["territory"],
}


class Suggestions(ApiView):
    """Needs, places and services whose names begin so. Three queries; needs and places come while search rests."""

    def get(self, request: Request) -> HttpResponseBase:
        query = _asked(request.query_params, reader_of(request), timezone.now())
        found = suggest(query.text, query.language, query.audience, query.filters)
        return self.answer(request, {"contents": [asdict(one) for one in found]}, {"Content-Language": query.language})


def _asked(parameters: QueryDict, reader: Reader, now: datetime) -> SearchQuery:
    """Raises InvalidParameters with every error found."""
    errors = unknown(parameters, tuple(PARAMETERS))
    given = {name: parameters.getlist(name) for name in PARAMETERS}
    language = one(given, "language", choice(list(LANGUAGES)), DEFAULT_LANGUAGE, errors)
    query = shared_query(given, True, language, reader, now, errors)
    if errors or query is None:
        raise InvalidParameters(tuple(errors))
    return within(query, reader)
