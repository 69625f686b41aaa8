"""Lists stay quick however long they are, and the dashboard says what waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services_catalog import models
from tests.factories import ServiceFactory
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def queries(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("kind", ["service", "location", "organization", "program"])
def test_a_list_costs_the_same_queries_however_many_rows_it_shows(cast: Cast, kind: str) -> None:
    address = reverse(f"wagtailsnippets_services_catalog_{kind}:list")
    client = signed_in(cast.sara)
    few = queries(client, address)
    for number in range(12):
        made = ServiceFactory(name_it=f"Servizio {number}")
        made.save_revision()
    assert queries(client, address) <= min(few, MOST_QUERIES)


def test_a_form_of_facts_asks_for_its_choices_once_however_many_rows_it_has(cast: Cast) -> None:
    client = signed_in(cast.carla)
    address = reverse("catalogue_facts", args=["service", cast.canteen.pk, "phones"])
    models.Phone.objects.create(service=cast.canteen, number="0781 1")
    few = queries(client, address)
    for number in range(8):
        models.Phone.objects.create(service=cast.canteen, number=f"0781 {number}")
    assert queries(client, address) <= few + 8 * 2  # the languages of each, for the page and its fingerprint


def test_the_dashboard_says_what_waits_for_me(cast: Cast) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    models.Service.objects.filter(pk=cast.laundry.pk).update(assured_date=timezone.localdate())
    models.Service.objects.filter(pk=cast.canteen.pk).update(assured_date=long_ago)
    assert "Mensa Caritas" in signed_in(cast.carla).get("/admin/").content.decode()
    assert "Lavanderia" not in signed_in(cast.emma).get("/admin/").content.decode()
    page = signed_in(cast.sara).get("/admin/").content.decode()
    assert "Mensa Caritas" in page
    assert "Lavanderia" not in page


def test_a_preview_shows_the_draft_with_the_facts_of_now(cast: Cast) -> None:
    cast.canteen.name_it = "Mensa in bozza"
    revision = cast.canteen.save_revision()
    models.Phone.objects.create(service=cast.canteen, number="0781 123456")
    address = reverse("wagtailsnippets_services_catalog_service:revisions_view", args=[cast.canteen.pk, revision.pk])
    page = signed_in(cast.carla).get(address).content.decode()
    assert "Mensa in bozza" in page
    assert "0781 123456" in page
    assert not models.PublishedRecord.objects.filter(body__contains="Mensa in bozza").exists()
    for row in (cast.caritas, cast.caritas_place):
        revision = row.save_revision()
        space = f"wagtailsnippets_services_catalog_{row._meta.model_name}"
        assert (
            "Caritas"
            in signed_in(cast.carla)
            .get(reverse(f"{space}:revisions_view", args=[row.pk, revision.pk]))
            .content.decode()
        )


def test_a_preview_of_a_new_service_shows_what_is_there_so_far(cast: Cast) -> None:
    client = signed_in(cast.carla)
    address = reverse("wagtailsnippets_services_catalog_service:preview_on_add")
    assert client.get(address).status_code == 200
    client.post(address, {"territory": cast.territory.pk, "organization": cast.caritas.pk, "name_it": "Docce nuove"})
    assert "Docce nuove" in client.get(address).content.decode()
    assert not models.Service.objects.filter(name_it="Docce nuove").exists()


def test_a_preview_whose_texts_name_a_protected_place_says_so(cast: Cast) -> None:
    models.ServiceAtLocation.objects.create(service=cast.canteen, location=cast.refuge_place)
    cast.canteen.description_it = "Suona in via Nascosta, 77."
    revision = cast.canteen.save_revision()
    address = reverse("wagtailsnippets_services_catalog_service:revisions_view", args=[cast.canteen.pk, revision.pk])
    page = signed_in(cast.carla).get(address).content.decode()
    assert "Nascosta" not in page
