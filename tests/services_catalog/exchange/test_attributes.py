"""Custom attributes in exports and imports."""

from typing import Any
from uuid import uuid4

import orjson
import pytest

from services_catalog import models
from services_catalog.attributes import Definition
from services_catalog.choices import AttributeType, Audience
from services_catalog.exchange.attributes import unfit, with_what_is_kept
from services_catalog.exchange.lines import ImportRefused
from services_catalog.publication.transaction import publishing
from tests.factories import AttributeFactory, LocationFactory, ServiceFactory, TerritoryFactory
from tests.services_catalog.exchange.conftest import exported, imported, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def canteen() -> models.Service:
    """With lockers, two kinds of food, a door code for operators, and something nobody has defined."""
    territory = TerritoryFactory()
    AttributeFactory(territory=territory)
    AttributeFactory(key="food", type=AttributeType.SEVERAL, choices=["halal", "vegan"])
    AttributeFactory(
        key="code", type=AttributeType.TEXT, filterable=False, audience=Audience.OPERATOR, name_it="Codice"
    )
    made: models.Service = ServiceFactory(
        attributes={"lockers": True, "food": ["halal", "vegan"], "code": "4711", "old": 1}
    )
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def service_line(reader: str = "public") -> dict[str, Any]:
    return next(body for body in parsed(exported("sulcis", reader)) if body["kind"] == "service")


def test_what_nobody_may_name_is_cut_in_the_file_and_kept_where_it_is(canteen: models.Service) -> None:
    LocationFactory(street="Via del Segreto 7", audience=Audience.SEALED)
    models.AttributeChoice.objects.filter(key="vegan").update(name_it="In via del Segreto 7")
    models.Attribute.objects.filter(key="lockers").update(name_it="Armadietti di via del Segreto 7")

    written = exported("sulcis")
    assert b"Segreto" not in written
    assert service_line()["attributes"] == {"lockers": "", "food": ["halal", ""]}

    imported(canteen.territory, *written.splitlines(), publish=True)
    canteen.refresh_from_db()
    assert canteen.attributes == {"lockers": True, "food": ["halal", "vegan"], "code": "4711", "old": 1}
    territory = canteen.territory
    models.Location.objects.all().delete()
    emptied()
    imported(territory, *written.splitlines(), publish=True)
    assert service_line()["attributes"] == {"food": ["halal"]}


def emptied() -> None:
    with publishing():
        for model in (models.Service, models.Attribute, models.Territory):
            model.objects.all().delete()
    models.PublishedRecord.objects.all().delete()
    models.RecordFacet.objects.all().delete()


def test_an_export_defines_what_its_services_state(canteen: models.Service) -> None:
    AttributeFactory(key="far", territory=TerritoryFactory(slug="altrove", name_it="Altrove"))

    public, operators = exported("sulcis").decode(), exported("sulcis", "operator").decode()

    keys = [body["key"] for body in parsed(public.encode()) if body["kind"] == "attribute"]
    assert sorted(keys) == ["food", "lockers"]
    assert all(told not in public for told in ("4711", "Codice", '"code"'))
    assert all(told in operators for told in ("4711", "Codice", '"code"'))


@pytest.mark.parametrize("reader", ["public", "operator"])
def test_definitions_and_values_come_back_as_they_were(canteen: models.Service, reader: str) -> None:
    content, territory = exported("sulcis", reader), canteen.territory
    emptied()
    imported(territory, *content.splitlines(), publish=True)
    assert exported("sulcis", reader) == content


def test_a_file_takes_away_only_what_it_would_have_shown(canteen: models.Service) -> None:
    models.Attribute.objects.filter(key="food").update(active=False)

    imported(canteen.territory, service_line() | {"attributes": {}}, publish=True)

    canteen.refresh_from_db()
    assert canteen.attributes == {"food": ["halal", "vegan"], "code": "4711", "old": 1}


