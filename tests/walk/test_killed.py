"""Follower and publishers killed in the middle of 1,000 publications: index and feed still equal the database."""

import json
import random
import subprocess

import pytest

from tests.walk.processes import Processes, kill, wait_for

PUBLICATIONS = 1000
KILLS = 6

STATE = """
import json
import django; django.setup()
from django.db.models import Max
from services_catalog.models import Change, PublishedRecord, Service, Territory
from services_catalog.publication import compiler, feed, writer
fresh = compiler.COMPILERS["service"](
    list(Service.objects.values_list("pk", flat=True)), dict(Territory.objects.values_list("pk", "languages")))
rows = [found for key, compiled in fresh.items() for found in writer.rows_of(key, compiled).items()]
wanted = {(str(key), audience, language): row.checksum for (key, audience, language), row in rows}
stored = {(str(r.uuid), r.audience, r.language): r.checksum for r in PublishedRecord.objects.filter(kind="service")}
last = {}
for change in Change.objects.filter(kind="service", audience="public"):
    last[str(change.uuid)] = change.checksum
live = {key[0]: checksum for key, checksum in stored.items() if key[1:] == ("public", "all")}
print(json.dumps({
    "head": feed.head().seq,
    "seqs": list(Change.objects.values_list("seq", flat=True)),
    "records_equal": wanted == stored,
    "feed_equal": {key: checksum for key, checksum in last.items() if checksum} == live,
    "published": len(Service.objects.exclude(times_it=None)),
}))
"""


def published(processes: Processes) -> int:
    """How many publications the crowd has said it made."""
    lines = [line for line in processes.log("crowd").splitlines() if line.isdecimal()]
    return int(lines[-1]) if lines else 0


def publish_all_despite_kills(processes: Processes, moments: list[int]) -> None:
    """Run the publications, killing all who run whenever their number passes one of `moments`."""

    def start() -> list[subprocess.Popen[bytes]]:
        return [
            processes.start("crowd", "-m", "tests.walk.crowd", str(PUBLICATIONS)),
            processes.start("follower", "manage.py", "follow"),
            processes.start("web", "-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"),
        ]

    started = start()
    for moment in moments:
        wait_for(f"publication {moment}", lambda: published(processes) >= moment, seconds=120)  # noqa: B023
        for process in reversed(started):
            kill(process)
        started = start()
    assert started[0].wait(300) == 0, processes.log("crowd")[-3000:]
    processes.end()


@pytest.mark.walk
@pytest.mark.xdist_group("walk")
def test_killing_follower_and_web_in_the_middle_loses_nothing(small: Processes) -> None:
    publish_all_despite_kills(small, sorted(random.Random(11).sample(range(60, 940), KILLS)))
    follower = small.start("follower", "manage.py", "follow")
    wait_for("the follower to catch up", lambda: caught_up(small), seconds=120)
    kill(follower)

    state = json.loads(small.run("-c", STATE))
    assert state["published"] == 40
    assert state["seqs"] == list(range(1, state["head"] + 1)), "the feed has a hole"
    assert state["records_equal"], "a record is stale"
    assert state["feed_equal"], "the feed's last word on a service is not what is published"
    assert "the index equals the records" in small.run("manage.py", "verify_index")


def caught_up(processes: Processes) -> bool:
    """Whether the index equals the records."""
    try:
        processes.run("manage.py", "verify_index")
    except AssertionError:
        return False
    return True
