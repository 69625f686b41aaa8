"""Processes of search ended in the middle: no other process is left behind, nothing half-done is used."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.walk.processes import Processes, kill, wait_for

pytestmark = [pytest.mark.walk, pytest.mark.xdist_group("walk")]

SLOWLY = """
import time
import django; django.setup()
from django.core.management import call_command
from search import rows
from search.follower import Follower
rows.MANY, rows.SERVICES = 1, 1
meanwhile = Follower._meanwhile
def slowly(follower):
    time.sleep(0.3)
    meanwhile(follower)
Follower._meanwhile = slowly
call_command("follow")
"""
"""A follower that builds an index in several processes, and takes its time."""


def building(small: Processes) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """A follower in the middle of a rebuild, and all its descendants."""
    before = small.log("follower").count("built in") if (small.folder / "follower.log").exists() else 0
    (small.folder / "rebuild.request").touch()
    follower = small.start("follower", "-c", SLOWLY)
    making = psutil.Process(follower.pid)

    def in_the_middle() -> bool:
        assert follower.poll() is None, small.log("follower")[-3000:]
        assert small.log("follower").count("built in") == before, "it came to an end before it could be ended"
        workers = [one for one in making.children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
        return len(workers) == os.cpu_count() and bool(
            len(versions(small)) == 2 or small.environment.get("ELASTICSEARCH_URL")
        )

    wait_for("a rebuild by several processes", in_the_middle)
    return follower, making.children(recursive=True)


def versions(small: Processes) -> list[Path]:
    """Those of the embedded index, half-built ones too; Elasticsearch keeps none here."""
    return [path for path in (small.folder / "index" / "public").glob("v*") if path.is_dir()]


def gone(processes: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


def test_a_follower_told_to_end_in_the_middle_of_a_rebuild_ends_soon_with_all_its_processes(small: Processes) -> None:
    follower, others = building(small)
    follower.terminate()
    told = time.monotonic()
    assert follower.wait(30) == 0, small.log("follower")[-3000:]
    assert time.monotonic() - told < 10, "the supervisor would have killed it"
    wait_for("its processes to be gone", lambda: gone(others), 5)
    assert len(versions(small)) <= 1, "what was half built is gone"
    assert "the index equals the records" in small.run("manage.py", "verify_index")


def test_a_follower_killed_in_the_middle_of_a_rebuild_leaves_no_process_behind(small: Processes) -> None:
    follower, others = building(small)
    os.kill(follower.pid, signal.SIGKILL)
    follower.wait(10)
    wait_for("its processes to notice", lambda: gone(others), 15)
    assert "the index equals the records" in small.run("manage.py", "verify_index")
    small.run("manage.py", "rebuild_index")
    assert len(versions(small)) <= 1, "what was half built is gone"


def test_what_was_being_learnt_by_a_process_that_was_killed_is_learnt_again(small: Processes) -> None:
    shutil.rmtree(small.folder / "needs", ignore_errors=True)
    follower = small.start("learning", "manage.py", "follow")
    try:
        killed: list[int] = []

        def learner() -> list[psutil.Process]:
            children = psutil.Process(follower.pid).children()
            return [one for one in children if "learn_needs" in one.cmdline() and one.pid not in killed]

        wait_for("phrases to be learnt", lambda: bool(learner()))
        killed.append(learner()[0].pid)
        os.kill(killed[0], signal.SIGKILL)
        wait_for("the heartbeat to say so", lambda: "no model of needs yet" in heartbeat(small)["needs"])
        assert "no model of needs yet" in small.checked()
        wait_for("phrases to be learnt again", (small.folder / "needs" / "current").exists)
        wait_for("the heartbeat to be content", lambda: heartbeat(small)["needs"] == "")
        assert follower.poll() is None
    finally:
        kill(follower)


def heartbeat(small: Processes) -> dict[str, Any]:
    """What the follower last said of itself."""
    found: dict[str, Any] = json.loads((small.folder / "follower.json").read_text())
    return found
