"""When search believes what was guessed of a question."""

from types import SimpleNamespace

import pytest

from search.needs import meant as meaning
from search.needs.meant import Meant, meant
from search.needs.model import Guess
from tests.search.cast import EAT, SLEEP

SECOURS = "au secours"


def guessed(monkeypatch: pytest.MonkeyPatch, *guesses: Guess) -> None:
    """Let every text be guessed so."""
    model = SimpleNamespace(guesses=lambda _text, _most: list(guesses))
    monkeypatch.setattr(meaning, "model_in_force", lambda: model)


def test_a_need_of_which_nobody_says_anything_like_it_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    guessed(monkeypatch, Guess(EAT, 0.37, "тарілка супу", 0.22), Guess(SLEEP, 0.1, "un letto", 0.1))
    assert meant("bfghw") == Meant(confident=False)

    guessed(monkeypatch, Guess(EAT, 0.37, "тарілка супу", 0.22), Guess(SLEEP, 0.1, "un letto", 0.4))
    assert meant("bfghw leto").confident


@pytest.mark.parametrize(("text", "said"), [("Au secours!", True), ("au secours vite", False)])
def test_what_is_said_word_for_word_is_known_as_such(monkeypatch: pytest.MonkeyPatch, text: str, said: bool) -> None:
    guessed(monkeypatch, Guess(SLEEP, 0.97, SECOURS, 1.2))
    assert meant(text).said is said
