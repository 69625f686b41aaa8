"""Whatever is typed, it is understood somehow and the engines answer."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import analysis, query
from search.engine import SearchEngine, SearchQuery
from search.needs import meant
from search.parameters import clean_text
from search.query import search
from search.shipped import FOLDER, rows
from tests.search.cast import EAT, IGLESIAS, SLEEP, START, place, service, small_model

LANGUAGES = [language for languages in analysis.SCRIPTS.values() for language in languages]
SAID = [row["phrase"] for name in ("time", "who", "place", "stop", "on_foot") for row in rows(FOLDER / f"{name}.csv")]
MIXED = st.lists(
    st.one_of(st.sampled_from(SAID), st.text(max_size=12), st.sampled_from(["Iglesias", "17 anni", "mensa"]))
)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@pytest.fixture
def filled(db: None, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*service(1, "Mensa", place(1, IGLESIAS), need=EAT), *service(2, "Dormitorio", need=SLEEP)]
    engine.apply([], rows, START)
    monkeypatch.setattr(query, "get_engine", lambda _audience: engine)
    monkeypatch.setattr(meant, "model_in_force", small_model)


@pytest.mark.usefixtures("filled")
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=400), MIXED.map(" ".join)), st.sampled_from(LANGUAGES), NOWS)
def test_any_text_is_answered(text: str, language: str, now: datetime) -> None:
    answer = search(SearchQuery(text=clean_text(text)[:4000], language=language), now)
    assert 0 <= answer.total <= 2
    assert len(answer.hits) == answer.total
    assert all(0 <= guess.probability <= 1 for guess in answer.guesses)
