"""Text → tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis

LANGUAGES = [language for languages in analysis.SCRIPTS.values() for language in languages]


def finds(typed: str, written: str, language: str, page: str = "it") -> bool:
    """Whether a question finds a document with this one word."""
    return all(set(word.forms) & analysis.tokens(written, language) for word in analysis.words(typed, page))


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("CITTÀ", "città", "it"),
        ("mense", "mensa", "it"),
        ("anziani", "anziano", "it"),
        ("l'affitto", "affitti", "it"),
        ("meals", "meal", "en"),
        ("logements", "logement", "fr"),
        ("adăpost", "adapost", "ro"),
        ("الخدمة", "خدمه", "ar"),
        ("طَعَام", "طعام", "ar"),
        ("کھانا", "كهانا", "ur"),
        ("сім’я", "сім'я", "uk"),
        ("ёлка", "елка", "ru"),
        ("চিকিৎসা", "চিকিৎসা", "bn"),
        ("ডাক্তার", "ড়াক্তার", "bn"),
        ("食物银行", "社区食物银行", "zh-hans"),
        ("ＭＥＮＳＡ", "mensa", "it"),
        ("٠٧٨١", "0781", "ar"),
    ],
)
def test_a_person_finds_the_word_however_it_is_written(typed, written, language):
    assert analysis.words(typed, "it")
    assert finds(typed, written, language)


def test_a_question_in_another_language_than_the_page_finds_its_words():
    assert finds("meals", "Warm meal", "en", page="ar")
    assert finds("طعام", "طعام ساخن", "ar", page="it")


def test_words_that_say_nothing_are_left_out():
    assert [word.typed for word in analysis.words("Dove posso dormire con i bambini?", "it")] == ["dormire", "bambini"]
    assert analysis.words("dove sono", "it") == ()


def test_a_typed_word_keeps_how_it_was_typed():
    assert [word.typed for word in analysis.words("Dormitrio!", "it")] == ["dormitrio"]


def test_words_to_suggest_are_whole():
    assert analysis.plain_words("Il dormitorio di via Roma 12", "it") == {"dormitorio", "roma"}


def test_a_long_question_is_cut():
    assert len(analysis.words(" ".join(f"parola{number}" for number in range(4000)), "it")) == analysis.MAX_WORDS


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_gives_tokens_that_spaces_part(text, language):
    for token in analysis.tokens(text, language):
        assert token
        assert token.split() == [token]
    for word in analysis.words(text, language):
        assert all(form.split() == [form] for form in word.forms)


@given(st.text(max_size=100), st.sampled_from(LANGUAGES))
def test_a_text_is_found_by_its_own_words(text, language):
    mine = analysis.SCRIPTS.items()
    indexed = {form for _script, languages in mine for one in languages for form in analysis.tokens(text, one)}
    for word in analysis.words(text, language):
        assert set(word.forms) & (indexed | analysis.tokens(text, "none"))


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text):
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)


def test_what_stemming_leaves_of_a_short_word_is_the_word() -> None:
    assert "di" not in analysis.forms("die")
    assert "die" in analysis.forms("die")
