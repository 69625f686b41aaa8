"""The contract of the port, met by both engines."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import cos, sin
from uuid import UUID

import pytest

from search import analysis
from search.engine import Near, Results, SearchEngine, SearchQuery, Wanted
from search.facets import FACETS
from search.geo import distance_km
from search.naming import name_tokens
from search.opening import DayPart
from services_catalog.publication.feed import Cursor
from tests.search.cast import (
    EAT,
    EVENING,
    GONNESA,
    IGLESIAS,
    MUSEI,
    NOON,
    SLEEP,
    START,
    STEP_FREE,
    UNTIL,
    WASH,
    WOMEN,
    dinner,
    lunch,
    place,
    service,
)

IN_IGLESIAS, IN_GONNESA, IN_MUSEI = (39.3103, 8.5371), (39.2659, 8.4727), (39.3030, 8.6642)


def ask(engine: SearchEngine, text: str = "", *, every: bool = True, **asked) -> Results:
    asked["filters"] = {name: frozenset({value}) for name, value in asked.pop("filters", {}).items()}
    return engine.find(SearchQuery(text=text, **asked), Wanted(analysis.words(text, "it"), every))


def numbers(results: Results) -> list[int]:
    return [hit.service.int for hit in results.hits]


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    rows = [
        *service(1, "Mensa della Caritas", place(1, IGLESIAS, IN_IGLESIAS, lunch()), need=EAT, status="active"),
        *service(
            2,
            "Punto sociale",
            place(2, IGLESIAS, IN_IGLESIAS, dinner(), STEP_FREE),
            place(3, GONNESA, IN_GONNESA, lunch()),
            place(4, GONNESA, IN_GONNESA),
            prose="Orientamento, anche verso la mensa",
            need=(EAT, WASH),
            target=WOMEN,
            status="active",
        ),
        *service(3, "Dormitorio", place(5, MUSEI, IN_MUSEI, dinner(), unknown=False), need=SLEEP, status="active"),
        *service(4, "Centralino sociale", need=SLEEP, served=(IGLESIAS, GONNESA), status="suspended"),
        *service(5, "Docce", place(6, MUSEI, IN_MUSEI, unknown=True), need=WASH, status="active"),
    ]
    engine.apply([], rows, replace(START, seq=5))
    return engine


def test_without_a_question_all_services_come_in_the_order_of_their_names(filled):
    results = ask(filled)
    assert (results.total, numbers(results)) == (5, [4, 5, 3, 1, 2])
    assert {hit.place for hit in results.hits} == {None}


def test_a_word_in_the_name_counts_more_than_in_the_prose(filled):
    results = ask(filled, "mensa")
    assert numbers(results) == [1, 2]
    assert results.hits[0].score > results.hits[1].score > 0


def test_another_form_of_the_word_is_the_word(filled):
    assert numbers(ask(filled, "dormitori")) == [3]


def test_every_word_must_match_or_some_where_that_is_enough(filled):
    assert ask(filled, "mensa dormitorio").total == 0
    assert numbers(ask(filled, "mensa dormitorio", every=False)) == [1, 3, 2]


def test_values_of_a_facet_are_alternatives_and_facets_hold_together(filled):
    either = SearchQuery(filters={"need": frozenset({EAT, SLEEP})})
    assert numbers(filled.find(either, Wanted())) == [4, 3, 1, 2]
    assert numbers(ask(filled, filters={"need": EAT, "target": WOMEN})) == [2]


def test_a_comune_is_that_of_a_door_or_one_that_is_served(filled):
    results = ask(filled, filters={"comune": GONNESA})
    assert numbers(results) == [4, 2]
    assert [hit.place and hit.place.int for hit in results.hits] == [None, 900_003]


def test_facets_count_services_not_doors(filled):
    facets = ask(filled).facets
    assert facets["need"] == ((EAT, 2), (SLEEP, 2), (WASH, 2))
    assert facets["comune"] == ((IGLESIAS, 3), (GONNESA, 2), (MUSEI, 2))
    assert facets["accessibility"] == ((STEP_FREE, 1),)
    assert facets["status"] == (("active", 4), ("suspended", 1))
    assert set(facets) == set(FACETS)


def test_a_facet_is_counted_as_if_it_had_no_filter(filled):
    facets = ask(filled, filters={"need": SLEEP, "status": "active"}).facets
    assert facets["need"] == ((EAT, 2), (WASH, 2), (SLEEP, 1))
    assert facets["status"] == (("active", 1), ("suspended", 1))
    assert facets["comune"] == ((MUSEI, 1),)


def test_facets_count_services_under_conditions_of_place(filled):
    facets = ask(filled, filters={"comune": GONNESA}).facets
    assert facets["need"] == ((EAT, 1), (SLEEP, 1), (WASH, 1))
    assert facets["comune"] == ((IGLESIAS, 3), (GONNESA, 2), (MUSEI, 2))
    at_noon = ask(filled, open_at=NOON).facets
    assert at_noon["comune"] == ((GONNESA, 1), (IGLESIAS, 1))
    assert at_noon["need"] == ((EAT, 2), (WASH, 1))


def test_without_attributes_there_are_no_facets_of_them(filled: SearchEngine) -> None:
    assert set(ask(filled, "mensa", filters={"comune": IGLESIAS}).facets) <= set(FACETS)


def test_open_at_answers_for_the_minute_and_the_door(filled):
    noon = ask(filled, open_at=NOON)
    assert [(hit.service.int, hit.place.int) for hit in noon.hits if hit.place] == [(1, 900_001), (2, 900_003)]
    assert numbers(ask(filled, open_at=EVENING)) == [3, 2]
    assert ask(filled, open_at=NOON + timedelta(minutes=59)).total == 2
    assert ask(filled, open_at=NOON + timedelta(minutes=60)).total == 0


def test_open_and_comune_must_hold_at_one_door(filled):
    assert ask(filled, open_at=EVENING, filters={"comune": GONNESA}).total == 0
    assert numbers(ask(filled, open_at=EVENING, filters={"comune": IGLESIAS})) == [2]


def test_hours_not_stated_are_counted_apart(filled):
    results = ask(filled, open_at=NOON)
    assert (results.total, results.hours_unknown) == (2, 1)
    assert ask(filled).hours_unknown == 0


def test_near_a_point_only_doors_within_the_radius(filled):
    near = Near(*IN_GONNESA, 3.0)
    results = ask(filled, near=near)
    assert numbers(results) == [2]
    assert results.hits[0].distance_km == pytest.approx(0, abs=0.001)
    assert ask(filled, near=Near(45.0, 9.0, 10.0)).total == 0


def test_distance_orders_each_service_by_its_nearest_door(filled):
    results = ask(filled, near=Near(*IN_GONNESA, 50.0), order="distance")
    assert numbers(results) == [2, 1, 3, 5]
    assert results.hits[1].distance_km == pytest.approx(7.42, abs=0.05)


@pytest.mark.parametrize("radius_km", [0.3, 2, 20, 60, 100])
def test_a_circle_of_any_size_holds_what_is_no_farther_than_its_radius(engine: SearchEngine, radius_km: float) -> None:
    turns = [(number, radius_km * number / 40, number * 2.4) for number in range(1, 61)]
    doors = {number: (39.31 + far / 111.2 * sin(turn), 8.53 + far / 86 * cos(turn)) for number, far, turn in turns}
    rows = [
        row for number, point in doors.items() for row in service(number, f"Porta {number}", place(number, "", point))
    ]
    engine.apply([], rows, START)
    distances = sorted((distance_km(39.31, 8.53, *point), number) for number, point in doors.items())
    within = [number for distance, number in distances if distance <= radius_km]
    found = ask(engine, near=Near(39.31, 8.53, radius_km), order="distance", size=100)
    assert (numbers(found), found.total) == (within, len(within))
    assert 30 < len(within) < 50


def test_equal_scores_are_ordered_by_id_across_batches(engine):
    for number in reversed(range(1, 12)):
        engine.apply([], service(number, "Sportello"), replace(START, seq=100 - number))
    assert numbers(ask(engine, "sportello")) == list(range(1, 12))


def test_a_batch_replaces_the_services_it_brings_and_drops_those_gone(filled):
    filled.apply([UUID(int=1)], service(2, "Punto d'ascolto", place(2, MUSEI)), Cursor("epoch1", 7))
    assert numbers(ask(filled, "mensa")) == []
    assert [hit.place and hit.place.int for hit in ask(filled, filters={"comune": MUSEI}).hits] == [
        900_006,
        900_005,
        900_002,
    ]
    assert filled.state().position == Cursor("epoch1", 7)
    assert ask(filled).total == 4


def test_a_batch_applied_twice_is_applied_once(filled):
    before = filled.state()
    filled.apply([UUID(int=1)], service(1, "Mensa"), before.position)
    filled.apply([UUID(int=1)], service(1, "Mensa"), before.position)
    assert (filled.state(), ask(filled).total) == (before, 5)


def test_a_rebuild_replaces_everything_at_once(filled):
    assert filled.rebuild(service(9, "Emporio"), Cursor("epoch2", 3), UNTIL + timedelta(days=1)) == 1
    assert numbers(ask(filled)) == [9]
    state = filled.state()
    assert (state.position, state.rows, state.open_until) == (Cursor("epoch2", 3), 1, UNTIL + timedelta(days=1))
    filled.apply([], service(10, "Emporio due"), Cursor("epoch2", 4))
    assert (filled.state().position, filled.state().built) == (Cursor("epoch2", 4), 3)
    assert numbers(ask(filled)) == [9, 10]


def test_the_index_tells_its_services_and_what_they_were_made_with(filled):
    assert filled.checksums() == {UUID(int=number): f"{number:032x}" for number in range(1, 6)}
    assert filled.using([SLEEP]) == {UUID(int=3), UUID(int=4)}
    assert filled.using([]) == set()


def test_the_index_tells_the_words_it_knows(filled):
    assert filled.known(analysis.words("mensa dormitrio", "it"), {}) == [True, False]
    assert {"mensa", "dormitorio", "docce"} <= set(filled.vocabulary())


def test_a_word_that_no_row_has_any_more_is_unknown(filled):
    assert filled.spelled(["mensa", "dormitorio", "dormitrio"], {}) == {"mensa", "dormitorio"}
    filled.apply([UUID(int=1), UUID(int=2)], [], START)
    assert filled.known(analysis.words("mensa dormitorio", "it"), {}) == [False, True]
    assert filled.spelled(["mensa", "dormitorio"], {}) == {"dormitorio"}
    assert filled.spelled([], {}) == set()
    assert "mensa" not in filled.vocabulary()


@pytest.mark.parametrize("text", ['"((*:?', "name:mensa^9", "' OR 1=1 --", "😀", "x" * 4000, "a " * 2000])
def test_no_text_is_a_syntax(filled, text):
    assert ask(filled, text).total in (0, 1, 2, 5)


def test_hits_say_what_of_the_wanted_they_have(filled: SearchEngine) -> None:
    wanted = Wanted(analysis.words("mensa caritas", "it"), needs={EAT: 0.6, SLEEP: 0.3}, targets=frozenset({WOMEN}))
    found = {hit.service.int: hit for hit in filled.find(SearchQuery(), wanted).hits}
    assert {number: hit.needs for number, hit in found.items()} == {1: {EAT}, 2: {EAT}, 3: {SLEEP}, 4: {SLEEP}}
    assert [number for number, hit in found.items() if hit.named] == [1]
    assert [number for number, hit in found.items() if hit.suits] == [2]
    assert sorted(number for number, hit in found.items() if not hit.active) == [4]
    assert found[1].score > found[2].score > found[3].score == 0


@pytest.mark.parametrize("order", ["relevance", "distance", "name"])
@pytest.mark.parametrize("text", ["", "mensa caritas"])
def test_the_hits_can_be_had_without_the_counts(filled: SearchEngine, text: str, order: str) -> None:
    near = Near(*IN_GONNESA, 50.0)
    query = SearchQuery(near=near, order=order, size=3)  # type: ignore[arg-type]  # one of the orders
    wanted = Wanted(analysis.words(text, "it"), needs={SLEEP: 0.3} if text else {})
    found = filled.hits(query, wanted)
    assert found == filled.find(query, wanted).hits
    assert found


def test_hits_carry_the_day_of_the_last_check_and_what_is_known_to_be_free(engine: SearchEngine) -> None:
    rows = [*service(1, "Mensa"), *service(2, "Mensa", place(1, IGLESIAS), place(2, GONNESA))]
    rows = [rows[0], *(replace(row, assured=20_000, free_until=29_000_000, full_until=29_000_001) for row in rows[1:])]
    engine.apply([], rows, START)
    for query in (SearchQuery(), SearchQuery(filters={"comune": frozenset({GONNESA})})):
        found = {hit.service.int: hit for hit in engine.find(query, Wanted(analysis.words("mensa", "it"))).hits}
        assert (found[2].assured, found[2].free_until, found[2].full_until) == (20_000, 29_000_000, 29_000_001)
    (unknown,) = engine.find(SearchQuery(text="x"), Wanted(analysis.words("mensa", "it"))).hits[:1]
    assert (unknown.service.int, unknown.assured, unknown.free_until, unknown.full_until) == (1, None, None, None)


@pytest.mark.parametrize(("minute", "openers"), [(NOON, {1, 2}), (EVENING, {2, 3})])
def test_hits_say_whether_any_of_their_places_is_open(
    filled: SearchEngine, minute: datetime, openers: set[int]
) -> None:
    found = filled.find(SearchQuery(), Wanted(needs={EAT: 0.5, SLEEP: 0.5}, open_at=minute))
    assert {hit.service.int for hit in found.hits if hit.open} == openers


def test_a_need_is_met_without_any_of_the_words_and_words_without_the_need(filled: SearchEngine) -> None:
    wanted = Wanted(analysis.words("centralino", "it"), needs={EAT: 0.9})
    assert set(numbers(filled.find(SearchQuery(), wanted))) == {1, 2, 4}


def test_a_part_of_a_day_is_asked_for_as_a_minute_is(filled: SearchEngine) -> None:
    morning, night = DayPart(NOON.date(), "morning"), DayPart(NOON.date(), "night")
    assert set(numbers(ask(filled, open_at=morning))) == {1, 2}
    assert set(numbers(ask(filled, open_at=night))) == {2, 3}
    assert numbers(ask(filled, open_at=DayPart(NOON.date() + timedelta(days=1)))) == []


def called(engine: SearchEngine, text: str, most: int = 10, **filters: str) -> list[int]:
    asked = {name: frozenset({value}) for name, value in filters.items()}
    return [found.int for found in engine.calling(name_tokens(text), asked, most)]


def test_a_name_is_completed_from_the_beginning_of_a_word_in_the_order_of_names(filled):
    assert called(filled, "soc") == called(filled, "SÓC") == [4, 2]
    assert called(filled, "soc", most=1) == [4]
    assert called(filled, "ociale") == []


def test_of_several_words_all_but_the_last_are_whole(filled):
    assert called(filled, "punto so") == called(filled, "sociale pun") == [2]
    assert called(filled, "pun sociale") == []


def test_names_are_completed_within_the_filters(filled):
    assert called(filled, "soc", need=SLEEP) == [4]
    assert called(filled, "soc", need=SLEEP, status="active") == []
    assert called(filled, "soc", territory="elsewhere") == []


def test_names_are_completed_where_any_door_meets_the_filter(filled):
    assert called(filled, "soc", comune=GONNESA) == [4, 2]
    assert called(filled, "pun", comune=MUSEI) == []
    assert called(filled, "pun", accessibility=STEP_FREE) == [2]


def test_a_service_of_many_doors_is_named_once(filled):
    assert called(filled, "punto") == [2]


def test_chinese_names_are_completed_from_any_character(engine):
    engine.apply([], [*service(1, "食物银行"), *service(2, "住宿中心")], START)
    assert called(engine, "食") == called(engine, "食物") == called(engine, "银行") == [1]
    assert called(engine, "宿") == [2]
    assert called(engine, "食宿") == []


def test_arabic_names_are_completed_with_their_article_and_without(engine):
    engine.apply([], [*service(1, "مطعم الخير"), *service(2, "دعم الأسرة")], START)
    assert called(engine, "الخ") == called(engine, "خير") == called(engine, "الخير") == [1]
    assert called(engine, "الدعم") == called(engine, "دع") == [2]


def test_a_beginning_of_very_many_words_leaves_no_name_out(engine):
    rare = service(5000, "Sportello d9", need=EAT)
    many = [row for number in range(1, 1101) for row in service(number, f"Centro d{number:04}x d{number:04}y")]
    engine.apply([], [*many, *rare], START)
    assert called(engine, "sportello d") == [5000]


def test_what_is_gone_is_called_no_more(filled):
    filled.apply([UUID(int=4)], service(2, "Punto d'ascolto"), START)
    assert called(filled, "soc") == []
    assert called(filled, "asc") == [2]


@pytest.mark.parametrize("text", ["x" * 4000, "a " * 2000, "Ω", "d' l'", "ا", "ল"])
def test_any_beginning_is_answered(filled, text):
    assert called(filled, text) in ([], [2])
