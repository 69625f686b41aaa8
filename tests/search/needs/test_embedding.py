"""An embedding model is an extra: what it brings, and that nothing hangs on it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import checks
from search import models
from search.needs import embedding, store, training
from search.needs.embedding import directions
from search.needs.learner import Learner
from search.needs.learning import Phrase, Question, learn
from search.needs.trial import judge, tried
from services_catalog.data import reference
from services_catalog.data.load import load_taxonomies
from tests.search.needs import embedders

EAT, SLEEP = (str(reference.term_id("need", slug)) for slug in ("mensa", "dormitorio"))
SAID = {
    EAT: ("ho fame", "dove si mangia", "un pasto caldo", "mensa dei poveri"),
    SLEEP: ("non so dove dormire", "un letto per stanotte", "dormo in stazione"),
}
PHRASES = [Phrase(need, text) for need, texts in SAID.items() for text in texts]
OTHERWISE = "giaciglio"
"""Somewhere to sleep, in no letters of the phrases on sleeping."""
HERE = embedders.__name__


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    store._in_force = None


@pytest.fixture
def phrases(db: None) -> None:
    load_taxonomies()
    for phrase in PHRASES:
        models.Phrase.objects.create(need_id=phrase.need, language="it", text=phrase.text)


def anew() -> None:
    """As in a process that begins."""
    store._in_force = None


def probability(text: str, need: str) -> float:
    model = store.model_in_force()
    assert model is not None
    return {guess.need: guess.probability for guess in model.guesses(text)}.get(need, 0.0)


def test_off_by_default(settings: Any) -> None:
    assert settings.NEEDS_EMBEDDER == ""
    assert embedding.in_use() is None
    assert learn(PHRASES).meanings is None


def test_what_means_the_same_in_other_words_is_understood() -> None:
    by_words, by_meaning = learn(PHRASES), learn(PHRASES, embedder=embedders.Meaning())
    before, after = (
        next(guess.probability for guess in model.guesses(OTHERWISE) if guess.need == SLEEP)
        for model in (by_words, by_meaning)
    )
    assert after > before
    assert by_meaning.guesses(OTHERWISE)[0].need == SLEEP


def test_it_weighs_as_much_as_questions_held_back_show() -> None:
    questions = [Question(text, frozenset({need})) for need, texts in SAID.items() for text in texts] * 10
    model = learn(PHRASES, questions, embedders.Meaning())
    assert model.meanings is not None
    assert len(model.spread) == 2
    assert len(model.meanings.spread) == 3
    assert model.meanings.spread != (*model.spread, 1.0)
    assert judge(model, questions).success == 1


@pytest.mark.usefixtures("phrases")
def test_it_is_kept_with_the_model_and_asked_by_other_processes(settings: Any) -> None:
    training.update()
    before = probability(OTHERWISE, SLEEP)
    settings.NEEDS_EMBEDDER = f"{HERE}:Meaning"
    assert training.is_due()
    training.update()
    assert not training.is_due()
    anew()
    assert probability(OTHERWISE, SLEEP) > before
    assert getattr(store.about_in_force(), "embedder", "") == "meaning-1"


@pytest.mark.usefixtures("phrases")
@pytest.mark.parametrize("then", ["", f"{HERE}:Newer", f"{HERE}:Missing"])
def test_without_the_embedder_it_was_learnt_with_words_are_enough(settings: Any, then: str) -> None:
    training.update()
    by_words = probability("ho molta fame", EAT)
    settings.NEEDS_EMBEDDER = f"{HERE}:Meaning"
    training.update()
    settings.NEEDS_EMBEDDER = then
    anew()
    assert probability("ho molta fame", EAT) == pytest.approx(by_words)
    if not then.endswith("Missing"):
        assert training.is_due()


@pytest.mark.usefixtures("phrases")
def test_an_embedder_that_fails_costs_no_answer_and_no_secret(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    training.update()
    by_words = probability("ho molta fame", EAT)
    settings.NEEDS_EMBEDDER = f"{HERE}:Failing"
    training.update()
    anew()
    assert probability("ho molta fame", EAT) == pytest.approx(by_words)
    assert "the embedding model does not answer: ConnectionError" in caplog.text
    assert "fame" not in caplog.text


@pytest.mark.usefixtures("phrases")
def test_the_follower_asks_whether_to_learn_without_loading_it(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEEDS_EMBEDDER = f"{HERE}:Meaning"
    training.update()
    about = store.about_in_force()
    assert about is not None
    assert (about.embedder, about.embedder_path) == ("meaning-1", f"{HERE}:Meaning")

    monkeypatch.setattr(embedding, "embedder", lambda path: pytest.fail(f"{path} was loaded"))
    assert not training.is_due()
    settings.NEEDS_EMBEDDER = f"{HERE}:Newer"
    assert training.is_due()


@pytest.mark.usefixtures("phrases")
@pytest.mark.parametrize(("embedder", "due"), [("", False), (f"{HERE}:Meaning", True)])
def test_what_was_learnt_before_its_path_was_kept_is_read(settings: Any, embedder: str, due: bool) -> None:
    settings.NEEDS_EMBEDDER = embedder
    training.update()
    version = store.folder().current()
    assert version is not None
    told = json.loads((version / store.ABOUT).read_text())
    del told["embedder_path"]
    (version / store.ABOUT).write_text(json.dumps(told))
    assert store.about_in_force() is not None
    assert training.is_due() == due


@pytest.mark.usefixtures("phrases")
def test_damage_to_what_it_brought_is_noticed(settings: Any) -> None:
    settings.NEEDS_EMBEDDER = f"{HERE}:Meaning"
    training.update()
    version = store.folder().current()
    assert version is not None
    (version / store.DIRECTIONS).write_bytes(b"nonsense")
    assert store.is_damaged()
    (version / store.DIRECTIONS).unlink()
    assert store.is_damaged()


def test_a_trial_learns_with_it_too(settings: Any, tmp_path: Path) -> None:
    settings.NEEDS_EMBEDDER = f"{HERE}:Meaning"
    questions = [Question(OTHERWISE, frozenset({SLEEP}))]
    assert tried(PHRASES, questions, tmp_path).first == (SLEEP,)


@pytest.mark.parametrize("path", [f"{HERE}:Missing", "no.such.module:Model", f"{HERE}:Nameless", f"{HERE}:HERE"])
def test_a_name_that_leads_nowhere_is_said_before_the_web_process_starts(settings: Any, path: str) -> None:
    settings.NEEDS_EMBEDDER = path
    with pytest.raises(ImproperlyConfigured):
        embedding.in_use()
    assert "NEEDS_EMBEDDER" in (checks.embedder_problem() or "")


@pytest.mark.usefixtures("phrases")
def test_a_name_that_leads_nowhere_keeps_learning_from_going_on_and_nothing_else(settings: Any) -> None:
    training.update()
    settings.NEEDS_EMBEDDER = f"{HERE}:Missing"
    assert training.is_due()
    Learner().look()  # which has to rest before it begins
    with pytest.raises(ImproperlyConfigured):
        training.update()
    assert probability("ho molta fame", EAT) > 0.5


def test_nothing_is_wrong_without_one() -> None:
    assert checks.embedder_problem() is None


@pytest.mark.parametrize("odd", [embedders.Odd(), embedders.Endless()])
def test_rows_that_are_no_directions_are_refused(odd: embedders.Meaning) -> None:
    with pytest.raises(ValueError, match="something else"):
        learn(PHRASES, embedder=odd)


def test_directions_have_the_length_1_or_none() -> None:
    class Silent(embedders.Meaning):
        def embed(self, texts: Any) -> Any:
            return np.array([[3, 4], [0, 0]])

    assert directions(Silent(), ["a", "b"]).tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]
