"""Custom attributes in both engines: facets that people define."""

import pytest

from search.engine import Results, SearchEngine, SearchQuery, Wanted
from search.facets import FACETS
from search.naming import name_tokens
from tests.search.cast import EAT, GONNESA, IGLESIAS, MUSEI, NOON, SLEEP, START, dinner, lunch, place, service
from tests.search.test_engines import ask, numbers


@pytest.fixture
def attributed(engine: SearchEngine) -> SearchEngine:
    """Three services with custom attributes, one of them of two doors."""
    rows = [
        *service(1, "Mensa", place(1, IGLESIAS, opens=lunch()), attribute=("food=halal", "lockers=yes"), need=EAT),
        *service(
            2,
            "Centro diurno",
            place(2, IGLESIAS, opens=dinner()),
            place(3, GONNESA, opens=lunch()),
            attribute=("food=halal", "food=vegan", "lockers=no"),
        ),
        *service(3, "Dormitorio", place(4, MUSEI), attribute=("locker=yes", "lockers=yes"), need=SLEEP),
        *service(4, "Sportello"),
    ]
    engine.apply([], rows, START)
    return engine


def attributes(results: Results) -> dict[str, tuple[tuple[str, int], ...]]:
    return {name: counts for name, counts in results.facets.items() if name not in FACETS}


def test_custom_attributes_are_facets_by_their_keys(attributed: SearchEngine) -> None:
    assert attributes(ask(attributed)) == {
        "attribute.food": (("halal", 2), ("vegan", 1)),
        "attribute.locker": (("yes", 1),),
        "attribute.lockers": (("yes", 2), ("no", 1)),
    }
    assert numbers(ask(attributed, filters={"attribute.lockers": "yes"})) == [3, 1]
    assert numbers(ask(attributed, filters={"attribute.locker": "yes"})) == [3]
    assert ask(attributed, filters={"attribute.food": "kosher"}).total == 0
    assert ask(attributed, filters={"attribute.absent": "yes"}).total == 0


def test_values_of_an_attribute_are_alternatives_and_attributes_hold_together(attributed: SearchEngine) -> None:
    either = {"attribute.lockers": frozenset({"yes", "no"}), "attribute.food": frozenset({"vegan", "halal"})}
    assert set(numbers(attributed.find(SearchQuery(filters=either), Wanted()))) == {1, 2}
    assert numbers(ask(attributed, filters={"attribute.lockers": "yes", "attribute.food": "halal"})) == [1]
    assert numbers(ask(attributed, "mensa", filters={"attribute.lockers": "yes"})) == [1]


def test_an_attribute_is_counted_as_if_it_had_no_filter(attributed: SearchEngine) -> None:
    results = ask(attributed, filters={"attribute.lockers": "yes", "attribute.food": "vegan"})
    assert results.total == 0
    assert attributes(results) == {"attribute.lockers": (("no", 1),), "attribute.food": (("halal", 1),)}
    filtered = ask(attributed, filters={"attribute.lockers": "yes"}).facets
    assert filtered["need"] == ((EAT, 1), (SLEEP, 1))
    assert filtered["attribute.lockers"] == (("yes", 2), ("no", 1))
    assert filtered["attribute.locker"] == (("yes", 1),)


def test_attributes_count_services_under_conditions_of_place(attributed: SearchEngine) -> None:
    at_noon = ask(attributed, open_at=NOON)
    assert attributes(at_noon) == {
        "attribute.food": (("halal", 2), ("vegan", 1)),
        "attribute.lockers": (("no", 1), ("yes", 1)),
    }
    in_gonnesa = ask(attributed, filters={"comune": GONNESA, "attribute.lockers": "yes"})
    assert in_gonnesa.total == 0
    assert in_gonnesa.facets["attribute.lockers"] == (("no", 1),)
    assert in_gonnesa.facets["comune"] == ((IGLESIAS, 1), (MUSEI, 1))


def test_names_are_completed_within_an_attribute(attributed: SearchEngine) -> None:
    lockers = {"attribute.lockers": frozenset({"no"})}
    assert [found.int for found in attributed.calling(name_tokens("cen"), lockers, 5)] == [2]
    assert attributed.calling(name_tokens("men"), lockers, 5) == []
