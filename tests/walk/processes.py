"""An installation made of real processes, for tests that start, kill and watch them."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]


def wait_for(what: str, true: Callable[[], bool], seconds: float = 60) -> None:
    """Poll until `true()`, or fail saying what was waited for."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.05)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group without warning."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Processes:
    """Processes of one installation: what they print is kept beside its data."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "VAR_DIR": str(folder),
            "ELASTICSEARCH_PREFIX": f"walk-{uuid.uuid4().hex[:8]}",
            **variables,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A Python process with these arguments, in a group of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """What a Python process printed, run to its end; fails if it fails."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout

    def checked(self) -> str:
        """What the follower's health check says, well or not."""
        check = [sys.executable, "manage.py", "follow", "--check"]
        done = subprocess.run(check, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        return done.stdout + done.stderr

    def log(self, name: str) -> str:
        """What a process has printed so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def end(self) -> None:
        """End what still runs."""
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        for process in self.running:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


@contextmanager
def installation(folder: Path, **variables: str) -> Iterator[Processes]:
    """An installation with a database of its own: PostgreSQL's where DATABASE_URL names one, else SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        processes = Processes(folder, DATABASE_URL="", **variables)
        try:
            yield processes
        finally:
            processes.end()
        return
    name = f"walk_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"create database {name}")
        processes = Processes(folder, DATABASE_URL=urlunsplit(urlsplit(url)._replace(path=f"/{name}")), **variables)
        try:
            yield processes
        finally:
            processes.end()
            server.execute(f"drop database {name} with (force)")
