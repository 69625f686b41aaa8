"""The feed of changes, by cursor: how another system keeps a copy that is right."""

from collections.abc import Iterable
from uuid import UUID

from django.http import QueryDict
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from api.problem import Problem
from api.reader import Reader, reader_of
from api.v1 import parameters
from api.v1.listing import one, unknown
from api.view import ApiView
from search.parameters import FieldError, InvalidParameters
from services_catalog.choices import Audience
from services_catalog.publication import feed
from services_catalog.publication.facets import EVERYWHERE
from services_catalog.publication.feed import Action, Change, Cursor
from services_catalog.publication.records import RecordFacet

NAMES = ("after", "limit")


class Changes(ApiView):
    """The changes after a cursor, oldest first. Two queries."""

    def get(self, request: Request) -> HttpResponseBase:
        after, limit = _asked(request.query_params)
        reader = reader_of(request)
        if after is None:
            after = Cursor(feed.head().epoch, 0)
        else:
            try:
                feed.checked(after)
            except feed.CursorGoneError:
                raise Problem("cursor-gone") from None
        changes = feed.changes_after(reader.audience, after.seq, limit)
        data = {
            "contents": [_said(change) for change in _within(changes, reader)],
            "next": str(Cursor(after.epoch, changes[-1].seq if changes else after.seq)),
            "more": len(changes) == limit,
        }
        return self.answer(request, data, {})


def _asked(query: QueryDict) -> tuple[Cursor | None, int]:
    errors: list[FieldError] = unknown(query, NAMES)
    given = {name: query.getlist(name) for name in NAMES}
    text = one(given, "after", str, "", errors)
    most = parameters.MOST_CHANGES
    limit = one(given, "limit", parameters.whole(most), most, errors)
    if errors:
        raise InvalidParameters(tuple(errors))
    try:
        return (Cursor.parse(text) if text else None), limit
    except ValueError:
        raise Problem("invalid-cursor") from None


def _within(changes: list[Change], reader: Reader) -> Iterable[Change]:
    """Without what other territories tell their operators; that something is to be dropped harms nobody to know."""
    if reader.territories is None:
        return changes
    keys = {change.uuid for change in changes if change.audience == Audience.OPERATOR}
    own: set[UUID] = set(
        RecordFacet.objects.filter(
            reader=reader.audience,
            kind__in={change.kind for change in changes},  # with it, an index is walked no farther than it must
            facet="territory",
            value__in={*reader.territories, EVERYWHERE},
            uuid__in=keys,
        ).values_list("uuid", flat=True)
    )
    dropped = (Action.UNPUBLISHED, Action.REDACTED)
    return (
        change
        for change in changes
        if change.audience == Audience.PUBLIC or change.uuid in own or change.action in dropped
    )


def _said(change: Change) -> dict[str, object]:
    return {
        "seq": change.seq,
        "kind": change.kind,
        "id": change.uuid,
        "audience": change.audience,
        "action": change.action,
        "checksum": change.checksum,
        "at": change.at,
    }
