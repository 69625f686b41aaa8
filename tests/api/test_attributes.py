"""Custom attributes: their definitions, and services found by them."""

from collections.abc import Callable
from typing import Any

import pytest

from services_catalog import models
from services_catalog.choices import AttributeType, Audience
from tests.api.conftest import Read, World
from tests.factories import AttributeFactory, LocationFactory, ServiceFactory, TerritoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

V1 = "/api/v1"


@pytest.fixture
def food(world: World) -> Any:
    """Another attribute, of several choices, which the canteen and a shelter state."""
    made = AttributeFactory(key="food", type=AttributeType.SEVERAL, name_en="Food", choices=["halal", "vegan"])
    world.service.attributes = {"lockers": True, "food": ["halal", "vegan"]}
    world.service.save()
    ServiceFactory(name_it="Dormitorio", attributes={"lockers": False, "food": ["halal"]})
    return made


def test_definitions_are_listed_with_labels(read: Callable[..., Read], food: Any) -> None:
    listed = {one["key"]: one for one in read(f"{V1}/attributes?language=en").json["contents"]}
    assert set(listed) == {"food", "lockers"}
    assert listed["food"]["name"] == "Food"
    assert listed["food"]["choices"][0] == {"key": "halal", "name": "halal in English"}
    assert read(f"{V1}/attributes/{food.pk}?language=all").json["name"]["en"] == "Food"


def test_services_hold_values_by_key(world: World, read: Callable[..., Read], food: Any) -> None:
    held = read(f"{V1}/services/{world.service.pk}").json["attributes"]
    assert held == {"lockers": True, "food": ["halal", "vegan"]}


@pytest.mark.parametrize("search", ["", "&order=name"])
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("attribute.lockers=yes", ["Mensa di via Roma"]),
        ("attribute.lockers=no", ["Dormitorio"]),
        ("attribute.lockers=yes&attribute.lockers=no", ["Dormitorio", "Mensa di via Roma"]),
        ("attribute.food=halal", ["Dormitorio", "Mensa di via Roma"]),
        ("attribute.food=halal&attribute.lockers=no", ["Dormitorio"]),
        ("attribute.food=vegan&attribute.lockers=no", []),
    ],
)
def test_services_are_found_by_attributes_with_and_without_the_engine(
    read: Callable[..., Read], index: Callable[[], None], food: Any, search: str, asked: str, names: list[str]
) -> None:
    index()
    answer = read(f"{V1}/services?{asked}{search}")
    assert (answer.status, sorted(one["name"] for one in answer.json["contents"])) == (200, names)


def test_a_search_counts_services_by_attribute(read: Callable[..., Read], index: Callable[[], None], food: Any) -> None:
    index()
    facets = read(f"{V1}/services?order=name&attribute.lockers=yes").json["search"]["facets"]
    assert facets["attribute.lockers"] == [{"value": "no", "count": 1}, {"value": "yes", "count": 1}]
    assert facets["attribute.food"] == [{"value": "halal", "count": 1}, {"value": "vegan", "count": 1}]


@pytest.mark.parametrize("search", ["", "&order=name"])
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("attribute.boxes=yes", "There is no such parameter."),
        ("attribute.watched=yes", "There is no such parameter."),
        ("attribute.lockers=maybe", "One of: yes, no."),
        ("attribute.food=kosher", "One of: halal, vegan."),
        ("attribute=lockers", "There is no such parameter."),
    ],
)
def test_what_cannot_be_filtered_by_is_named(
    read: Callable[..., Read], food: Any, search: str, asked: str, message: str
) -> None:
    AttributeFactory(key="watched", audience=Audience.OPERATOR)
    answer = read(f"{V1}/services?{asked}{search}", {"accept-language": "en"})
    wrong = {"parameter": asked.partition("=")[0], "message": message}
    assert (answer.status, answer.json["errors"]) == (400, [wrong])
    assert read(f"{V1}/organizations?{asked}").status == 400


