"""From what a person types to what they are told."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from search import query as asking
from search import spelling
from search.answer import Correction
from search.engine import Near, SearchEngine, SearchQuery
from search.needs.meant import Meant
from search.opening import DayPart
from search.query import search
from services_catalog import models
from services_catalog.opening_hours.clock import wall_time
from tests.factories import ComuneFactory, TerritoryFactory
from tests.search.cast import EAT, GONNESA, IGLESIAS, START, place, service


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


def test_a_word_that_people_say_is_no_slip_though_no_service_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("dormitrio")[1].corrections == (Correction("dormitrio", "dormitorio"),)
    monkeypatch.setattr(spelling, "is_said", lambda word: word == "dormitrio")
    assert ask("dormitrio")[1].corrections == ()


def test_what_is_sure_and_said_word_for_word_holds_no_slip(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.apply([], [*service(8, "Corso d'italiano"), *service(9, "Pronto intervento", need=EAT)], START)
    for said, corrections in ((False, (Correction("corsu", "corso"),)), (True, ())):
        sure = Meant(likely={EAT: 0.97}, sure=True, said=said)
        monkeypatch.setattr(asking, "meant", lambda _text, sure=sure: sure)
        assert ask("corsu")[1].corrections == corrections
    assert ask("corsu")[0] == [9]


def test_a_greeting_is_not_taken_for_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "meant", lambda _text: Meant(confident=False, out_of_scope=True))
    assert not ask("ciao")[1].confident
    assert ask("mensa")[1].confident


def test_a_name_is_not_met_by_three_letters_of_a_longer_word(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.apply([], [*service(8, "Emporio La Madia"), *service(9, "Pronto intervento", need=EAT)], START)
    monkeypatch.setattr(asking, "meant", lambda _text: Meant(likely={EAT: 0.97}, sure=True, said=True))
    assert ask("madad", language="ur")[0] == [9, 8]
    assert ask("madia")[0] == [8, 9]


def test_a_slip_in_a_word_of_time_is_corrected_and_the_time_read() -> None:
    found = ask("mensa domenca")[1]
    assert found.corrections == (Correction("domenca", "domenica"),)
    assert isinstance(found.understood.moment, DayPart)
    assert found.understood.moment.day.weekday() == 6
    assert ask("mensa domenca", language="en")[1].corrections == (), (
        "a word of time in another language than the page's"
    )


@pytest.fixture
def sulcis() -> None:
    """A territory of two comuni."""
    territory = TerritoryFactory()
    for code, name in ((IGLESIAS, "Iglesias"), (GONNESA, "Gonnesa")):
        models.TerritoryComune.objects.create(territory=territory, comune=ComuneFactory(code=code, name=name))


@pytest.mark.usefixtures("sulcis")
def test_a_slip_in_the_name_of_a_place_is_corrected_and_the_place_read() -> None:
    found = ask("dormitorio a gonesa")[1]
    assert found.corrections == (Correction("gonesa", "gonnesa"),)
    assert (found.understood.place and found.understood.place.code) == GONNESA


@pytest.mark.usefixtures("sulcis")
def test_a_comune_chosen_by_hand_stands_for_the_one_that_is_named(engine: SearchEngine) -> None:
    engine.apply(
        [], [*service(6, "Mensa di Gonnesa", place(6, GONNESA)), *service(1, "Mensa", place(1, IGLESIAS))], START
    )
    found = ask("mensa a Gonnesa")[1]
    counted = dict(found.facets["comune"])
    for comune in (GONNESA, IGLESIAS):
        chosen = ask("mensa a Gonnesa", filters={"comune": frozenset({comune})})[1]
        assert (chosen.total, chosen.understood.place, chosen.relaxed) == (counted[comune], None, ())


@pytest.mark.usefixtures("sulcis")
def test_a_point_chosen_by_hand_stays_where_a_comune_is_named(engine: SearchEngine) -> None:
    here, there = Near(39.3103, 8.5371, 5.0), (39.2659, 8.4727)
    doors = [
        *service(6, "Mensa di Gonnesa", place(6, GONNESA, there)),
        *service(7, "Mensa di Iglesias", place(7, IGLESIAS, (39.3103, 8.5371))),
    ]
    engine.apply([], doors, START)
    assert ask("mensa a Gonnesa", near=replace(here, radius_km=50.0))[0] == [6]
    numbers, found = ask("mensa a Gonnesa", near=here)
    assert (numbers, found.relaxed, found.query.near) == ([7], ("place",), here)


@pytest.mark.usefixtures("sulcis")
def test_what_serves_a_comune_is_near_it_though_nobody_knows_its_door(engine: SearchEngine) -> None:
    engine.apply([], service(6, "Unità di strada", need=EAT, served=GONNESA), START)
    numbers, found = ask("strada vicino a Gonnesa")
    assert (numbers, found.relaxed) == ([6], ())


def test_closed_showers_answer_who_is_sure_to_want_them_better_than_an_open_shelter(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelter = service(6, "Dormitorio", place(6, IGLESIAS, opens=_tomorrow()), prose="docce", status="active")
    showers = service(7, "Bagni comunali", place(7, IGLESIAS), prose="docce", need=EAT, status="active")
    engine.apply([], [*shelter, *showers], START)
    assert ask("docce domani")[0] == [6]
    monkeypatch.setattr(asking, "meant", lambda _text: Meant(likely={EAT: 0.97}, sure=True))
    numbers, found = ask("docce domani")
    assert (numbers[0], found.relaxed) == (7, ("time",))


def _tomorrow() -> tuple[tuple[datetime, datetime], ...]:
    """Open for most of it."""
    now = timezone.now()
    start = DayPart(wall_time(now).date() + timedelta(days=1), "day").interval()[0]
    return ((start + timedelta(hours=4), start + timedelta(hours=12)),)
