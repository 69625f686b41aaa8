"""Custom attributes in records: for whom, where, and what follows when a definition changes."""

from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services_catalog import models
from services_catalog.choices import AttributeType, Audience, Role
from services_catalog.publication import compiler, dependencies, records
from services_catalog.publication.document import SHAPES, Attribute
from services_catalog.publication.draft import draft_body
from tests.factories import (
    AttributeFactory,
    LocationFactory,
    OrganizationFactory,
    RefugeFactory,
    ServiceFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stated(service: models.Service, reader: str = "public") -> dict[str, Any]:
    """The attributes in the reader's body."""
    found = records.body("service", service.pk, reader, "all")
    assert found
    return dict(orjson.loads(found)["attributes"])


def facets(service: models.Service, reader: str = "public") -> set[tuple[str, str]]:
    found = models.RecordFacet.objects.filter(reader=reader, uuid=service.pk, facet__startswith="attribute.")
    return set(found.values_list("facet", "value"))


def actions(thing: Any, audience: str = "public") -> list[str]:
    found = models.Change.objects.filter(uuid=thing.pk, audience=audience)
    return list(found.values_list("action", flat=True))


def everything_public() -> str:
    shown = models.PublishedRecord.objects.filter(for_public=True).values_list("body", flat=True)
    found = models.RecordFacet.objects.filter(reader=Audience.PUBLIC).values_list("facet", "value")
    return "\n".join(shown) + str(list(found))


def test_a_service_states_what_is_defined_and_fits() -> None:
    AttributeFactory()
    AttributeFactory(key="food", type=AttributeType.SEVERAL, choices=["halal", "vegan"])
    canteen = ServiceFactory(attributes={"lockers": True, "food": ["vegan", "kosher"], "unknown": "Anna's mobile"})

    assert stated(canteen) == {"lockers": True, "food": ["vegan"]}
    assert facets(canteen) == {("attribute.lockers", "yes"), ("attribute.food", "vegan")}
    assert "Anna's mobile" not in everything_public()


def test_a_definition_is_a_record_with_its_labels_in_every_language() -> None:
    TerritoryFactory()
    food = AttributeFactory(key="food", type=AttributeType.SEVERAL, name_it="Cibo", name_en="Food", choices=["halal"])

    for record in models.PublishedRecord.objects.filter(kind="attribute"):
        SHAPES["attribute"].model_validate_json(record.body)
    english = Attribute.model_validate_json(records.body("attribute", food.pk, "public", "en") or b"")
    assert (english.name, english.choices[0].name) == ("Food", "halal in English")
    assert (english.type, english.filterable, english.territory) == (AttributeType.SEVERAL, True, None)


def test_what_is_for_operators_is_in_nothing_public() -> None:
    secret = AttributeFactory(key="door-code", type=AttributeType.TEXT, name_it="Codice", filterable=False)
    secret.audience = Audience.OPERATOR
    secret.save()
    AttributeFactory(key="watched", audience=Audience.OPERATOR, name_it="Sorvegliato")
    canteen = ServiceFactory(attributes={"door-code": "4711#", "watched": True})

    assert stated(canteen, "operator") == {"door-code": "4711#", "watched": True}
    assert facets(canteen, "operator") == {("attribute.watched", "yes")}
    for told in ("door-code", "4711#", "watched", "Codice", "Sorvegliato"):
        assert told not in everything_public()
    body = draft_body(canteen, Audience.PUBLIC, "it")
    assert body is not None
    assert body["attributes"] == {}


def test_narrowing_a_definition_has_readers_drop_what_they_hold_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "AT_ONCE", 0)
    lockers = AttributeFactory()
    canteen = ServiceFactory(attributes={"lockers": True})

    lockers.audience = Audience.OPERATOR
    lockers.save()

    assert (stated(canteen), stated(canteen, "operator")) == ({}, {"lockers": True})
    assert actions(canteen) == ["published", "redacted"]
    assert actions(lockers) == ["published", "redacted"]
    assert "lockers" not in everything_public()


def test_an_attribute_of_a_territory_is_stated_by_its_services_alone() -> None:
    elsewhere = TerritoryFactory(slug="altrove", name_it="Altrove")
    AttributeFactory(territory=elsewhere)

    assert stated(ServiceFactory(attributes={"lockers": True})) == {}
    assert stated(ServiceFactory(territory=elsewhere, attributes={"lockers": True})) == {"lockers": True}


def test_a_protected_service_states_none() -> None:
    AttributeFactory()
    assert stated(RefugeFactory(attributes={"lockers": True}), "operator") == {}


