"""The supervisor of `make run`: what dies is started again, and all end together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.process.supervisor import Child, Supervisor
from portal.settings.environment import BASE_DIR

# Says that it lives by writing its pid, then waits to be ended.
LIVES = "import os, pathlib, signal, sys; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); signal.pause()"
PARENT = """
import sys
from portal.process.supervisor import Child, Supervisor
lives, *files = sys.argv[1:]
children = [Child(str(n), (sys.executable, "-c", lives, file)) for n, file in enumerate(files)]
sys.exit(Supervisor(children).run(lambda: False, lambda: None))
"""


def wait_for(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Until it is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.02)


def pid_in(path: Path, other_than: int = 0) -> int:
    """The process that wrote this file, once it is another than the one given."""
    wait_for(lambda: path.exists() and path.read_text() not in {"", str(other_than)})
    return int(path.read_text())


def lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not yet buried does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.fixture
def running(tmp_path: Path):
    """A supervisor of two children in a process of its own, and the files that name its children."""
    files = [tmp_path / "web", tmp_path / "follower"]
    command = [sys.executable, "-c", PARENT, LIVES, *map(str, files)]
    with subprocess.Popen(command, cwd=BASE_DIR, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, files
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_the_supervisor_and_its_children_with_status_0(running, number: signal.Signals) -> None:
    process, files = running
    children = [pid_in(file) for file in files]
    process.send_signal(number)
    assert process.wait(10) == 0
    assert not any(map(lives, children))


def test_a_child_killed_at_once_is_started_again_and_the_other_left_alone(running) -> None:
    process, files = running
    first, second = map(pid_in, files)
    os.kill(first, signal.SIGKILL)
    assert lives(pid_in(files[0], other_than=first))
    assert pid_in(files[1]) == second
    process.terminate()
    assert "0 was killed by signal 9; starting it again" in process.stderr.read()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_supervisor_killed_at_once_leaves_no_child_behind(running) -> None:
    process, files = running
    children = [pid_in(file) for file in files]
    process.kill()
    wait_for(lambda: not any(map(lives, children)))


def test_a_child_that_keeps_ending_is_started_after_ever_longer_pauses(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("web", (sys.executable, "-c", "raise SystemExit(3)"))
    now = 100.0
    for _ in range(3):
        child.look_after(now)
        assert child.process is not None
        child.process.wait()
        child.look_after(now)
        now += 60
    assert [line.rpartition(" in ")[2] for line in capfd.readouterr().err.splitlines()] == ["0.5 s", "1.0 s", "2.0 s"]


def test_a_child_that_was_well_for_long_is_started_again_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("web", (sys.executable, "-c", "raise SystemExit(3)"), failures=6)
    child.look_after(now=100.0)
    assert child.process is not None
    child.process.wait()
    child.look_after(now=100_000.0)
    assert "starting it again in 0.5 s" in capfd.readouterr().err


def test_a_web_process_that_never_comes_up_ends_all_with_status_1(capfd: pytest.CaptureFixture[str]) -> None:
    failing = Child("web", (sys.executable, "-c", "raise SystemExit(1)"))
    waiting = Child("follower", (sys.executable, "-c", "import signal; signal.pause()"))
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        status = Supervisor([failing, waiting]).run(ready=lambda: False, when_ready=lambda: None, patience=2)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert status == 1
    assert waiting.process is not None
    assert waiting.process.poll() is not None


def test_readiness_is_told_once(tmp_path: Path) -> None:
    child = Child("web", (sys.executable, "-c", LIVES, str(tmp_path / "web")))
    supervisor, told = Supervisor([child]), []

    def when_ready() -> None:
        told.append("ready")
        supervisor.stop.set()

    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        assert supervisor.run(lambda: (tmp_path / "web").exists(), when_ready) == 0
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert told == ["ready"]
