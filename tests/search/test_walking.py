"""What is within reach of somebody on foot, and how many minutes it takes."""

import pytest

from search.answer import Answer
from search.engine import Near, SearchQuery
from search.query import search
from search.walking import REACH_KM, minutes_on_foot
from services_catalog import models
from tests.factories import ComuneFactory, TerritoryFactory
from tests.search.cast import GONNESA, IGLESIAS, START, place, service

CENTRE = (39.3103, 8.5371)
"""Iglesias, as the Istat's file has it, nearly."""
NEXT_DOOR, ACROSS_TOWN, NEXT_TOWN = (39.3110, 8.5380), (39.3350, 8.5371), (39.2659, 8.4727)


def test_half_an_hour_is_within_reach() -> None:
    assert pytest.approx(1.73, abs=0.01) == REACH_KM
    assert minutes_on_foot(REACH_KM) == 30


@pytest.mark.parametrize(
    ("km", "minutes"), [(None, None), (0.0, 1), (0.1, 2), (1.0, 18), (3.46, 60), (3.5, None), (20000.0, None)]
)
def test_minutes_are_told_up_to_an_hour(km: float | None, minutes: int | None) -> None:
    assert minutes_on_foot(km) == minutes


@pytest.fixture
def ask(db, engine, monkeypatch):
    """Asks of three canteens, one next door, one across town, one in the next town."""
    territory = TerritoryFactory()
    for comune in (ComuneFactory(), ComuneFactory(code=GONNESA, name="Gonnesa")):
        models.TerritoryComune.objects.create(territory=territory, comune=comune)
    rows = [
        *service(1, "Mensa", place(1, IGLESIAS, NEXT_DOOR)),
        *service(2, "Mensa Miniera", place(2, IGLESIAS, ACROSS_TOWN)),
        *service(3, "Mensa", place(3, GONNESA, NEXT_TOWN)),
    ]
    engine.apply([], rows, START)
    monkeypatch.setattr("search.query.get_engine", lambda _audience: engine)

    def asked(text: str = "", **more) -> tuple[list[int], Answer]:
        found = search(SearchQuery(text=text, **more))
        return sorted(hit.service.int for hit in found.hits), found

    return asked


HERE = Near(*CENTRE, 30.0)


def test_who_walks_from_a_point_sees_what_is_within_reach(ask) -> None:
    assert ask("mensa", near=HERE)[0] == [1, 2, 3]
    numbers, found = ask("mensa", near=HERE, on_foot=True)
    assert (numbers, found.query.on_foot, found.query.near.radius_km) == ([1], True, REACH_KM)


def test_a_smaller_radius_stays(ask) -> None:
    assert ask(near=Near(*CENTRE, 0.05), on_foot=True)[0] == []


def test_words_say_it_too_where_a_point_is_known(ask) -> None:
    numbers, found = ask("mensa, sono a piedi", near=HERE)
    assert (numbers, found.understood.on_foot) == ([1], True)
    assert [(one.kind, one.said) for one in found.understood.read] == [("on_foot", "sono a piedi")]


def test_of_a_comune_that_is_named_it_means_from_its_centre(ask) -> None:
    numbers, found = ask("mensa a Iglesias a piedi")
    assert (numbers, found.query.on_foot, "comune" in found.query.filters) == ([1], True, False)
    assert ask("mensa a Iglesias", on_foot=True)[0] == [1]


def test_it_can_be_taken_literally(ask) -> None:
    found = ask("mensa a Iglesias a piedi", literally=frozenset({"on_foot"}))[1]
    assert (found.understood.on_foot, found.query.on_foot) == (False, False)


@pytest.mark.parametrize("text", ["mensa a piedi", "mensa non ho la macchina"])
def test_without_a_place_it_changes_nothing(ask, text: str) -> None:
    found = ask(text)[1]
    assert (found.understood.on_foot, found.understood.read, found.query.near) == (False, (), None)
    assert ask("mensa", on_foot=True)[1].query == ask("mensa")[1].query


def test_a_postcode_of_several_comuni_is_no_place_to_walk_from(ask, monkeypatch) -> None:
    monkeypatch.setattr("search.gazetteer.comuni_of_postcode", lambda _code: [IGLESIAS, GONNESA])
    from search import gazetteer

    gazetteer._read.cache_clear()
    found = ask("mensa 09010 a piedi")[1]
    gazetteer._read.cache_clear()
    assert (found.understood.on_foot, found.understood.near) == (False, True)


def test_what_only_words_said_is_let_go_first_and_what_was_chosen_never(ask) -> None:
    numbers, found = ask("mensa miniera a Iglesias a piedi")
    assert (numbers, found.relaxed) == ([2], ("on_foot",))
    numbers, found = ask("mensa miniera a Iglesias", on_foot=True)
    assert (numbers, found.relaxed) == ([1], ("words",))


def test_who_asks_to_be_brought_is_not_taken_to_walk(ask, monkeypatch) -> None:
    from search.needs.meant import Meant
    from services_catalog.data.reference import term_id

    ride = Meant(likely={str(term_id("need", "taxi")): 0.8})
    monkeypatch.setattr("search.query.meant", lambda _text: ride)
    assert not ask("non ho la macchina a Iglesias")[1].understood.on_foot
