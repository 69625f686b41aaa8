"""The follower: one at a time, alive or not, patient with what is down."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from search import follower as following
from search.engine import EngineDown, SearchQuery, get_engine
from search.follower import Follower, LockBusy, health, heartbeat_path, only_follower, rebuild_request_path
from search.query import search
from services_catalog.choices import Audience
from services_catalog.publication import feed
from tests.factories import ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded")]


@pytest.fixture
def embedded(settings: Any, tmp_path: Any) -> None:
    """An installation of its own with the embedded engine."""
    settings.VAR_DIR, settings.INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path, tmp_path / "index", None


def command(name: str, *arguments: str) -> str:
    said = StringIO()
    call_command(name, *arguments, stdout=said)
    return said.getvalue()


def total(audience: str = Audience.PUBLIC) -> int:
    return search(SearchQuery(audience=Audience(audience))).total


def test_following_once_builds_then_brings_on_every_index():
    ServiceFactory(audience=Audience.OPERATOR)
    command("follow", "--once")
    assert (total(), total(Audience.OPERATOR)) == (0, 1)
    ServiceFactory()
    command("follow", "--once")
    assert (total(), total(Audience.OPERATOR)) == (1, 2)


def test_a_second_follower_is_refused():
    with only_follower(), pytest.raises(CommandError, match="LockBusy") as refused:
        command("follow", "--once")
    assert refused.value.returncode == 3


def test_the_lock_is_free_again_after_any_end():
    with pytest.raises(ZeroDivisionError), only_follower():
        raise ZeroDivisionError
    with only_follower():
        pass


def test_the_lock_holds_between_processes(settings):
    hold = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print('held', flush=True); input()"
    path = str(settings.VAR_DIR / "follower.lock")
    with subprocess.Popen(
        [sys.executable, "-c", hold, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockBusy), only_follower():
            pass
        other.kill()
    with only_follower():
        pass


def test_a_round_without_news_has_nothing_to_do():
    follower = Follower()
    while follower.round():
        pass
    assert follower.round() is False


def test_the_heartbeat_says_where_each_index_stands():
    ServiceFactory()
    command("follow", "--once")
    beat = json.loads(heartbeat_path().read_text())
    assert beat["head"] == str(feed.head())
    assert beat["pid"] == os.getpid()
    assert beat["indices"]["public"] == {"position": str(feed.head()), "lag": 0, "trouble": ""}
    assert command("follow", "--check") == "the follower follows\n"


def test_a_silent_follower_is_not_well():
    assert health(timezone.now()) == ["the follower has not run here yet"]
    command("follow", "--once")
    assert health(timezone.now()) == []
    assert "last heard of" in health(timezone.now() + timedelta(minutes=1))[0]
    heartbeat_path().write_text("{")
    with pytest.raises(CommandError):
        command("follow", "--check")


def test_while_an_engine_is_down_the_follower_waits_longer_then_catches_up(monkeypatch):
    follower = Follower()
    while follower.round():
        pass
    ServiceFactory()
    down = get_engine(Audience.PUBLIC)

    def apply(*_arguments: Any) -> None:
        raise EngineDown("the engine is away")

    with monkeypatch.context() as away:
        away.setattr(down, "apply", apply)
        follower.round()
        public = follower.followed[0]
        assert (public.trouble, public.waits) == ("the engine is away", 0.5)
        assert total(Audience.OPERATOR) == 1
        public.retry_at = 0
        follower.round()
        assert public.waits == 1.0
    public.retry_at = 0
    while follower.round():
        pass
    assert (public.trouble, public.waits, total()) == ("", 0.0, 1)


def test_services_end_with_their_last_day():
    ServiceFactory(valid_until="2026-11-23")
    active = SearchQuery(filters={"status": frozenset({"active"})})
    follower = Follower()
    with time_machine.travel("2026-11-23T22:59:00Z", tick=False):
        while follower.round():
            pass
        assert search(active).total == 1
    with time_machine.travel("2026-11-23T23:00:00Z", tick=False):
        while follower.round():
            pass
        assert search(active).total == 0


def test_trouble_is_in_the_health_check():
    follower = Follower()
    follower.followed[0].trouble = "the engine is away"
    follower.beat(now=True)
    assert health(timezone.now()) == ["the public index: the engine is away"]


def test_hidden_words_leave_the_files_at_the_next_check():
    hidden = ServiceFactory()
    follower = Follower()
    while follower.round():
        pass
    hidden.audience = Audience.OPERATOR
    hidden.save()
    while follower.round():
        pass
    for followed in follower.followed:
        assert followed.indexer.engine.state().built < feed.head().seq
        followed.checked_at = float("-inf")  # a minute later
    while follower.round():
        pass
    for followed in follower.followed:
        assert followed.indexer.engine.state().built == feed.head().seq


def test_an_index_damaged_while_following_is_rebuilt(settings):
    ServiceFactory()
    follower = Follower()
    while follower.round():
        pass
    current = settings.INDEX_DIR / "public" / "current"
    current.write_text("nonsense")
    ServiceFactory()
    while follower.round():
        pass
    assert total() == 2


def test_a_database_that_is_away_is_waited_for(monkeypatch):
    follower = Follower()
    waited: list[float] = []
    rounds = iter([OperationalError, OperationalError, None, None])

    def round_() -> bool:
        if error := next(rounds):
            raise error("the database is away")
        return False

    monkeypatch.setattr(follower, "round", round_)
    monkeypatch.setattr(connection, "close", lambda: None)
    follower.wait = waited.append
    follower.run(lambda: len(waited) == 4)
    assert waited == [0.5, 1.0, following.POLL_SECONDS, following.POLL_SECONDS]


def test_a_running_follower_rebuilds_on_request():
    ServiceFactory()
    follower = Follower()
    while follower.round():
        pass
    get_engine(Audience.PUBLIC).apply([], [], feed.head())
    before = (get_engine(Audience.PUBLIC).state(), total())
    rebuild_request_path().touch()
    follower.round()
    assert not rebuild_request_path().exists()
    assert (get_engine(Audience.PUBLIC).state(), total()) == before


def test_changes_are_followed_while_the_index_is_rebuilt(monkeypatch):
    ServiceFactory(), ServiceFactory()
    follower = Follower()
    while follower.round():
        pass
    monkeypatch.setattr("search.indexing.SERVICES", 1)
    seen: list[int] = []
    meanwhile = follower._meanwhile

    def publish() -> None:
        ServiceFactory()
        meanwhile()
        seen.append(total())
        if len(seen) == 2:
            monkeypatch.setattr("search.indexing.SERVICES", 100)

    monkeypatch.setattr(follower, "_meanwhile", publish)
    rebuild_request_path().touch()
    while follower.round():
        pass
    assert seen[:2] == [3, 4]
    assert total() == 2 + len(seen)
    assert "equals" in command("verify_index")


def test_the_index_is_rebuilt_by_hand_and_verified():
    with pytest.raises(CommandError, match="no index"):
        command("verify_index")
    canteen = ServiceFactory()
    assert "public: 1 rows" in command("rebuild_index")
    assert "the index equals the records" in command("verify_index")
    get_engine(Audience.PUBLIC).apply([canteen.pk], [], feed.head())
    said = StringIO()
    with pytest.raises(CommandError, match="differs"):
        call_command("verify_index", stdout=said)
    assert f"missing: {canteen.pk}" in said.getvalue()
