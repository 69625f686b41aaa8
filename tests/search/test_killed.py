"""A writer killed without warning loses nothing that it had acknowledged, and frees the index."""

import subprocess
import sys
from pathlib import Path

from search.engine import SearchQuery, Wanted
from search.engines.embedded import EmbeddedEngine
from services_catalog.publication.feed import Cursor
from tests.search.cast import START, UNTIL, service

KILLS = 3


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