def test_importing_an_export_where_it_came_from_keeps_what_it_does_not_say(canteen: models.Service) -> None:
    before = canteen.attributes
    summary = imported(canteen.territory, *exported("sulcis").splitlines(), publish=True)
    canteen.refresh_from_db()
    assert (summary.changed, canteen.attributes) == (0, before)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"boxes": True}, "unknown attribute “boxes”"),
        ({"lockers": "yes"}, "“yes” is no value of the attribute “lockers”"),
        ({"food": ["kosher"]}, "is no value of the attribute “food”"),
    ],
)
def test_what_no_definition_has_is_refused(canteen: models.Service, said: dict[str, Any], reason: str) -> None:
    with pytest.raises(ImportRefused, match=f"line 1: .*{reason}"):
        imported(canteen.territory, service_line() | {"attributes": said}, publish=True)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"territory": "atlantide"}, "unknown territory “atlantide”"),
        ({"key": "lockers"}, "another attribute is called “lockers” here"),
        ({"key": "Not a key"}, "key: Small letters"),
        ({"type": "number"}, "filterable: Search is narrowed"),
        ({"choices": [{"key": "Ha lal", "name": {"it": "halal"}}]}, "key: Small letters"),
    ],
)
def test_a_definition_without_a_place_is_refused(canteen: models.Service, wrong: dict[str, Any], reason: str) -> None:
    line = next(body for body in parsed(exported("sulcis")) if body["kind"] == "attribute" and body["key"] == "food")
    models.Attribute.objects.filter(key="food").delete()
    with pytest.raises(ImportRefused, match=f"line 1: {reason}"):
        imported(canteen.territory, orjson.dumps(line | wrong), publish=True)


def test_a_definition_here_is_left_alone_unless_asked_and_never_shown_to_more(canteen: models.Service) -> None:
    lines = parsed(exported("sulcis", "operator"))
    food = next(body for body in lines if body["kind"] == "attribute" and body["key"] == "food")
    code = next(body for body in lines if body["kind"] == "attribute" and body["key"] == "code")
    changed = food | {"name": {"it": "Pasti"}, "choices": food["choices"][1:]}

    imported(canteen.territory, changed)
    assert models.Attribute.objects.filter(key="food", name_it="Pasti").count() == 0
    assert models.AttributeChoice.objects.count() == 2

    imported(canteen.territory, changed, territory_too=True)
    assert models.Attribute.objects.filter(key="food", name_it="Pasti").count() == 1
    assert service_line()["attributes"]["food"] == ["vegan"]

    with pytest.raises(ImportRefused, match="would show it to “public”"):
        imported(canteen.territory, code | {"audience": "public"}, territory_too=True)


def test_choices_are_taken_in_any_order_and_texts_with_their_spaces() -> None:
    several = definition("food", AttributeType.SEVERAL, ("vegan", "halal"))
    text = definition("door", AttributeType.TEXT)
    right: list[dict[str, Any]] = [{"food": ["halal", "vegan"]}, {"food": ["vegan"]}, {"door": " green "}, {"door": ""}]
    wrong: list[dict[str, Any]] = [{"food": ["halal", "halal"]}, {"food": ["fish"]}, {"door": 3}, {"colour": "red"}]
    for values in right:
        assert problems(values, several, text) == []
    for values in wrong:
        assert len(problems(values, several, text)) == 1


def test_a_value_that_was_cut_takes_nothing_away() -> None:
    several, text = (
        definition("food", AttributeType.SEVERAL, ("vegan", "halal")),
        definition("door", AttributeType.TEXT),
    )
    held = {"food": ["vegan", "halal"], "door": "in Poppi"}
    assert with_what_is_kept({"food": ["", "vegan"], "door": ""}, held, (several, text)) == held
    assert with_what_is_kept({"food": ["vegan"]}, held, (several, text)) == {"food": ["vegan"]}


def definition(key: str, kind: AttributeType, choices: tuple[str, ...] = ()) -> Definition:
    return Definition(uuid4(), key, kind, None, Audience.PUBLIC, False, True, choices)


def problems(values: dict[str, object], *known: Definition) -> list[str]:
    row = {"attributes": values, "territory_id": uuid4()}
    return [problem for _service, problem in unfit({uuid4(): row}, {}, known)]
