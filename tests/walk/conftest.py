"""Two installations for the walk: the demonstration, as `make run` starts it, and a small one whose processes are
killed."""

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

SMALL = """
import django; django.setup()
from tests.factories import *
from search import models, shipped
organization = OrganizationFactory()
place = LocationFactory()
need = TermFactory()
for number in range(40):
    ServiceFactory(name_it=f"Servizio {number}", organization=organization, location=place, needs=[need])
for text in ("ho fame", "dove si mangia", "un pasto caldo"):
    models.Phrase.objects.create(need=need, language="it", text=text)
# The shipped phrases would take half a minute to learn.
models.LexiconHead.objects.update(shipped=shipped._digest())
"""


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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Forty services and three phrases, indexed; nothing runs."""
    with installation(tmp_path_factory.mktemp("small"), PORT=str(free_port())) as processes:
        processes.run("manage.py", "migrate", "-v0")
        processes.run("-c", SMALL)
        processes.run("manage.py", "rebuild_index")
        yield processes