def test_what_is_for_operators_is_theirs(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]], index: Callable[[], None]
) -> None:
    secret = AttributeFactory(key="watched", name_it="Sorvegliato", audience=Audience.OPERATOR)
    world.service.attributes = {"watched": True}
    world.service.save()
    index()

    addresses = ("services", "services?order=name", f"services/{world.service.pk}", "attributes", "changes")
    for address in addresses:
        told = read(f"{V1}/{address}").response.content.decode()
        assert "atched" not in told, address
        assert "Sorvegliato" not in told, address
        assert str(secret.pk) not in told, address
    assert read(f"{V1}/attributes/{secret.pk}").status == 404

    piero = key()
    assert read(f"{V1}/attributes/{secret.pk}", piero).json["name"] == "Sorvegliato"
    for address in ("services?attribute.watched=yes", "services?attribute.watched=yes&order=name"):
        assert read(f"{V1}/{address}", piero).json["total_items"] == 1


@pytest.fixture
def far(world: World) -> Any:
    """An operators' attribute of another territory; the canteen's states it as one that is shared with it would."""
    elsewhere = TerritoryFactory(slug="altrove", name_it="Altrove")
    of = {"territory": elsewhere, "audience": Audience.OPERATOR, "type": AttributeType.ONE}
    far = AttributeFactory(key="far", name_it="Segnale", choices=["refuge", "desk"], **of)
    shared = ServiceFactory(name_it="Centro d'ascolto", territory=elsewhere, attributes={"far": "desk"})
    models.ServiceShare.objects.create(service=shared, territory=world.territory)
    return far


@pytest.mark.parametrize("search", ["", "&order=name"])
@pytest.mark.parametrize("value", ["desk", "anything"])
def test_an_attribute_of_another_territory_is_none_for_a_key_of_one(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]], far: Any, search: str, value: str
) -> None:
    asked = f"{V1}/services?attribute.far={value}{search}"
    answer = read(asked, {"accept-language": "en"} | key(territory=world.territory))
    unknown = {"parameter": "attribute.far", "message": "There is no such parameter."}
    assert (answer.status, answer.json["errors"]) == (400, [unknown])
    assert read(f"{V1}/attributes/{far.pk}", key(territory=world.territory)).status == 404


def test_keys_of_its_own_and_of_all_territories_filter_and_count_by_an_attribute(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]], index: Callable[[], None], far: Any
) -> None:
    index()
    for headers in (key(), key(territory=far.territory)):
        assert read(f"{V1}/services?attribute.far=desk", headers).json["total_items"] == 1
        facets = read(f"{V1}/services?order=name", headers).json["search"]["facets"]
        assert facets["attribute.far"] == [{"value": "desk", "count": 1}]
    own = key(territory=world.territory)
    assert read(f"{V1}/services?attribute.lockers=yes", own).json["total_items"] == 1
    facets = read(f"{V1}/services?order=name", own).json["search"]["facets"]
    assert "attribute.far" not in facets
    assert facets["attribute.lockers"] == [{"value": "yes", "count": 1}]


def test_what_names_a_protected_place_is_neither_counted_nor_filtered_by(
    world: World, read: Callable[..., Read], index: Callable[[], None], food: Any
) -> None:
    LocationFactory(street="Via del Segreto 7", audience=Audience.SEALED)
    food.choices.filter(key="vegan").update(name_it="In via del Segreto 7")
    models.Attribute.objects.filter(key="lockers").update(name_it="Armadietti di via del Segreto 7")
    index()
    facets = read(f"{V1}/services?order=name").json["search"]["facets"]
    assert "attribute.lockers" not in facets
    assert facets["attribute.food"] == [{"value": "halal", "count": 2}]
    assert read(f"{V1}/services?attribute.food=vegan").status == 400
    assert read(f"{V1}/services?attribute.lockers=yes").status == 400


def test_a_territory_has_its_own_attributes_and_everybodys(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]]
) -> None:
    elsewhere = TerritoryFactory(slug="altrove", name_it="Altrove")
    AttributeFactory(key="far", territory=elsewhere)
    AttributeFactory(key="own", territory=world.territory)

    def listed(query: str = "", headers: dict[str, str] | None = None) -> set[str]:
        return {one["key"] for one in read(f"{V1}/attributes{query}", headers).json["contents"]}

    assert listed() == {"far", "own", "lockers"}
    assert listed("?territory=altrove") == {"far", "lockers"}
    assert listed("?territory=atlantide") == {"lockers"}
    assert listed(headers=key(territory=world.territory)) == {"own", "lockers"}
    assert listed("?territory=altrove", headers=key(territory=world.territory)) == {"lockers"}
