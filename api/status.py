"""Whether the installation can answer: for monitors, health checks and the people who run it."""

import logging
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.view import ApiView
from search.engine import EngineDown, get_engine
from services_catalog.publication import feed
from services_catalog.publication.feed import Cursor

logger = logging.getLogger("portolano.api")


class Status(ApiView):
    """200 while the catalogue can be read; "degraded" where search rests. 503 without the database."""

    authentication_classes = ()

    def get(self, _request: Request) -> HttpResponseBase:
        head = feed.head()
        indexes = {str(reader): _index(str(reader), head) for reader in feed.READERS}
        search = "up" if all(index is not None for index in indexes.values()) else "down"
        return Response(
            {
                "status": "up" if search == "up" else "degraded",
                "database": "up",
                "search": search,
                "position": str(head),
                "indexes": indexes,
            },
            headers={"Cache-Control": "no-store"},
        )


def _index(reader: str, head: Cursor) -> dict[str, Any] | None:
    """An audience's index: its place in the feed and the changes it has yet to read; None where it does not answer."""
    try:
        position = get_engine(reader).state().position
    except EngineDown as error:
        logger.warning("the %s index does not answer: %s", reader, type(error).__name__)
        return None
    return {"position": str(position), "lag": head.seq - position.seq if position.epoch == head.epoch else None}
