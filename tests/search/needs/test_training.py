"""From the tables to the model in force."""

import pytest

from search import models, shipped
from search.needs import store, training
from search.needs.learner import Learner
from search.needs.store import model_in_force
from search.needs.training import Outcome
from services_catalog.data import reference
from services_catalog.data.load import load_taxonomies
from services_catalog.models import TaxonomyTerm
from tests.relevance.questions import figure_half, tuning_half

EAT, SLEEP = (str(reference.term_id("need", slug)) for slug in ("mensa", "dormitorio"))


@pytest.fixture(autouse=True)
def place(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    load_taxonomies()
    say(EAT, "ho fame", "dove si mangia", "un pasto caldo", "mensa dei poveri")
    say(SLEEP, "non so dove dormire", "un letto per stanotte", "dormo in stazione")


def say(need: str | None, *texts: str) -> None:
    for text in texts:
        models.Phrase.objects.create(need_id=need, language="it", text=text)


def learnt() -> Outcome:
    outcome = training.update()
    assert outcome is not None
    return outcome


def understood(text: str) -> str:
    model = model_in_force()
    assert model is not None
    return model.guesses(text)[0].need


def hold(text: str, need: str) -> None:
    question = models.HeldQuestion.objects.create(language="it", text=text)
    question.needs.add(TaxonomyTerm.objects.get(pk=need))


def test_what_was_learnt_is_put_in_force_and_survives_its_process():
    assert model_in_force() is None
    assert learnt().in_force
    assert understood("ho molta fame") == EAT
    assert getattr(store.about_in_force(), "phrases", 0) > 7


def test_learning_is_due_when_phrases_have_changed_and_only_then():
    assert training.is_due()
    training.update()
    assert not training.is_due()
    say(EAT, "la pancia vuota")
    assert training.is_due()


def test_a_phrase_switched_off_is_not_learnt():
    models.Phrase.objects.filter(text="ho fame").update(switched_on=False)
    assert "ho fame" not in {phrase.text for phrase in training.learnt_phrases()}


def test_needs_are_known_by_their_names_in_every_language_too():
    training.update()
    assert understood("Soup kitchen") == EAT


def test_phrases_that_answer_less_of_the_held_back_questions_are_not_put_in_force():
    for text in ("ho tanta fame", "dove mangio", "un pasto"):
        hold(text, EAT)
    training.update()
    good = store.about_in_force()
    models.Phrase.objects.filter(need__pk=EAT).update(need=TaxonomyTerm.objects.get(pk=SLEEP))
    models.LexiconHead.move("phrases")
    TaxonomyTerm.objects.filter(pk=EAT).update(name_it="Zz", name_en="Zz")
    outcome = learnt()
    assert (outcome.in_force, outcome.about.success < (outcome.before or 0)) == (False, True)
    assert store.about_in_force() == good
    assert store.about_refused() == outcome.about
    assert not training.is_due()


def test_a_phrase_taken_out_is_not_quoted_even_if_what_is_learnt_without_it_is_refused():
    for text in ("sono gavino e ho fame", "gavino ha fame", "fame di gavino"):
        hold(text, EAT)
    say(EAT, "gavino piras ha fame")
    training.update()
    before = model_in_force()
    assert before
    assert "gavino piras ha fame" in before.said
    models.Phrase.objects.filter(need__pk=EAT).exclude(text="ho fame").delete()
    models.Phrase.objects.filter(need__pk=EAT).update(need=TaxonomyTerm.objects.get(pk=SLEEP))
    models.LexiconHead.move("phrases")
    TaxonomyTerm.objects.filter(pk=EAT).update(name_it="Zz", name_en="Zz")
    assert not learnt().in_force
    kept = model_in_force()
    assert kept
    assert "gavino piras ha fame" not in kept.said
    assert all(guess.phrase != "gavino piras ha fame" for guess in kept.guesses("gavino ha fame"))
    assert not training.is_due()


def test_a_damaged_model_is_as_none():
    training.update()
    store._in_force = None
    version = store.folder().current()
    assert version is not None
    (version / "words.json").write_text("{")
    assert model_in_force() is None


def test_shipped_words_are_loaded_once_and_leave_what_an_editor_did():
    assert shipped.load()
    assert not shipped.load()
    phrase = models.Phrase.objects.filter(source="shipped")[0]
    phrase.switched_on = False
    phrase.save()
    models.LexiconHead.objects.update(shipped="")
    assert shipped.load()
    phrase.refresh_from_db()
    assert not phrase.switched_on
    assert models.Phrase.objects.filter(text=phrase.text, need=phrase.need, language=phrase.language).count() == 1


def test_what_is_shipped_is_enough():
    needs = [term for term in reference.taxonomies()["need"].terms if term.parent]
    counts: dict[str, dict[str, int]] = {}
    texts = 0
    for language, path in shipped.phrase_files().items():
        for row in shipped.rows(path):
            by_need = counts.setdefault(language, {})
            by_need[row["need"]] = by_need.get(row["need"], 0) + 1
            texts += 1
    assert len(needs) >= 80
    assert texts >= 12_000
    assert set(counts) == {"it", "en", "fr", "es", "ro", "sq", "ar", "zh-hans", "uk", "ru", "bn", "ur"}
    for language, by_need in counts.items():
        least = 25 if language == "it" else 8
        assert not [term.slug for term in needs if by_need.get(term.slug, 0) < least], language


class Running:
    """A process that has not ended."""

    def poll(self) -> None:
        return None


def test_the_learner_begins_once_phrases_have_rested(monkeypatch):
    begun: list[object] = []
    at = 0.0

    def begin(command: list[str], **_options: object) -> Running:
        begun.append(command)
        return Running()

    monkeypatch.setattr("search.needs.learner.time.monotonic", lambda: at)
    monkeypatch.setattr("search.needs.learner.subprocess.Popen", begin)
    learner = Learner()
    learner.look()
    assert not begun
    at = 4.0
    say(EAT, "ancora una")
    learner.look()
    assert not begun
    at = 8.0
    learner.look()
    assert len(begun) == 1
    at = 20.0
    learner.look()
    assert len(begun) == 1


def test_a_need_that_is_deleted_takes_its_phrases_out_of_what_is_learnt():
    term = TaxonomyTerm.objects.get(pk=models.Phrase.objects.exclude(need=None).values("need")[:1])
    before = models.LexiconHead.now().phrases
    term.delete()
    assert models.LexiconHead.now().phrases == before + 1


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def test_no_judged_question_is_a_phrase():
    said = {plain(row["text"]) for path in shipped.phrase_files().values() for row in shipped.rows(path)}
    tuning, figure = ({plain(one.text) for one in half} for half in (tuning_half(), figure_half()))
    assert len(tuning | figure) >= 400
    assert not (tuning | figure) & said
    assert not tuning & figure
