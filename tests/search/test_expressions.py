"""Expressions met in what people type."""

import pytest

from search.expressions import Expressions, join, split


@pytest.fixture
def known():
    return Expressions.of(
        [("senza documenti", "papers"), ("senza", "without"), ("col cane", "dog"), ("今晚", "tonight"), ("Èra", "era")]
    )


def met(known, text):
    tokens = split(text)
    return [found.meaning for found in known.all_in(tokens, [True] * len(tokens))]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("dormire SENZA documenti", ["papers"]),
        ("senza casa col cane", ["without", "dog"]),
        ("我今晚没地方睡", ["tonight"]),
        ("era", ["era"]),
        ("documenti", []),
        ("", []),
    ],
)
def test_the_longest_is_met_wherever_it_stands(known, text, meanings):
    assert met(known, text) == meanings


def test_words_that_were_read_already_are_not_read_again(known):
    tokens = split("senza documenti")
    assert list(known.all_in(tokens, [True, False])) == []


def test_what_is_left_reads_as_it_stood():
    assert join(split("Dormire 今晚 qui")) == "dormire 今晚 qui"
