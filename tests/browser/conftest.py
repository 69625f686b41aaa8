"""A portal that a real browser reads, with everything it asks of the network written down."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

import frontend
from tests.parts import chromium, required

ROOM = Path(frontend.__file__).parent
READY_SECONDS = 120


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: the package downloads none."""
    path = chromium()
    if path is None:
        (pytest.fail if required() else pytest.skip)("Chromium is not installed")
    return {**browser_type_launch_args, "executable_path": path, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal that serves the cast, as on a Monday noon."""
    if not (ROOM / "static/dist/portolano.css").exists():
        subprocess.run([sys.executable, "-m", "frontend.build"], check=True, cwd=ROOM.parent)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    folder = tmp_path_factory.mktemp("portal")
    log = folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "tests.browser.serve", str(port), str(folder)]
        server = subprocess.Popen(command, cwd=ROOM.parent, stdout=output, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/it/numbers/", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def base_url(portal: str) -> str:
    """What the browser's relative addresses are relative to. The plugin's own fixture warns on this pytest."""
    return portal


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)  # another process is starting: there is nothing to wait on but its port
        else:
            return
    pytest.fail(f"the portal did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture
def visit(page: Page, portal: str) -> Iterator[Page]:
    """A page whose every request went to the portal itself, and that wrote no error to its console."""
    hosts: set[str] = set()
    problems: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield page
    assert hosts <= {urlsplit(portal).netloc}, "a third party was asked"
    assert [problem for problem in problems if "status of 40" not in problem] == []
