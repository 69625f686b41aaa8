"""The follower: the one process that writes the indices, one round after another until it is told to stop.

It polls the feed's head twenty times a second (one row), so that a change is searchable well within half a second.
While an engine or the database is down it waits, longer each time, and catches up by itself; what it needs is in the
feed.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import db
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from search import asked
from search.engine import EngineDown, IndexUnusable
from search.indexing import Indexer
from search.needs.learner import Learner
from services_catalog.publication import feed
from services_catalog.publication.compiler import compile_stale
from services_catalog.publication.feed import READERS, Cursor
from services_catalog.publication.turning import queue_turned

POLL_SECONDS = 0.05
CHECK_SECONDS = 60.0
HEARTBEAT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
STALE_SECONDS = 20.0
"""A heartbeat older than this is of a follower that hangs or is gone."""

logger = logging.getLogger("portolano.search")


class LockBusy(Exception):  # noqa: N818  (a state of the world, not a mistake of the caller)
    """Another follower runs on this VAR_DIR."""


class Stopped(Exception):  # noqa: N818  (a state of the world, not a mistake of the caller)
    """The process was told to end, in the middle of building an index: the one in use stays."""


@contextmanager
def only_follower() -> Iterator[None]:
    """Hold the lock that makes this process the one follower; the system frees it however the process ends."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "follower.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockBusy("another follower is already running here") from None
        yield


def heartbeat_path() -> Path:
    """Where the follower says that it lives."""
    return Path(settings.VAR_DIR) / "follower.json"


def rebuild_request_path() -> Path:
    """A file here asks the running follower for a rebuild; it is removed when that is done."""
    return Path(settings.VAR_DIR) / "rebuild.request"


@dataclass
class Followed:
    """One index and how it fares."""

    indexer: Indexer
    trouble: str = ""
    waits: float = 0.0
    retry_at: float = 0.0
    checked_at: float = float("-inf")

    def report(self, head: Cursor | None) -> dict[str, Any]:
        """For the heartbeat: position, how many changes it lags behind, and what is wrong."""
        position = self.indexer.position
        lag = head.seq - position.seq if head and position else None
        return {"position": str(position) if position else None, "lag": lag, "trouble": self.trouble}


