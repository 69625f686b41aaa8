"""An Elasticsearch that cannot be reached."""

import pytest

from search import analysis
from search.engine import EngineDown, SearchQuery, Wanted
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
