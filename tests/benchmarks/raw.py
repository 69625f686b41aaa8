"""`python -m tests.benchmarks.raw PORT`: questions over HTTP beside the requests they make to Elasticsearch, sent again
as they are; p95 of both as JSON."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import django

django.setup()

from search.engine import SearchQuery, get_engine  # noqa: E402
from search.engines.elasticsearch import ElasticsearchEngine  # noqa: E402
from search.query import search  # noqa: E402
from services_catalog.choices import Audience  # noqa: E402
from tests.benchmarks.load import Connection, percentile  # noqa: E402
from tests.relevance.questions import tuning_half  # noqa: E402

QUESTIONS = 60
ROUNDS = 3


def sent(engine: ElasticsearchEngine, text: str) -> list[dict[str, Any]]:
    """The searches that a question makes."""
    kept: list[dict[str, Any]] = []
    ask = engine.client.search

    def keeping(**body: Any) -> Any:
        kept.append(body)
        return ask(**body)

    with patch.object(engine.client, "search", keeping):
        search(SearchQuery(text=text))
    return kept


def again(engine: ElasticsearchEngine, searches: list[dict[str, Any]]) -> None:
    """The searches of a question alone."""
    for body in searches:
        engine.client.search(**body)


def milliseconds(asks: list[Callable[[], object]]) -> float:
    """The p95 of all, asked in turn, after a round that is not counted."""
    took = []
    for turn in range(ROUNDS + 1):
        for ask in asks:
            began = time.perf_counter()
            ask()
            took += [time.perf_counter() - began] if turn else []
    return round(1000 * percentile(took, 0.95), 2)


def main(port: int) -> None:
    """Print both."""
    engine = get_engine(Audience.PUBLIC)
    assert isinstance(engine, ElasticsearchEngine)
    connection = Connection(port)
    texts = [question.text for question in tuning_half()][:QUESTIONS]
    bodies = [sent(engine, text) for text in texts]
    paths = [f"/api/v1/services?language=it&q={quote(text)}" for text in texts]
    raw = milliseconds([partial(again, engine, searches) for searches in bodies])
    product = milliseconds([partial(connection.get, path) for path in paths])
    json.dump({"product": product, "raw": raw}, sys.stdout)


main(int(sys.argv[1]))
