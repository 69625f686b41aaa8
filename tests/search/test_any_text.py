"""Whatever is typed, the engines answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import analysis, query
from search.engine import SearchEngine, SearchQuery
from search.parameters import clean_text
from search.query import search
from tests.search.cast import IGLESIAS, START, place, service

LANGUAGES = [language for languages in analysis.SCRIPTS.values() for language in languages]


@pytest.fixture
def filled(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.apply([], [*service(1, "Mensa", place(1, IGLESIAS)), *service(2, "Dormitorio")], START)
    monkeypatch.setattr(query, "get_engine", lambda _audience: engine)


@pytest.mark.usefixtures("filled")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_any_text_is_answered(text: str, language: str) -> None:
    results = search(SearchQuery(text=clean_text(text), language=language))
    assert 0 <= results.total <= 2
    assert len(results.hits) == results.total
