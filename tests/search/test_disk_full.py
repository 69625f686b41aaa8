"""A disk without room: what is in use goes on serving, nothing half-written stays, and with room all is caught up."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from search.engine import EngineDown, IndexUnusable, SearchEngine, SearchQuery, Wanted
from search.engines import elasticsearch
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.follower import Follower, health, heartbeat_path
from search.needs import store
from search.needs.store import About
from services_catalog.publication import feed
from tests.factories import ServiceFactory
from tests.search.cast import EAT, START, UNTIL, service, small_model
from tests.search.conftest import kept_versions
from tests.search.faults import full_disk

BATCH = [*service(1, "Mensa"), *service(2, "Emporio")]


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "public")
    engine.rebuild(service(1, "Mensa"), START, UNTIL)
    return engine


def total(engine: SearchEngine) -> int:
    return engine.find(SearchQuery(), Wanted()).total


def test_changes_that_found_no_room_come_again(embedded: EmbeddedEngine) -> None:
    for _time in range(2):
        with full_disk(), pytest.raises(EngineDown) as down:
            embedded.apply([], BATCH, replace(START, seq=1))
        assert not isinstance(down.value, IndexUnusable)
        del down  # an error keeps the writer, and with it the index's lock
        assert (embedded.state().position, total(embedded)) == (START, 1)
    embedded.apply([], BATCH, replace(START, seq=1))
    embedded.check()
    assert (embedded.state().position.seq, total(embedded)) == (1, 2)


def test_a_rebuild_that_found_no_room_leaves_nothing_behind(embedded: EmbeddedEngine) -> None:
    before = kept_versions(embedded)
    with full_disk(), pytest.raises(EngineDown):
        embedded.rebuild(BATCH, START, UNTIL)
    assert (kept_versions(embedded), total(embedded)) == (before, 1)
    embedded.rebuild(BATCH, START, UNTIL)
    assert (len(kept_versions(embedded)), total(embedded)) == (1, 2)


def test_a_model_that_found_no_room_leaves_the_one_before(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    about = About("digest", "epoch1:1", 1, 1, 1.0)
    store.put_in_force(small_model(), about)
    with full_disk(), pytest.raises(OSError, match="large"):
        store.put_in_force(small_model(), replace(about, state="epoch1:2"))
    assert store.about_in_force() == about
    assert len([path for path in store.folder().path.iterdir() if path.is_dir()]) == 1
    model = store.model_in_force()
    assert model
    assert model.guesses("ho fame")[0].need == EAT


@pytest.mark.django_db
def test_a_follower_without_room_waits_and_catches_up(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path, tmp_path / "index", None
    follower = Follower(wait=lambda _seconds: None)
    while follower.round():
        pass
    follower.beat(now=True)
    before = heartbeat_path().read_text()
    ServiceFactory()
    with full_disk():
        follower.round()
        follower.beat(now=True)
    assert "cannot be written" in follower.followed[0].trouble
    assert heartbeat_path().read_text() == before, "an old heartbeat is how the health check finds out"
    follower.beat(now=True)
    assert "cannot be written" in health(timezone.now())[0]
    for followed in follower.followed:
        followed.retry_at = 0
    while follower.round():
        pass
    follower.beat(now=True)
    assert health(timezone.now()) == []
    assert json.loads(heartbeat_path().read_text())["indices"]["public"]["position"] == str(feed.head())


@pytest.mark.engine
@pytest.mark.parametrize("engine", ["elasticsearch"], indirect=True)
def test_an_elasticsearch_without_room_keeps_what_it_has(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elasticsearch, "BULK_TRIES", 0)
    engine.apply([], service(1, "Mensa"), START)
    indices = engine.writer.indices
    # What the server itself does to an index when its disk is nearly full, and undoes when it is not.
    indices.put_settings(index=engine.alias, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(EngineDown):
        engine.apply([], BATCH, replace(START, seq=1))
    assert (engine.state().position, total(engine)) == (START, 1)
    indices.put_settings(index=engine.alias, settings={"index.blocks.read_only_allow_delete": None})
    engine.apply([], BATCH, replace(START, seq=1))
    assert (engine.state().position.seq, total(engine)) == (1, 2)
