"""What begins as somebody types, as its reader may see it."""

from collections.abc import Callable
from unittest.mock import patch

import pytest

from search import suggesting
from search.engine import EngineDown
from services_catalog import models
from services_catalog.choices import Audience
from tests.api.conftest import Read, World
from tests.factories import ComuneFactory, RefugeFactory, ServiceFactory, TerritoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SUGGESTIONS = "/api/v1/suggestions"


@pytest.fixture
def towns(world: World) -> models.Territory:
    """Iglesias is Sulcis'; Sondrio, where a shelter is, is another territory's."""
    models.TerritoryComune.objects.create(territory=world.territory, comune=ComuneFactory())
    sondrio: models.Territory = TerritoryFactory(slug="sondrio", name_it="Sondrio")
    models.TerritoryComune.objects.create(territory=sondrio, comune=ComuneFactory(code="I829", name="Sondrio"))
    ServiceFactory(territory=sondrio, name_it="Dormitorio di Sondrio", name_en=None)
    return sondrio


def texts(answer: Read) -> list[str]:
    assert answer.status == 200, answer.json
    return [one["text"] for one in answer.json["contents"]]


def test_a_beginning_is_answered_with_what_it_leads_to(
    world: World, towns: models.Territory, read: Callable[..., Read], index: Callable[[], None]
):
    index()
    found = {q: read(f"{SUGGESTIONS}?q={q}").json["contents"] for q in ("mang", "igl", "mensa", "عشاء")}

    assert found["mang"] == [{"kind": "need", "text": "Mangiare", "key": str(world.term.pk)}]
    assert found["igl"] == [{"kind": "place", "text": "Iglesias", "key": "E281"}]
    assert found["mensa"] == [{"kind": "service", "text": "Mensa di via Roma", "key": str(world.service.pk)}]
    assert found["عشاء"] == []


def test_an_answer_is_kept_by_no_cache_and_costs_three_queries(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    index()
    read(f"{SUGGESTIONS}?q=mensa")
    answer = read(f"{SUGGESTIONS}?q=mensa&language=en")

    assert len(answer.queries) == 3
    assert answer.response["Cache-Control"] == "private, no-store"
    assert answer.response["Content-Language"] == "en"
    assert answer.response["Access-Control-Allow-Origin"] == "*"


def test_places_and_services_are_those_of_the_territory_asked_about(
    world: World, towns: models.Territory, read: Callable[..., Read], index: Callable[[], None]
):
    index()

    assert texts(read(f"{SUGGESTIONS}?q=sond")) == ["Sondrio", "Dormitorio di Sondrio"]
    assert texts(read(f"{SUGGESTIONS}?q=sond&territory=sulcis")) == []
    assert texts(read(f"{SUGGESTIONS}?q=sond&territory=sulcis&territory=sondrio")) == [
        "Sondrio",
        "Dormitorio di Sondrio",
    ]


def test_a_key_shows_what_operators_read_and_costs_one_query_more(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]], index: Callable[[], None]
):
    ServiceFactory(name_it="Reperibilità", name_en=None, audience=Audience.OPERATOR)
    RefugeFactory(name_it="Casa rifugio", name_en=None)
    index()
    headers = key()
    read(f"{SUGGESTIONS}?q=reper", headers=headers)

    assert texts(read(f"{SUGGESTIONS}?q=reper")) == []
    answer = read(f"{SUGGESTIONS}?q=reper", headers=headers)
    assert (texts(answer), len(answer.queries)) == (["Reperibilità"], 4)
    assert texts(read(f"{SUGGESTIONS}?q=casa+rif")) == []
    assert read(f"{SUGGESTIONS}?q=reper", headers={"authorization": "Bearer wrong"}).status == 401


def test_a_key_of_one_territory_is_suggested_that_one_alone(
    world: World,
    towns: models.Territory,
    read: Callable[..., Read],
    key: Callable[..., dict[str, str]],
    index: Callable[[], None],
):
    index()
    headers = key(territory=towns)

    assert texts(read(f"{SUGGESTIONS}?q=sond", headers=headers)) == ["Sondrio", "Dormitorio di Sondrio"]
    assert texts(read(f"{SUGGESTIONS}?q=igl", headers=headers)) == []
    assert texts(read(f"{SUGGESTIONS}?q=mensa", headers=headers)) == []
    assert texts(read(f"{SUGGESTIONS}?q=mensa&territory=sulcis", headers=headers)) == []


def test_while_search_rests_needs_and_places_come(
    world: World, towns: models.Territory, read: Callable[..., Read], index: Callable[[], None]
):
    index()
    with patch.object(suggesting, "get_engine", side_effect=EngineDown("connection refused")):
        assert texts(read(f"{SUGGESTIONS}?q=igl")) == ["Iglesias"]
        assert texts(read(f"{SUGGESTIONS}?q=mang")) == ["Mangiare"]
        assert texts(read(f"{SUGGESTIONS}?q=mensa")) == []
