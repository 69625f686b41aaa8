"""A form asks for the languages that are switched on, and leaves the others as they are."""

from typing import Any

import pytest
from django.urls import reverse

from services_catalog import models
from tests.portal.cast import Cast, signed_in
from tests.portal.editor.screens import edit, edit_address, facts

pytestmark = pytest.mark.django_db


def test_only_the_territorys_languages_are_asked_for(cast: Cast) -> None:
    fields = signed_in(cast.carla).get(edit_address(cast.canteen)).context["form"].fields
    assert {"name_it", "name_en", "name_ar"} <= fields.keys()
    assert not {"name", "name_fr", "name_ur", "description_zh_hans"} & fields.keys()


@pytest.mark.parametrize("admin_language", ["it", "en"])
def test_texts_in_languages_switched_off_survive_a_save(cast: Cast, admin_language: str) -> None:
    models.Service.objects.filter(pk=cast.canteen.pk).update(name_fr="Cantine", description_uk="Їдальня")
    cast.canteen.refresh_from_db()
    cast.canteen.save_revision().publish()
    client = signed_in(cast.sara)
    client.cookies["django_language"] = admin_language
    edit(client, cast.canteen, "publish", name_it="Mensa", name_en="Canteen", name_ar="مطعم")
    cast.canteen.refresh_from_db()
    assert (cast.canteen.name_it, cast.canteen.name_en, cast.canteen.name_ar) == ("Mensa", "Canteen", "مطعم")
    assert (cast.canteen.name_fr, cast.canteen.description_uk) == ("Cantine", "Їдальня")


def test_a_language_switched_off_and_on_again_brings_its_texts_back(cast: Cast) -> None:
    client = signed_in(cast.sara)
    edit(client, cast.canteen, "publish", name_ar="مطعم")
    facts(client, cast.territory, "territory", **{"own-languages": ["it", "en"]})
    assert "name_ar" not in client.get(edit_address(cast.canteen)).context["form"].fields
    edit(client, cast.canteen, "publish", name_it="Mensa due")
    facts(client, cast.territory, "territory", **{"own-languages": ["it", "en", "ar"]})
    assert client.get(edit_address(cast.canteen)).context["form"]["name_ar"].value() == "مطعم"


def test_italian_cannot_be_switched_off(cast: Cast) -> None:
    answer = facts(signed_in(cast.sara), cast.territory, "territory", **{"own-languages": ["en"]})
    assert answer.status_code == 200
    cast.territory.refresh_from_db()
    assert "it" in cast.territory.languages


def test_texts_of_rows_in_languages_switched_off_survive_a_save_of_facts(cast: Cast) -> None:
    cost: Any = models.CostOption.objects.create(service=cast.canteen, description_it="Pasto", description_fr="Repas")
    facts(signed_in(cast.carla), cast.canteen, "costs", **{"costoption-0-description_it": "Un pasto"})
    cost.refresh_from_db()
    assert (cost.description_it, cost.description_fr) == ("Un pasto", "Repas")


@pytest.mark.parametrize("action", ["", "submit", "publish"])
def test_the_italian_name_is_required_also_of_a_draft(cast: Cast, action: str) -> None:
    answer = edit(signed_in(cast.sara), cast.canteen, action, name_it="")
    assert answer.status_code == 200
    add = reverse("wagtailsnippets_services_catalog_service:add")
    values = {
        "territory": cast.territory.pk,
        "organization": cast.caritas.pk,
        "name_en": "Showers",
        "action-submit": "1",
    }
    assert signed_in(cast.carla).post(add, values).status_code == 200
    assert not models.Service.objects.filter(name_en="Showers").exists()
