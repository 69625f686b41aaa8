"""From what a person types to what they are told."""

from uuid import UUID

import pytest

from search import query as asking
from search.answer import Correction
from search.engine import SearchQuery
from search.query import search
from tests.search.cast import IGLESIAS, START, place, service


@pytest.fixture(autouse=True)
def filled(db, engine, monkeypatch):
    rows = [
        *service(1, "Dormitorio comunale", place(1, IGLESIAS)),
        *service(2, "Mensa della Caritas"),
        *service(3, "Emporio solidale", prose="vicino alla mensa"),
    ]
    engine.apply([], rows, START)
    monkeypatch.setattr(asking, "get_engine", lambda _audience: engine)


def ask(text: str, **asked):
    found = search(SearchQuery(text=text, **asked))
    return [hit.service.int for hit in found.hits], found


def test_every_word_is_sought_first():
    numbers, found = ask("mensa caritas")
    assert (numbers, found.relaxed, found.corrections) == ([2], (), ())


def test_a_typo_is_corrected_and_said():
    numbers, found = ask("dormitrio")
    assert (numbers, found.corrections) == ([1], (Correction("dormitrio", "dormitorio"),))
    assert ask("caritsa mensa")[1].corrections == (Correction("caritsa", "caritas"),)


def test_a_word_dropped_since_the_vocabulary_was_read_is_not_spoken(engine):
    assert ask("dormitrio")[1].corrections == (Correction("dormitrio", "dormitorio"),)
    engine.apply([UUID(int=1)], service(4, "Dormitori"), START)
    assert ask("dormitrio")[1].corrections == ()
    assert ask("dormitoriu")[1].corrections == ()


def test_who_asks_within_a_territory_is_told_no_word_of_another(engine):
    engine.apply([], service(5, "Casa Zanzibarra", territory="sondrio"), START)
    here = {"territory": frozenset({"sulcis"})}
    there = {"territory": frozenset({"sondrio"})}
    assert ask("zanzibara", filters=here)[1].corrections == ()
    assert ask("zanzibara", filters=there)[1].corrections == (Correction("zanzibara", "zanzibarra"),)


def test_every_page_shows_services_that_no_other_shows(engine):
    for number in range(10, 30):
        engine.apply([], service(number, "Sportello", status="suspended"), START)
    for number in range(1000, 1300, 100):
        rows = [row for one in range(number, number + 100) for row in service(one, "Sportello", status="active")]
        engine.apply([], rows, START)
    seen = [number for page in range(1, 17) for number in ask("sportello", page=page)[0]]
    assert len(seen) == len(set(seen)) == 320


def test_a_known_word_is_never_corrected():
    numbers, found = ask("mensa dormitorio")
    assert (sorted(numbers), found.relaxed, found.corrections) == ([1, 2, 3], ("words",), ())


def test_some_words_are_enough_where_not_all_can_be_had_and_that_is_said():
    numbers, found = ask("dormitorio astronave")
    assert (numbers, found.relaxed) == ([1], ("words",))


def test_what_is_suspended_alone_is_not_enough_unless_it_was_named(engine):
    engine.apply([], [*service(6, "Sala", prose="bagno pubblico", status="suspended")], START)
    engine.apply([], [*service(7, "Bagni", prose="bagno", status="active")], START)
    assert ask("bagno pubblico")[0] == [7, 6]
    assert ask("bagno pubblico")[1].relaxed == ("words",)
    assert ask("sala")[0] == [6]
    assert ask("bagno pubblico", order="name")[0] == [6]


def test_nothing_like_it_is_nothing():
    numbers, found = ask("astronave")
    assert (numbers, found.total, found.relaxed, found.corrections) == ([], 0, (), ())


def test_a_short_word_is_not_guessed():
    assert ask("men")[0] == []


def test_filters_are_never_relaxed():
    assert ask("mensa", filters={"comune": frozenset({IGLESIAS})})[0] == []


@pytest.mark.parametrize("text", ["", "   ", "di la e", "😀", '"', "*"])
def test_a_question_without_words_is_the_whole_catalogue(text):
    assert ask(text)[1].total == 3
