"""A busy web process leaves new connections to another."""

from unittest.mock import Mock

import pytest
from gunicorn.workers.gthread import ThreadWorker

from portal.gunicorn import worker_class
from portal.worker import HESITATION, M_ARENA_MAX, HesitantWorker


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a process waited before each connection it took."""
    waits: list[float] = []
    monkeypatch.setattr("portal.worker.time.sleep", waits.append)
    for method in ("accept", "enqueue_req", "handle"):
        monkeypatch.setattr(ThreadWorker, method, Mock())
    return waits


def process() -> HesitantWorker:
    found = HesitantWorker.__new__(HesitantWorker)
    found.answering, found.cfg = set(), Mock(threads=4, workers=2)
    return found


def test_it_waits_for_each_request_that_it_is_answering(waited: list[float]) -> None:
    busy, first = process(), Mock()
    busy.accept(Mock())
    assert len(waited) == 0
    for connection in (first, Mock()):
        busy.enqueue_req(connection)
    busy.accept(Mock())
    assert len(waited) == 2
    busy.handle(first)
    busy.accept(Mock())
    assert waited == [HESITATION] * 3


def test_it_waits_no_longer_once_it_has_answered(waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    busy, connections = process(), [Mock(), Mock(), Mock()]
    for connection in connections:
        busy.enqueue_req(connection)

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        busy.handle(connections.pop())

    monkeypatch.setattr("portal.worker.time.sleep", sleep)
    busy.accept(Mock())
    assert waited == [HESITATION] * 2


def test_it_never_waits_long_however_much_it_has_to_do(waited: list[float]) -> None:
    busy = process()
    for _ in range(50):
        busy.enqueue_req(Mock())
    busy.accept(Mock())
    assert waited == [HESITATION] * 4


def test_alone_it_has_nobody_to_leave_anything_to(waited: list[float]) -> None:
    busy = process()
    busy.cfg.workers = 1
    busy.enqueue_req(Mock())
    busy.accept(Mock())
    assert waited == []


def test_its_threads_share_one_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, libc = Mock(), Mock()
    monkeypatch.setattr(ThreadWorker, "init_process", begun)
    monkeypatch.setattr("portal.worker.ctypes.CDLL", Mock(return_value=libc))
    process().init_process()
    libc.mallopt.assert_called_once_with(M_ARENA_MAX, 1)
    begun.assert_called_once_with()


def test_the_web_server_uses_it() -> None:
    assert worker_class == f"{HesitantWorker.__module__}.{HesitantWorker.__name__}"
