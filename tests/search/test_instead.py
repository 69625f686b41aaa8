"""Who is refused by all that was found is told of the nearest service that takes them, and why."""

from uuid import UUID

import pytest
from django.utils import translation

from search import query as asking
from search.engine import Hit, Near, SearchQuery, get_engine
from search.indexing import Indexer
from search.query import search
from services_catalog import models
from services_catalog.choices import Answer as Stated
from services_catalog.choices import Audience, Dimension, Status, Strength, Value
from tests.factories import ComuneFactory, LocationFactory, ServiceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

IGLESIAS, GONNESA, MUSEI = (39.31, 8.53), (39.266, 8.473), (39.303, 8.664)
MAN = {"gender": frozenset({Value.MALE})}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def shelter(name: str, code: str, point: tuple[float, float], *genders: str, **stated) -> models.Service:
    """A shelter in a comune, for people of these genders alone; for everybody where there are none."""
    comune = models.Comune.objects.get(code=code)
    door = LocationFactory(comune=comune, latitude=point[0], longitude=point[1])
    found: models.Service = ServiceFactory(name_it=name, location=door, **stated)
    strength = Strength.EXCLUSIVE if genders else Strength.UNCONDITIONAL
    models.EligibilityRule.objects.create(
        service=found, dimension=Dimension.GENDER, values=list(genders), strength=strength
    )
    return found


@pytest.fixture
def ambito(installation: str) -> models.Territory:
    """A territory of three comuni; in Iglesias a shelter takes women alone."""
    territory: models.Territory = TerritoryFactory()
    for code, name in (("E281", "Iglesias"), ("E086", "Gonnesa"), ("F822", "Musei")):
        models.TerritoryComune.objects.create(territory=territory, comune=ComuneFactory(code=code, name=name))
    shelter("Dormitorio delle donne", "E281", IGLESIAS, Value.FEMALE)
    return territory


def ask(text: str = "dormitorio a Iglesias", **asked):
    for audience in (Audience.PUBLIC, Audience.OPERATOR):
        Indexer(audience).rebuild()
    return search(SearchQuery(text=text, **{"facts": MAN, **asked}))


def test_the_nearest_that_fits_is_named_with_its_reason(ambito: models.Territory) -> None:
    shelter("Dormitorio lontano", "F822", MUSEI)
    near = shelter("Dormitorio vicino", "E086", GONNESA, Value.FEMALE, Value.MALE)
    found = ask()
    assert found.total == 1
    assert found.instead is not None
    assert (found.instead.hit.service, found.instead.because()) == (near.pk, ["it accepts men too"])
    assert found.instead.hit.distance_km == pytest.approx(7, abs=1.5)


@pytest.mark.parametrize(
    "asked",
    [
        {"filters": {"comune": frozenset({"E281"})}, "text": "dormitorio"},
        {"near": Near(*IGLESIAS, 1.0), "text": "dormitorio"},
        {"near": Near(*IGLESIAS, 1.0), "text": "", "on_foot": True},
    ],
)
def test_a_place_chosen_by_hand_is_gone_beyond_too(ambito: models.Territory, asked) -> None:
    near = shelter("Dormitorio vicino", "E086", GONNESA)
    found = ask(**asked)
    assert [found.total, found.instead and found.instead.hit.service] == [1, near.pk]


def test_who_finds_one_that_fits_is_told_of_no_other(ambito: models.Territory, monkeypatch) -> None:
    shelter("Dormitorio di tutti", "E281", IGLESIAS)
    shelter("Dormitorio vicino", "E086", GONNESA)
    calls = counted(monkeypatch)
    assert ask().instead is None
    assert len(calls) == 1


def test_it_costs_one_call_of_the_engine(ambito: models.Territory, monkeypatch) -> None:
    shelter("Dormitorio vicino", "E086", GONNESA)
    calls = counted(monkeypatch)
    assert ask().instead
    assert len(calls) == 2
    assert ask(page=2).instead is None


def counted(monkeypatch):
    """What the engine is asked."""
    engine, calls = get_engine(Audience.PUBLIC), []

    class Counting:
        def __getattr__(self, name):
            return getattr(engine, name)

        def find(self, query, wanted):
            calls.append(query)
            return engine.find(query, wanted)

        def hits(self, query, wanted):
            calls.append(query)
            return engine.hits(query, wanted)

    monkeypatch.setattr(asking, "get_engine", lambda _audience: Counting())
    return calls


def test_without_facts_or_without_a_refusal_there_is_none(ambito: models.Territory) -> None:
    shelter("Dormitorio vicino", "E086", GONNESA)
    assert ask(facts={}).instead is None
    assert ask(facts={"age": frozenset({"40"})}).instead is None
    assert ask("mensa a Musei").instead is None


def test_other_words_farther_ones_hidden_ones_and_suspended_ones_are_none(ambito: models.Territory) -> None:
    shelter("Mensa vicina", "E086", GONNESA)
    shelter("Dormitorio di Torino", "E281", (45.07, 7.68))
    shelter("Dormitorio chiuso", "E086", GONNESA, status=Status.SUSPENDED)
    shelter("Dormitorio riservato", "E086", GONNESA, audience=Audience.OPERATOR)
    shelter("Dormitorio per donne", "E086", GONNESA, Value.FEMALE)
    assert ask().instead is None


def test_of_a_territory_any_distance_will_do(ambito: models.Territory) -> None:
    far = shelter("Dormitorio lontano", "F822", (39.8, 8.9))
    assert ask().instead is None
    found = ask(filters={"territory": frozenset({ambito.slug})})
    assert found.instead is not None
    assert found.instead.hit.service == far.pk


def test_animals_are_a_reason_too(ambito: models.Territory) -> None:
    models.Service.objects.get(name_it="Dormitorio delle donne").delete()
    shelter("Dormitorio senza cani", "E281", IGLESIAS, animals=Stated.NO)
    dogs = shelter("Dormitorio coi cani", "E086", GONNESA, animals=Stated.YES)
    found = ask(facts={"animals": frozenset({"yes"})})
    assert found.instead is not None
    assert (found.instead.hit.service, found.instead.because()) == (dogs.pk, ["animals may come in"])


def test_of_what_is_not_stated_it_only_says_that_it_fits(ambito: models.Territory) -> None:
    other = shelter("Dormitorio vicino", "E086", GONNESA)
    rule = models.EligibilityRule.objects.get(service=other)
    rule.dimension = Dimension.AGE
    rule.save()
    found = ask()
    assert found.instead is not None
    assert found.instead.because() == ["it fits what you told"]


def test_a_hit_is_compared_by_its_distance() -> None:
    from search.instead import nearest_first

    hits = [Hit(UUID(int=1), None, 9.0), Hit(UUID(int=2), None, 1.0, 5.0), Hit(UUID(int=3), None, 1.0, 2.0)]
    assert [hit.service.int for hit in nearest_first(hits)] == [3, 2, 1]
