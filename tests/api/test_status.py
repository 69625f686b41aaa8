"""Up, degraded, down."""

from collections.abc import Callable
from unittest.mock import patch

import pytest

from search.engine import EngineDown
from services_catalog.publication import feed
from tests.api.conftest import Read, World
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


def test_up_with_the_place_of_the_feed_and_the_lag_of_each_index(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    index()
    before = feed.head()
    ServiceFactory(name_it="Dormitorio")
    answer = read("/status")

    lag = feed.head().seq - before.seq
    assert (answer.status, answer.response["Content-Type"]) == (200, "application/json")
    assert answer.json == {
        "status": "up",
        "database": "up",
        "search": "up",
        "position": str(feed.head()),
        "indexes": {reader: {"position": str(before), "lag": lag} for reader in ("public", "operator")},
    }
    assert lag > 0
    assert answer.response["Cache-Control"] == "no-store"


def test_degraded_while_search_rests(read: Callable[..., Read]):
    with patch("api.status.get_engine", side_effect=EngineDown("http://user:hunter2@engine")):
        answer = read("/status")

    assert (answer.status, answer.json["status"], answer.json["search"]) == (200, "degraded", "down")
    assert b"hunter2" not in answer.response.content