@pytest.mark.parametrize("gone", ["switched off", "deleted", "deleted with others"])
def test_values_stay_with_the_service_when_the_definition_goes(gone: str) -> None:
    lockers = AttributeFactory()
    canteen = ServiceFactory(attributes={"lockers": True})

    match gone:
        case "switched off":
            lockers.active = False
            lockers.save()
        case "deleted":
            lockers.delete()
        case "deleted with others":
            models.Attribute.objects.all().delete()

    assert (stated(canteen), facets(canteen)) == ({}, set())
    canteen.refresh_from_db()
    assert canteen.attributes == {"lockers": True}
    assert not models.PublishedRecord.objects.filter(kind="attribute").exists()


def test_a_choice_taken_away_is_stated_no_more() -> None:
    food = AttributeFactory(key="food", type=AttributeType.SEVERAL, choices=["halal", "vegan"])
    canteen = ServiceFactory(attributes={"food": ["halal", "vegan"]})

    food.choices.get(key="halal").delete()

    assert (stated(canteen), facets(canteen)) == ({"food": ["vegan"]}, {("attribute.food", "vegan")})


def test_a_new_name_compiles_the_definition_and_changes_no_service() -> None:
    lockers = AttributeFactory()
    canteen = ServiceFactory(attributes={"lockers": True})

    lockers.name_it = "Deposito bagagli"
    lockers.save()

    assert (actions(lockers), actions(canteen)) == (["published", "updated"], ["published"])


def test_what_becomes_a_filter_is_told_to_who_follows_its_services() -> None:
    lockers = AttributeFactory(filterable=False)
    canteen = ServiceFactory(attributes={"lockers": True})
    assert facets(canteen) == set()

    lockers.filterable = True
    lockers.save()

    assert facets(canteen) == {("attribute.lockers", "yes")}
    assert actions(canteen) == ["published", "updated"]


def test_a_text_that_names_a_protected_place_is_left_out() -> None:
    emmaus = OrganizationFactory(name="Emmaus")
    hidden = LocationFactory(street="Via del Segreto 7", audience=Audience.SEALED)
    RefugeFactory(organization=emmaus, location=hidden)
    AttributeFactory(key="where", type=AttributeType.TEXT, filterable=False)
    canteen = ServiceFactory(attributes={"where": "dietro via del Segreto 7"})
    models.ServiceOrganization.objects.create(service=canteen, organization=emmaus, role=Role.RUNS)

    assert "Segreto" not in everything_public()


def test_compiling_everything_again_compiles_definitions() -> None:
    lockers = AttributeFactory()
    models.PublishedRecord.objects.all().delete()
    TerritoryFactory()
    compiler.compile_all()
    assert records.body("attribute", lockers.pk, "public", "it")


def test_services_without_values_ask_for_no_definitions() -> None:
    AttributeFactory()
    with CaptureQueriesContext(connection) as asked:
        ServiceFactory()
    assert not [query for query in asked if "services_catalog_attribute" in query["sql"]]


def test_key_and_kind_stay_once_a_service_has_a_value() -> None:
    lockers = AttributeFactory()
    lockers.key = "boxes"
    lockers.full_clean()
    lockers.refresh_from_db()
    ServiceFactory(attributes={"lockers": True})

    lockers.key, lockers.type = "boxes", AttributeType.TEXT
    lockers.filterable = False
    with pytest.raises(ValidationError) as refused:
        lockers.full_clean()
    assert set(refused.value.message_dict) == {"key", "type"}


@pytest.mark.parametrize("key", ["Lockers", "9", "a b", "a=b", "a.b", "", "x" * 31, "a\n"])
def test_a_key_is_a_short_plain_word(key: str) -> None:
    with pytest.raises(ValidationError) as refused:
        models.Attribute(key=key, name_it="Armadietti").full_clean()
    assert set(refused.value.message_dict) == {"key"}


def test_only_yes_or_no_and_choices_are_filters() -> None:
    with pytest.raises(ValidationError) as refused:
        models.Attribute(key="beds", name_it="Letti", type=AttributeType.NUMBER, filterable=True).full_clean()
    assert set(refused.value.message_dict) == {"filterable"}


def test_nothing_is_defined_for_nobody() -> None:
    with pytest.raises(ValidationError):
        models.Attribute(key="beds", name_it="Letti", audience=Audience.SEALED).full_clean()


def test_the_key_of_a_choice_never_changes() -> None:
    choice = AttributeFactory(key="food", type=AttributeType.ONE, choices=["halal"]).choices.get()
    choice.key = "vegan"
    with pytest.raises(ValidationError) as refused:
        choice.full_clean()
    assert set(refused.value.message_dict) == {"key"}


def test_what_operators_alone_can_filter_by_changes_nothing_for_the_public() -> None:
    service = ServiceFactory(attributes={"code": True})
    secret = AttributeFactory(key="code", type=AttributeType.YES_NO, audience=Audience.OPERATOR, filterable=False)
    before = actions(service), actions(service, "operator")
    secret.filterable = True
    secret.save()
    assert facets(service) == set()
    assert facets(service, "operator") == {("attribute.code", "yes")}
    assert actions(service) == before[0]
    assert actions(service, "operator") == [*before[1], "updated"]
