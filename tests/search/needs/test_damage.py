"""A model of needs that is damaged, old or half-written: never asked, said by the health check, and learnt again."""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from search import models
from search.follower import Follower, health
from search.needs import features, store, training
from search.needs.learner import CHECK_SECONDS, LONGEST_WAIT_SECONDS, Learner
from search.needs.store import FILES, SUMS, About, is_damaged, model_in_force
from tests.search.cast import EAT, small_model

DAMAGES = {
    "truncated": lambda content: content[: len(content) // 2],
    "emptied": lambda content: b"",
    "overwritten": lambda content: content[:-1] + bytes([content[-1] ^ 255]),
    "removed": None,
}
HALF_WRITTEN = """
import os, signal, sys
import django; django.setup()
from pathlib import Path
from django.conf import settings
from search.needs import store
from tests.search.cast import small_model
settings.VAR_DIR = Path(sys.argv[1])
save, written = store.np.save, []
def dying(path, array):
    if len(written) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(path)
    save(path, array)
store.np.save = dying
store.put_in_force(small_model(), store.About("digest", "epoch1:2", 1, 1, 1.0))
"""
"""A process that learns, killed while it writes what it has learnt."""


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    """The folder of the model in force."""
    settings.VAR_DIR = tmp_path
    store._in_force = None
    store.put_in_force(small_model(), About("digest", "epoch1:1", 1, 1, 1.0))
    version = store.folder().current()
    assert version is not None
    return version


def damage(file: Path, how: str) -> None:
    content = file.read_bytes()
    file.unlink()
    if change := DAMAGES[how]:
        file.write_bytes(change(content))


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", [*FILES, SUMS])
def test_a_damaged_model_is_not_asked(kept: Path, name: str, how: str) -> None:
    assert not is_damaged()
    damage(kept / name, how)
    assert is_damaged()
    assert model_in_force() is None
    store.put_in_force(small_model(), About("digest", "epoch1:1", 1, 1, 1.0))
    assert not is_damaged()
    assert model_in_force() is not None


def test_a_model_of_other_features_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "VERSION", features.VERSION + 1)
    assert model_in_force() is None
    assert store.about_in_force() is None


def test_a_model_half_written_by_a_killed_process_is_never_read(kept: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(tmp_path)], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
    assert len(folders()) == 2, "it was killed in the middle"
    assert (store.folder().current(), is_damaged()) == (kept, False)
    model = model_in_force()
    assert model
    assert model.guesses("ho fame")[0].need == EAT
    store.put_in_force(small_model(), About("digest", "epoch1:2", 1, 1, 1.0))
    assert folders() == [store.folder().current()]


def folders() -> list[Path]:
    return [path for path in store.folder().path.iterdir() if path.is_dir()]


@dataclass
class Child:
    """A process that learns, when it began, and how it ended; None while it runs."""

    at: float
    status: int | None = None

    def poll(self) -> int | None:
        return self.status


@dataclass
class Clock:
    """A follower's seconds, and the processes begun in them."""

    now: float = 1000.0
    begun: list[Child] = field(default_factory=list)
    ended: int | None = None
    """How a process ends at once; None if it goes on."""

    def begin(self, *_arguments: Any, **_options: Any) -> Child:
        self.begun.append(Child(self.now, self.ended))
        return self.begun[-1]

    def pass_by(self, learner: Learner, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:
            self.now += 1.0
            learner.look()


@pytest.fixture
def clock(db: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """There are phrases, learnt already."""
    found = Clock()
    monkeypatch.setattr("search.needs.learner.subprocess.Popen", found.begin)
    monkeypatch.setattr("search.needs.learner.time.monotonic", lambda: found.now)
    models.Phrase.objects.create(language="it", text="ho fame")
    learn()
    return found


def learn() -> Path:
    """What a process does that comes to its end."""
    store.put_in_force(small_model(), About("digest", training.state(), 1, 1, 1.0))
    version = store.folder().current()
    assert version is not None
    return version


def test_a_damaged_model_is_learnt_again_by_the_follower(clock: Clock) -> None:
    learner, version = Learner(), learn()
    clock.pass_by(learner, CHECK_SECONDS)
    assert (learner.trouble, clock.begun) == ("", [])
    damage(version / "linear_weights.npy", "truncated")
    clock.pass_by(learner, CHECK_SECONDS)
    assert "damaged" in learner.trouble
    assert len(clock.begun) == 1
    learn()
    clock.begun[0].status = 0
    clock.pass_by(learner, CHECK_SECONDS)
    assert (learner.trouble, len(clock.begun)) == ("", 1)


def test_learning_that_fails_is_tried_again_ever_more_seldom(clock: Clock) -> None:
    learner, clock.ended = Learner(), -signal.SIGKILL
    models.LexiconHead.move("phrases")
    clock.pass_by(learner, 5 * LONGEST_WAIT_SECONDS)
    assert learner.trouble == "phrases could not be learnt: it is tried again"
    pauses = [later.at - earlier.at for earlier, later in pairwise(clock.begun)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 10
    assert pauses[-1] >= LONGEST_WAIT_SECONDS
    learn()  # by hand, say
    clock.pass_by(learner, CHECK_SECONDS)
    assert learner.trouble == ""


def test_without_a_model_the_health_check_says_so(clock: Clock, settings: Any, tmp_path: Path) -> None:
    settings.INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "index", None
    shutil.rmtree(store.folder().path)
    follower = Follower()
    while follower.round():
        pass
    clock.pass_by(follower._learner, 1)
    follower.beat(now=True)
    assert "no model of needs yet" in health(timezone.now())[0]
