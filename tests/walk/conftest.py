"""One installation of the demonstration for the walk, as `make run` starts it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.http import ask
from tests.walk.browsing import Browser
from tests.walk.processes import Processes, free_port, installation, wait_for

SUPERVISOR = ("-m", "portal.process")
PATIENCE = 420
"""Seconds for a first start on a slow machine: migrations, the demonstration, its index."""


@dataclass
class Demonstration:
    """What `make run` started."""

    processes: Processes
    port: int

    @property
    def folder(self) -> Path:
        """The installation's VAR_DIR."""
        return self.processes.folder

    def browser(self, host: str = "localhost") -> Browser:
        """Somebody who has not been here before."""
        return Browser(self.port, host)

    def up(self) -> bool:
        """Whether the web process answers."""
        try:
            return ask(self.port, "/status")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration, running: web, follower, six territories."""
    port = free_port()
    with installation(tmp_path_factory.mktemp("walk"), PORT=str(port), DEMONSTRATION="true") as processes:
        found = Demonstration(processes, port)
        supervisor = processes.start("run", *SUPERVISOR)

        def ready() -> bool:
            assert supervisor.poll() is None, processes.log("run")[-4000:]
            return "Ctrl-C ends everything" in processes.log("run")

        wait_for("the demonstration to be ready", ready, PATIENCE)
        yield found
