"""A busy web process leaves new connections to another."""

from unittest.mock import Mock

import pytest
from gunicorn.workers.gthread import ThreadWorker

from portal.gunicorn import worker_class
from portal.worker import HESITATION, HesitantWorker


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a process waited before each connection it took."""
    waits: list[float] = []
    monkeypatch.setattr("portal.worker.time.sleep", waits.append)
    for method in ("accept", "enqueue_req", "finish_request"):
        monkeypatch.setattr(ThreadWorker, method, Mock())
    return waits


def process() -> HesitantWorker:
    found = HesitantWorker.__new__(HesitantWorker)
    found.answering, found.cfg = 0, Mock(threads=4, workers=2)
    return found


def test_it_waits_for_each_request_that_it_is_answering(waited: list[float]) -> None:
    busy = process()
    busy.accept(Mock())
    for _ in range(2):
        busy.enqueue_req(Mock())
    busy.accept(Mock())
    busy.finish_request(Mock(), Mock())
    busy.accept(Mock())
    assert waited == [0, 2 * HESITATION, HESITATION]


def test_it_never_waits_long_however_much_it_has_to_do(waited: list[float]) -> None:
    busy = process()
    for _ in range(50):
        busy.enqueue_req(Mock())
    busy.accept(Mock())
    assert waited == [4 * HESITATION]


def test_alone_it_has_nobody_to_leave_anything_to(waited: list[float]) -> None:
    busy = process()
    busy.cfg.workers = 1
    busy.enqueue_req(Mock())
    busy.accept(Mock())
    assert waited == []


def test_the_web_server_uses_it() -> None:
    assert worker_class == f"{HesitantWorker.__module__}.{HesitantWorker.__name__}"
