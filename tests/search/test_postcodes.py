"""Postcodes are learnt from the public's places, as they are at the minute of the question."""

from uuid import UUID

import pytest

from search import query as asking
from search.engine import SearchQuery
from search.gazetteer import gazetteer
from search.query import search
from services_catalog import models
from services_catalog.choices import Audience
from tests.factories import ComuneFactory, LocationFactory, RefugeFactory, TerritoryFactory
from tests.search.cast import IGLESIAS, START, place, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambito() -> models.Territory:
    """A territory of two comuni."""
    found: models.Territory = TerritoryFactory()
    for comune in (ComuneFactory(), ComuneFactory(code="E086", name="Gonnesa")):
        models.TerritoryComune.objects.create(territory=found, comune=comune)
    return found


def code_of(postcode: str, audience: str = "public") -> str | None:
    found = gazetteer(audience).at_postcode(postcode)
    return found.code if found else None


def test_a_postcode_is_that_of_the_places_that_bear_it(ambito: models.Territory) -> None:
    assert code_of("09016") is None
    door = LocationFactory(postal_code="09016")
    assert code_of("09016") == IGLESIAS
    found = gazetteer("public").at_postcode("09016")
    assert found is not None
    assert (found.name, found.ours) == ("Iglesias", True)
    door.postal_code = "09015"
    door.save()
    assert (code_of("09016"), code_of("09015")) == (None, IGLESIAS)


def test_a_postcode_of_places_in_several_comuni_is_none_of_them(ambito: models.Territory) -> None:
    LocationFactory(postal_code="09010")
    LocationFactory(postal_code="09010", comune=models.Comune.objects.get(code="E086"))
    assert code_of("09010") == ""


@pytest.mark.parametrize("audience", [Audience.OPERATOR, Audience.SEALED])
@pytest.mark.parametrize("reader", ["public", "operator"])
def test_a_place_that_the_public_does_not_see_teaches_no_postcode(
    ambito: models.Territory, audience: Audience, reader: str
) -> None:
    LocationFactory(postal_code="09777", audience=audience)
    RefugeFactory(location=LocationFactory(postal_code="09778", audience=Audience.SEALED))
    assert [code_of(postcode, reader) for postcode in ("09777", "09778")] == [None, None]


def test_a_place_hidden_a_moment_ago_is_not_told_by_its_postcode(ambito: models.Territory) -> None:
    door = LocationFactory(postal_code="09777")
    assert code_of("09777") == IGLESIAS
    door.audience = Audience.SEALED
    door.save()
    assert code_of("09777") is None


@pytest.fixture
def numbers(ambito: models.Territory, engine, monkeypatch):
    """Asks; answers with the services found, as numbers, and the answer."""
    rows = [*service(1, "Mensa", place(1, IGLESIAS)), *service(2, "Mensa", place(2, "E086"))]
    engine.apply([], rows, START)
    monkeypatch.setattr(asking, "get_engine", lambda _audience: engine)

    def ask(text: str):
        found = search(SearchQuery(text=text))
        return [UUID(str(hit.service)).int for hit in found.hits], found

    return ask


def test_a_question_with_a_known_postcode_is_one_of_its_comune(numbers) -> None:
    LocationFactory(postal_code="09016")
    assert numbers("mensa 09016")[0] == [1]
    found, answer = numbers("mensa 09999")
    assert (found, answer.understood.place, answer.corrections) == ([1, 2], None, ())
    assert "words" in answer.relaxed


def test_only_a_question_with_five_digits_asks_for_postcodes(numbers, django_assert_num_queries) -> None:
    numbers("mensa")
    with django_assert_num_queries(2):  # the words, the places
        numbers("mensa")
    with django_assert_num_queries(3):
        numbers("mensa 09016")
