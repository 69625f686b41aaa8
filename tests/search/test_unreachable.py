"""An Elasticsearch that cannot be reached, or does not answer in time."""

import socket
from collections.abc import Iterator

import pytest

from search import analysis
from search.engine import EngineDown, SearchQuery, Wanted
from search.engines import elasticsearch
from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.cast import START, UNTIL, service


@pytest.fixture
def away():
    engine = ElasticsearchEngine("public", "http://127.0.0.1:9")  # the discard port: nobody listens
    yield engine
    engine.client.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: engine.find(SearchQuery(text="segretissimo"), Wanted(analysis.words("segretissimo", "it"))),
        lambda engine: engine.calling(["segretissimo"], {}, 4),
        lambda engine: engine.known(analysis.words("segretissimo", "it"), {}),
        lambda engine: engine.vocabulary(),
        lambda engine: engine.spelled(["segretissimo"], {}),
        lambda engine: engine.state(),
        lambda engine: engine.checksums(),
        lambda engine: engine.using(["x"]),
        lambda engine: engine.apply([], service(1, "Mensa"), START),
        lambda engine: engine.rebuild(service(1, "Mensa"), START, UNTIL),
    ],
)
def test_every_method_says_so_without_telling_what_was_asked(away, ask):
    with pytest.raises(EngineDown) as down:
        ask(away)
    assert "segretissimo" not in str(down.value)
    assert down.value.__suppress_context__


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ElasticsearchEngine, socket.socket]]:
    """The engine, and the socket of a server that takes connections and says nothing."""
    monkeypatch.setattr(elasticsearch, "SEARCH_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        engine = ElasticsearchEngine("public", f"http://127.0.0.1:{server.getsockname()[1]}")
        yield engine, server
        engine.client.close()


def visits(server: socket.socket) -> int:
    """How many connections have come since the last call."""
    found = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return found
        found += 1


def test_a_server_that_is_late_is_not_waited_for_by_every_question(hanging) -> None:
    engine, server = hanging
    for expected in (1, 0, 0):
        with pytest.raises(EngineDown):
            engine.vocabulary()
        assert visits(server) == expected


def test_after_a_while_one_question_tries_again(hanging, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, server = hanging
    with pytest.raises(EngineDown):
        engine.vocabulary()
    visits(server)
    monkeypatch.setattr(engine, "_late_until", 1e-9)
    for expected in (1, 0):
        with pytest.raises(EngineDown):
            engine.vocabulary()
        assert visits(server) == expected


def test_a_server_that_answers_in_time_again_is_asked_by_all(hanging, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _server = hanging
    monkeypatch.setattr(engine, "_late_until", 1e-9)
    with engine._answering():
        pass
    assert engine._late_until == 0
