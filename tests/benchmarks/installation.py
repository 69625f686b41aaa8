"""An installation of its own for the benchmarks: its folder, its data, its processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.benchmarks.load import Connection
from tests.benchmarks.report import ROOT


class Installation:
    """Processes that share a folder, a database and an engine."""

    def __init__(self, folder: Path, elasticsearch_url: str = "") -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "ELASTICSEARCH_URL": elasticsearch_url,
            "ELASTICSEARCH_PREFIX": "portolano-bench",
            "DATABASE_URL": "",
            "WEB_CONCURRENCY": "2",
        }

    def manage(self, *arguments: str) -> float:
        """Run a command of manage.py to its end; returns its seconds."""
        began = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)
        return time.perf_counter() - began

    @contextmanager
    def web(self) -> Iterator[tuple[int, psutil.Process]]:
        """The web server with two workers: its port and its process."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
        with self.running("web", command, {"PORT": str(port)}) as process:
            until = time.monotonic() + 60
            while True:
                try:
                    assert Connection(port).get("/status") == 200
                    break
                except (ConnectionError, EOFError):
                    assert process.is_running(), f"the web server ended: see {self.folder}/web.log"
                    assert time.monotonic() < until, "the web server did not start in a minute"
                    time.sleep(0.1)
            yield port, process

    @contextmanager
    def follower(self) -> Iterator[psutil.Process]:
        """The follower."""
        with self.running("follower", [sys.executable, "manage.py", "follow"], {}) as process:
            yield process

    @contextmanager
    def running(self, name: str, command: list[str], variables: dict[str, str]) -> Iterator[psutil.Process]:
        """A process whose output goes to a file beside the data, ended with the block."""
        environment = self.environment | variables
        with (self.folder / f"{name}.log").open("wb") as log:
            process = psutil.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
            try:
                yield process
            finally:
                process.terminate()
                process.wait(30)


def resident(process: psutil.Process) -> float:
    """Mebibytes resident in the process, or in its largest child alone if it has any: pages of files that the kernel
    shares between processes among them."""
    return max(one.memory_info().rss for one in (process.children() or [process])) / 2**20


def share(process: psutil.Process) -> float:
    """Mebibytes that the process, or its largest child, holds, a page that several share counted as that much less."""
    return max(one.memory_full_info().pss for one in (process.children() or [process])) / 2**20