@dataclass
class Follower:
    """Runs the rounds. `wait` sleeps for some seconds, or less where the process is told to stop."""

    wait: Callable[[float], object] = time.sleep
    followed: list[Followed] = field(init=False)
    head: Cursor | None = field(default=None, init=False)
    _beat_at: float = field(default=float("-inf"), init=False)
    _due_at: float = field(default=float("-inf"), init=False)
    _today: date | None = field(default=None, init=False)
    _learner: Learner = field(default_factory=Learner, init=False)
    _stopped: Callable[[], bool] = field(default_factory=lambda: lambda: False, init=False)
    _unheard: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.followed = [Followed(Indexer(audience, alive=self.beat)) for audience in READERS]

    def run(self, stopped: Callable[[], bool]) -> None:
        """Rounds until `stopped`."""
        self._stopped = stopped
        try:
            self._rounds()
        except Stopped:
            logger.info("told to stop: the index that was being built is given up")
        finally:
            self._learner.stop()

    def _rounds(self) -> None:
        database_waits = 0.0
        while not self._stopped():
            try:
                busy = self.round()
                self._learner.look()
                database_waits = 0.0
            except db.Error as error:
                database_waits = _longer(database_waits)
                logger.warning("the database does not answer (%s)", type(error).__name__)
                db.connection.close()
                self.wait(database_waits)
                continue
            self.beat()
            if not busy:
                self.wait(POLL_SECONDS)

    def round(self) -> bool:
        """Bring every index that answers a batch further; answers whether there was anything to do."""
        db.close_old_connections()
        self._turn_the_day()
        busy = compile_stale() > 0
        self._publish_what_is_due()
        self.head = feed.head()
        asked = rebuild_request_path().exists()
        for followed in self.followed:
            if time.monotonic() >= followed.retry_at:
                busy = self._bring_on(followed, asked=asked) or busy
        if asked and not any(followed.trouble for followed in self.followed):
            rebuild_request_path().unlink(missing_ok=True)
        return busy

    def _turn_the_day(self) -> None:
        """With every day, and at the start, services begin and end: they are compiled again, for what they are now; and
        questions that nobody asks any more are forgotten."""
        today = timezone.localdate()
        if today != self._today:
            queue_turned(today)
            asked.forget(timezone.now())
            self._today = today

    def _publish_what_is_due(self) -> None:
        """Go-live and expiry dates are kept here: an installation has no other clock."""
        if _since(self._due_at) >= CHECK_SECONDS:
            self._due_at = time.monotonic()
            call_command("publish_scheduled", verbosity=0)

    def _bring_on(self, followed: Followed, *, asked: bool) -> bool:
        try:
            done = self._rebuild_or_catch_up(followed, asked=asked)
        except EngineDown as down:
            followed.waits = _longer(followed.waits)
            followed.retry_at = time.monotonic() + followed.waits
            if followed.trouble != str(down):
                # Its words alone: who keeps the error of a log's record keeps the writer too, and so the index's lock.
                logger.warning("the %s index waits: %s", followed.indexer.audience, str(down))
            followed.trouble = str(down)
            return False
        if followed.waits:
            logger.info("the %s index is followed again", followed.indexer.audience)
        followed.trouble, followed.waits = "", 0.0
        return done

    def _rebuild_or_catch_up(self, followed: Followed, *, asked: bool) -> bool:
        indexer, head = followed.indexer, self.head
        assert head is not None  # noqa: S101  (read at the start of the round)
        moved = indexer.position is not None and indexer.position.epoch != head.epoch
        if asked or moved or time.monotonic() - followed.checked_at > CHECK_SECONDS:
            reason = "it was asked for" if asked else indexer.reason_to_rebuild(head, timezone.now())
            followed.checked_at = time.monotonic()
            if reason:
                self._rebuild(followed, reason)
                return True  # the head has moved on since
        try:
            return indexer.catch_up(head) > 0
        except IndexUnusable as unusable:
            indexer.position = None
            self._rebuild(followed, str(unusable))
            return True

    def _rebuild(self, followed: Followed, reason: str) -> None:
        indexer = followed.indexer
        if indexer.position is None:  # there is none that serves meanwhile
            followed.trouble = reason
            self.beat(now=True)
        logger.info("building the %s index: %s", indexer.audience, reason)
        started = time.monotonic()
        rows = indexer.rebuild(self._meanwhile)
        logger.info("the %s index has %d rows, built in %.1f s", indexer.audience, rows, _since(started))

    def _meanwhile(self) -> None:
        """While one index is rebuilt all in use are followed: a door closed tonight must not look open till the end."""
        if self._stopped():
            raise Stopped
        self.beat()
        self.head = feed.head()
        for followed in self.followed:
            try:
                if followed.indexer.position and not followed.trouble:
                    followed.indexer.catch_up(self.head)
            except EngineDown as down:
                followed.trouble = str(down)

    def beat(self, *, now: bool = False) -> None:
        """Say, once a second unless `now`, that the follower lives and where it stands."""
        if not now and _since(self._beat_at) < HEARTBEAT_SECONDS:
            return
        self._beat_at = time.monotonic()
        found = {
            "at": timezone.now().isoformat(),
            "pid": os.getpid(),
            "engine": "elasticsearch" if settings.ELASTICSEARCH_URL else "embedded",
            "head": str(self.head) if self.head else None,
            "indices": {str(one.indexer.audience): one.report(self.head) for one in self.followed},
            "needs": self._learner.trouble,
        }
        fresh = heartbeat_path().with_suffix(".fresh")
        try:
            fresh.write_text(json.dumps(found))
            fresh.replace(heartbeat_path())
            self._unheard = False
        except OSError as error:
            # A full disk must not end who brings on the index of another machine, or waits for room.
            if not self._unheard:
                logger.warning("the heartbeat cannot be written (%s)", type(error).__name__)
            self._unheard = True


def health(now: datetime) -> list[str]:
    """What is wrong with the follower, by its last heartbeat: nothing if it follows. One line each."""
    try:
        found = json.loads(heartbeat_path().read_text())
    except (OSError, ValueError):
        return ["the follower has not run here yet"]
    age = (now - datetime.fromisoformat(found["at"])).total_seconds()
    if age > STALE_SECONDS:
        return [f"the follower was last heard of {age:.0f} seconds ago"]
    troubles = [f"the {name} index: {index['trouble']}" for name, index in found["indices"].items() if index["trouble"]]
    return troubles + [trouble for trouble in [found.get("needs")] if trouble]


def _longer(waited: float) -> float:
    return min(LONGEST_WAIT_SECONDS, max(0.5, waited * 2))


def _since(started: float) -> float:
    return time.monotonic() - started
