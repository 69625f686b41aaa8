"""Custom attributes on the pages: what a service states, and what one filters by."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from frontend.public.attributes import stated
from frontend.public.catalogue import Reference
from search.indexing import Indexer
from services_catalog import models
from services_catalog.choices import AttributeType, Audience
from services_catalog.languages import Prose
from services_catalog.publication.document import Service
from tests.factories import AttributeFactory, LocationFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def attributed(indexed: dict[str, Any]) -> dict[str, Any]:
    """The cast with lockers, food, a bed count and a door code: the canteen states all, the shelter has no lockers."""
    AttributeFactory(key="food", type=AttributeType.SEVERAL, name_it="Cibo", name_en="Food", choices=["halal", "vegan"])
    AttributeFactory(order=2, name_ar="خزائن")
    AttributeFactory(key="beds", type=AttributeType.NUMBER, name_it="Letti", name_en="Beds", order=3, filterable=False)
    note = {"type": AttributeType.TEXT, "name_it": "Nota", "name_en": "Note", "order": 4, "filterable": False}
    AttributeFactory(key="note", **note)
    AttributeFactory(key="code", audience=Audience.OPERATOR, **note | {"name_it": "Codice"})
    AttributeFactory(key="far", territory=TerritoryFactory(slug="altrove"))
    values = {"food": ["vegan", "halal"], "lockers": True, "beds": 0, "note": "<b>al piano</b>", "code": "4711"}
    indexed["canteen"].attributes = values
    indexed["canteen"].save()
    indexed["shelter"].attributes = {"lockers": False, "food": ["halal"]}
    indexed["shelter"].save()
    Indexer(Audience.PUBLIC).rebuild()
    return indexed


def page(client: Client, address: str, language: str = "en", status: int = 200) -> BeautifulSoup:
    answer = client.get(f"/{language}/{address}")
    assert answer.status_code == status
    assert "UNKNOWN VARIABLE" not in answer.text
    assert "4711" not in answer.text
    assert "Codice" not in answer.text
    return BeautifulSoup(answer.text, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".card-result h2 a")]


def boxes(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Titles of the filters with their choices and counts."""
    return {
        str(box.summary and box.summary.get_text()): [" ".join(one.get_text(" ").split()) for one in box.select("a")]
        for box in soup.select(".facets details")
    }


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Food: halal in English, vegan in English",
                "Lockers for luggage: yes",
                "Beds: 0",
                "Note: <b>al piano</b>",
            ],
        ),
        ("it", ["Cibo: Halal, Vegan", "Armadietti per i bagagli: sì", "Letti: 0", "Nota: <b>al piano</b>"]),
    ],
)
def test_a_service_states_its_attributes_in_the_page_s_language(
    client: Client, attributed: dict[str, Any], language: str, lines: list[str]
) -> None:
    soup = page(client, f"services/{attributed['canteen'].pk}/", language)
    assert [line.get_text() for line in soup.select("#more li")] == lines
    assert soup.select('a[href="#more"]')


def test_an_attribute_or_a_term_that_names_a_protected_place_is_on_no_page(
    client: Client, attributed: dict[str, Any]
) -> None:
    LocationFactory(street="Via del Segreto 7", audience=Audience.SEALED)
    models.AttributeChoice.objects.filter(key="vegan").update(name_it="In via del Segreto 7", name_en="")
    models.Attribute.objects.filter(key="lockers").update(name_it="Armadietti di via del Segreto 7")
    models.TaxonomyTerm.objects.filter(slug="eat").update(name_en="Eat in via del Segreto 7")

    for address in (f"services/{attributed['canteen'].pk}/", "search/", "search/?attribute.food=halal", ""):
        told = page(client, address).get_text(" ")
        assert "Segreto" not in told, address
        assert "vegan" not in told, address
        assert "lockers" not in told.lower(), address
    lines = page(client, f"services/{attributed['canteen'].pk}/").select("#more li")
    assert [line.get_text() for line in lines] == ["Food: halal in English", "Beds: 0", "Note: <b>al piano</b>"]
    assert page(client, "search/?attribute.lockers=yes", status=400).select('[role="alert"]')


def test_where_nothing_is_stated_nothing_is_said(client: Client, attributed: dict[str, Any]) -> None:
    soup = page(client, f"services/{attributed['showers'].pk}/")
    assert not soup.select('#more, a[href="#more"]')


def test_attributes_narrow_the_results_and_are_counted(client: Client, attributed: dict[str, Any]) -> None:
    soup = page(client, "search/")
    shown = boxes(soup)
    assert shown["Food"] == ["halal in English 2", "vegan in English 1"]
    assert shown["Lockers for luggage"] == ["No 1", "Yes 1"]
    assert {"Beds", "Note"}.isdisjoint(shown)

    link = next(one for one in soup.select(".facets a") if one.get_text(" ").split() == ["Yes", "1"])
    assert link["href"] == "/en/search/?attribute.lockers=yes"
    narrowed = page(client, "search/?attribute.lockers=yes")
    assert names(narrowed) == ["Via Roma canteen"]
    assert boxes(narrowed)["Lockers for luggage"] == ["No 1", "Yes 1"]
    chip = narrowed.select_one("a.chip")
    assert chip is not None
    assert chip.get_text().startswith("Lockers for luggage: Yes")
    assert chip["href"] == "/en/search/"


@pytest.mark.parametrize(
    "asked", ["attribute.boxes=yes", "attribute.lockers=maybe", "attribute.code=4712", "attribute.beds=0"]
)
def test_an_attribute_or_value_that_there_is_not_is_named(
    client: Client, attributed: dict[str, Any], asked: str
) -> None:
    named = page(client, f"search/?{asked}", status=400).select_one('[role="alert"] strong')
    assert named is not None
    assert named.get_text() == asked.partition("=")[0]


@pytest.mark.parametrize(
    ("kind", "value", "lines"),
    [
        (AttributeType.TEXT, "", []),
        (AttributeType.ONE, "", []),
        (AttributeType.ONE, "gone", []),
        (AttributeType.SEVERAL, [""], []),
        (AttributeType.SEVERAL, ["", "gone"], []),
        (AttributeType.SEVERAL, ["", "halal", "gone"], ["Cibo: Halal"]),
        (AttributeType.NUMBER, 0, ["Cibo: 0"]),
    ],
)
def test_of_a_value_that_was_cut_or_has_no_name_what_is_left_is_shown(
    kind: AttributeType, value: Any, lines: list[str]
) -> None:
    halal = SimpleNamespace(key="halal", name=Prose(it="Halal"))
    food = SimpleNamespace(name=Prose(it="Cibo"), type=kind, choices=(halal,))
    service, known = SimpleNamespace(attributes={"food": value}), SimpleNamespace(attributes={"food": food})
    assert stated(cast("Service", service), cast("Reference", known)) == lines
