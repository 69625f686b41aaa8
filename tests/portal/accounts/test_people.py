"""Who works on what is the administrators' to say; who opened what is nobody's to change."""

import pytest
from django.test import Client

from services_catalog import access, models
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def test_a_membership_given_holds_from_the_next_page(cast: Cast, admin_client: Client) -> None:
    carla = signed_in(cast.carla)
    address = f"/admin/facts/service/{cast.laundry.pk}/state/"
    assert carla.get(address).status_code == 404
    given = {"user": cast.carla.pk, "role": "editor", "organization": cast.emmaus.pk, "territory": ""}
    admin_client.post("/admin/memberships/new/", given)
    assert carla.get(address).status_code == 200
    models.Membership.objects.get(user=cast.carla, organization=cast.emmaus).delete()
    assert carla.get(address).status_code == 404


def test_memberships_and_openings_are_closed_to_everybody_else(cast: Cast) -> None:
    for user in (cast.carla, cast.sara, cast.custode):
        for address in ("/admin/memberships/", "/admin/openings/", "/admin/memberships/new/"):
            assert signed_in(user).get(address).status_code == 404


def test_administrators_read_the_openings_without_the_name_of_what_was_opened(cast: Cast, admin_client: Client) -> None:
    opening = access.open_sealed(cast.custode, cast.refuge_place, "inserimento urgente")
    page = admin_client.get("/admin/openings/").content.decode()
    assert "inserimento urgente" in page
    assert "custode" in page
    assert "Marcatore" not in page
    for address in (f"/admin/openings/edit/{opening.pk}/", f"/admin/openings/delete/{opening.pk}/"):
        admin_client.post(address, {"reason": "altro"})
    opening.refresh_from_db()
    assert opening.reason == "inserimento urgente"
    admin_client.post("/admin/openings/new/", {"reason": "inventata"})
    assert models.SealedOpening.objects.count() == 1


def test_administrators_do_not_read_sealed_names_in_the_reports(cast: Cast, admin_client: Client) -> None:
    cast.refuge_place.save_revision()
    cast.refuge.save_revision(log_action=True)
    for address in ("/admin/reports/site-history/", "/admin/reports/locked/", "/admin/reports/workflow/", "/admin/"):
        assert "Marcatore" not in admin_client.get(address).content.decode()
