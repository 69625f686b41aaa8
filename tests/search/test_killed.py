"""A writer killed without warning loses nothing that it had acknowledged, does nothing twice, and frees the index."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from search.engine import SearchEngine, SearchQuery, Wanted
from search.engines.embedded import EmbeddedEngine
from services_catalog.publication.feed import Cursor
from tests.search.cast import START, UNTIL, service
from tests.search.conftest import elasticsearch_url, kept_versions

KILLS = 3
BATCH = [*service(1, "Mensa di sera"), *service(2, "Emporio")]


def test_kill_9_between_and_within_batches(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([], START, UNTIL)
    for kill in range(1, KILLS + 1):
        acknowledged = write_then_die(tmp_path, after=kill)
        reached = engine.state().position.seq
        assert reached >= acknowledged
        assert engine.find(SearchQuery(), Wanted()).total == reached
        assert set(engine.checksums()) == {row.service for number in range(1, reached + 1) for row in service(number)}
    engine.apply([], service(1, "Mensa"), Cursor("epoch1", reached + 1))


def write_then_die(folder: Path, after: int) -> int:
    """The last batch acknowledged by a writer that is killed once it has acknowledged some."""
    command = [sys.executable, "-m", "tests.search.killed_writer", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline() for _number in range(after)]
        writer.kill()
        lines += writer.stdout.readlines()
    return int([line for line in lines if line.endswith("\n")][-1])


@pytest.mark.parametrize("moment", ["before the commit", "before the position", "after the commit"])
def test_a_batch_killed_before_it_was_acknowledged_is_done_once(engine: SearchEngine, moment: str) -> None:
    engine.rebuild(service(1, "Mensa"), START, UNTIL)
    killed(engine, moment)
    reached = engine.state().position
    assert reached.seq in (0, 1)
    assert reached.seq == 0 or names(engine) == 2, "what is acknowledged is there"
    engine.apply([], BATCH, replace(START, seq=1))
    assert (engine.state().position.seq, engine.state().rows, names(engine)) == (1, 2, 2)
    assert engine.checksums() == {row.service: row.checksum for row in BATCH}


def test_a_rebuild_killed_before_it_was_swapped_leaves_the_index_in_use(engine: SearchEngine) -> None:
    engine.rebuild(service(1, "Mensa"), START, UNTIL)
    killed(engine, "before the swap")
    assert (engine.state().position, names(engine), len(kept_versions(engine))) == (START, 1, 2)
    engine.rebuild(BATCH, replace(START, seq=1), UNTIL)
    assert (names(engine), len(kept_versions(engine))) == (2, 1)


def names(engine: SearchEngine) -> int:
    return engine.find(SearchQuery(), Wanted()).total


def killed(engine: SearchEngine, moment: str) -> None:
    """Has a process write BATCH and die at that moment."""
    if isinstance(engine, EmbeddedEngine):
        where = ["embedded", str(engine.folder.path), ""]
    else:
        where = ["elasticsearch", elasticsearch_url(), engine.family.removesuffix("-public")]  # type: ignore[attr-defined]
    done = subprocess.run([sys.executable, "-m", "tests.search.killed_at", moment, *where], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
