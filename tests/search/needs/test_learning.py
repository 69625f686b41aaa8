"""What a few phrases teach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.needs.features import BUCKETS, features, romanised, weighed
from search.needs.learning import Phrase, Question, learn, success

EAT, SLEEP, WASH, OUT = "eat", "sleep", "wash", ""
SAID = {
    EAT: [
        "ho fame",
        "dove si mangia gratis",
        "mensa dei poveri",
        "un pasto caldo",
        "non mangio da ieri",
        "أنا جائع",
        "كھانا چاہیے",
    ],
    SLEEP: ["non so dove dormire", "un letto per stanotte", "dormitorio", "dormo in stazione", "где переночевать"],
    WASH: ["fare la doccia", "lavarmi", "docce pubbliche", "lavare i vestiti", "душ бесплатно"],
    OUT: ["che tempo fa domani", "risultati delle partite", "orario dei treni", "ricetta della carbonara"],
}


@pytest.fixture(scope="module")
def model():
    return learn(Phrase(need, text) for need, texts in SAID.items() for text in texts)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("ho tanta fame", EAT),
        ("dove mangiare", EAT),
        ("dormitori", SLEEP),
        ("dormitrio", SLEEP),
        ("mi serve un letto", SLEEP),
        ("doccia calda", WASH),
        ("ricetta carbonara", OUT),
        ("khana chahie", EAT),
        ("gde perenochevat", SLEEP),
    ],
)
def test_what_was_never_said_so_is_understood_by_what_was(model, text, need):
    assert model.guesses(text)[0].need == need


def test_it_explains_itself_with_the_nearest_phrase(model):
    found = model.guesses("ho fame da morire")[0]
    assert (found.phrase, found.closeness > 0.3) == ("ho fame", True)


def test_probabilities_are_of_all_needs_together(model):
    found = model.guesses("letto e doccia", most=10)
    assert sum(guess.probability for guess in found) == pytest.approx(1, abs=1e-3)
    assert {found[0].need, found[1].need} == {SLEEP, WASH}


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀", "🜨🜨"])
def test_without_words_it_abstains(model, text):
    assert model.guesses(text) == []


def test_a_phrase_of_another_script_is_learnt_as_it_is_typed_too():
    assert (romanised("কাগজ"), romanised("ho fame")) == ("kagj", "")


def test_the_same_phrases_teach_the_same(model):
    again = learn(Phrase(need, text) for need, texts in SAID.items() for text in texts)
    assert again.guesses("dove dormire stanotte") == model.guesses("dove dormire stanotte")


def test_nothing_is_learnt_from_nothing():
    with pytest.raises(ValueError, match="nothing"):
        learn([Phrase(EAT, "  ")])


def test_success_counts_the_questions_that_somebody_can_answer(model):
    questions = [
        Question("ho fame", frozenset({EAT})),
        Question("dormitorio", frozenset({"another"})),
        Question("che tempo fa", frozenset()),
    ]
    assert success(model, questions) == 0.5


def test_calibration_makes_what_is_right_likelier(model):
    questions = [Question(text, frozenset({need} - {OUT})) for need, texts in SAID.items() for text in texts] * 3
    calibrated = learn((Phrase(need, text) for need, texts in SAID.items() for text in texts), questions)
    assert calibrated.guesses("ho fame")[0].probability > model.guesses("ho fame")[0].probability


@given(st.text(max_size=200))
def test_any_text_has_features_of_the_right_size(text):
    buckets, weights = weighed(features(text), [1.0] * BUCKETS)
    assert len(buckets) == len(weights)
    assert all(0 <= bucket < BUCKETS for bucket in buckets)
    assert all(weight > 0 for weight in weights)
