"""What is sealed opens for its custodians, in writing, and leaves no name behind."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Revision

from services_catalog import models
from services_catalog.choices import AttributeType, Audience
from services_catalog.publication.draft import NamesAProtectedPlace, draft_body
from tests.factories import AttributeFactory
from tests.portal.cast import Cast, signed_in
from tests.portal.editor.screens import edit, edit_address, facts, facts_address, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=[Audience.SEALED, Audience.PUBLIC])
def said(cast: Cast, request: pytest.FixtureRequest) -> None:
    """A refuge's place is sealed by its own column, or, left public, by what it shelters."""
    cast.say_the_refuges_place_is(request.param)


def open_it(cast: Cast, row: object, reason: str = "verifica dei turni di notte") -> object:
    client = signed_in(cast.custode)
    address = reverse("catalogue_open", args=[row._meta.model_name, row.pk])  # type: ignore[attr-defined]
    assert client.post(address, {"reason": reason}).status_code == 302
    return client


def test_a_custodian_is_asked_for_the_reason_before_anything_is_shown(cast: Cast) -> None:
    client = signed_in(cast.custode)
    for address in (edit_address(cast.refuge_place), facts_address(cast.refuge_place, "place")):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/open/location/" in answer.headers["Location"]
    page = client.get(reverse("catalogue_open", args=["location", cast.refuge_place.pk])).content.decode()
    assert "Nascosta" not in page
    assert "Marcatore" not in page
    assert not models.SealedOpening.objects.exists()


def test_the_opening_is_written_down_with_who_and_why(cast: Cast) -> None:
    client = open_it(cast, cast.refuge_place)
    opening = models.SealedOpening.objects.get()
    assert (opening.user, opening.location, opening.reason) == (
        cast.custode,
        cast.refuge_place,
        "verifica dei turni di notte",
    )
    page = client.get(facts_address(cast.refuge_place, "place")).content.decode()  # type: ignore[attr-defined]
    assert "Via Nascosta 77" in page


def test_no_reason_no_opening(cast: Cast) -> None:
    client = signed_in(cast.custode)
    address = reverse("catalogue_open", args=["service", cast.refuge.pk])
    for reason in ("", "   ", "x"):
        assert client.post(address, {"reason": reason}).status_code == 200
    assert not models.SealedOpening.objects.exists()


def test_the_way_back_stays_on_this_site(cast: Cast) -> None:
    client = signed_in(cast.custode)
    address = reverse("catalogue_open", args=["service", cast.refuge.pk])
    answer = client.post(f"{address}?next=https://example.org/", {"reason": "verifica dei turni"})
    assert answer.headers["Location"].startswith("/admin/facts/")


def test_a_custodian_edits_the_refuge_and_no_log_or_revision_holds_its_name(cast: Cast) -> None:
    client = open_it(cast, cast.refuge_place)
    edit(client, cast.refuge_place, "publish", name_it="Casa Marcatore due")  # type: ignore[arg-type]
    facts(client, cast.refuge_place, "place", **{"own-street": "Via Nascosta 78"})  # type: ignore[arg-type]
    cast.refuge_place.refresh_from_db()
    assert (cast.refuge_place.name_it, cast.refuge_place.street) == ("Casa Marcatore due", "Via Nascosta 78")
    entries = ModelLogEntry.objects.filter(object_id=str(cast.refuge_place.pk))
    assert entries.exists()
    assert not any("Marcatore" in entry.label or "Nascosta" in str(entry.data) for entry in entries)
    revisions = Revision.objects.filter(object_id=str(cast.refuge_place.pk))
    assert not revisions.filter(object_str__contains="Marcatore").exists()
    listed = client.get(reverse("wagtailsnippets_services_catalog_location:list"))  # type: ignore[attr-defined]
    page = listed.content.decode()
    assert "Casa Marcatore" not in page
    assert "Iglesias" not in page


def test_nobody_reads_a_record_of_it(cast: Cast) -> None:
    client = open_it(cast, cast.refuge_place)
    edit(client, cast.refuge_place, "publish")  # type: ignore[arg-type]
    bodies = models.PublishedRecord.objects.values_list("body", flat=True)
    assert not any("Nascosta" in body or "Casa Marcatore" in body for body in bodies)


def test_a_public_services_protected_part_opens_for_custodians_alone(cast: Cast) -> None:
    models.Phone.objects.create(service=cast.canteen, number="0781 999888", audience=Audience.SEALED)
    address = facts_address(cast.canteen, "phones")
    models.Membership.objects.create(user=cast.sara, role="custodian", territory=cast.territory)
    client = signed_in(cast.sara)
    assert "999888" not in client.get(address).content.decode()
    client.post(reverse("catalogue_open", args=["service", cast.canteen.pk]), {"reason": "turno di notte"})
    assert "999888" in client.get(address).content.decode()
    assert "999888" not in signed_in(cast.carla).get(address).content.decode()


def test_sealing_a_service_veils_what_was_written_of_its_place(cast: Cast) -> None:
    client = signed_in(cast.sara)
    edit(client, cast.emmaus_place, name_it="Porta Zaffiro")
    written = Revision.objects.filter(object_id=str(cast.emmaus_place.pk))
    assert written.filter(object_str__contains="Porta").exists()
    models.Service.objects.filter(pk=cast.laundry.pk).update(referral_route_it="Chiama il 1522.")

    facts(client, cast.laundry, "state", **{"own-audience": Audience.SEALED})

    entries = ModelLogEntry.objects.filter(object_id=str(cast.emmaus_place.pk))
    assert entries.exists()
    assert not [entry.label for entry in entries if "Porta" in entry.label]
    assert not written.filter(object_str__contains="Porta").exists()
    listed = client.get(reverse("wagtailsnippets_services_catalog_location:list")).content.decode()
    assert "Porta Caritas" in listed
    assert "Porta Zaffiro" not in listed


def test_a_service_that_meets_at_a_refuges_place_does_not_name_it_to_its_editors(cast: Cast) -> None:
    models.ServiceAtLocation.objects.create(service=cast.canteen, location=cast.refuge_place)
    for user in (cast.carla, cast.sara):
        for section in ("places", "hours", "phones"):
            page = signed_in(user).get(facts_address(cast.canteen, section)).content.decode()
            assert "Porta Caritas" in page
            assert "Marcatore" not in page


def test_a_preview_shows_no_sealed_place(cast: Cast) -> None:
    assert draft_body(cast.refuge_place, Audience.PUBLIC, "it") is None
    assert draft_body(cast.refuge_place, Audience.OPERATOR, "it") is None


def test_who_saves_a_text_that_names_a_refuges_place_is_told_which(cast: Cast) -> None:
    client = signed_in(cast.sara)
    edit(client, cast.emmaus, "publish", description_it="La casa di via Nascosta 77.")
    page = client.get("/admin/").content.decode()
    assert "nomina via, telefono o e-mail" in page or "protected place: descri" in page
    assert "Nascosta" not in page
    edit(client, cast.emmaus, "publish", description_it="Una comunità.")
    assert "protected place" not in client.get("/admin/").content.decode()


WARNED = "nomina via, telefono o e-mail"


def test_who_names_it_in_an_attribute_a_choice_or_the_territory_is_told(cast: Cast) -> None:
    client = signed_in(cast.sara)
    food = AttributeFactory(key="food", type=AttributeType.ONE, choices=["halal"], territory=cast.territory)
    number = {"emergencynumber-0-number": "1522", "emergencynumber-0-checked_on": "2026-11-01"}
    number |= {"emergencynumber-0-name_it": "Antiviolenza", "emergencynumber-0-source": "Via Nascosta 77"}
    for write in (
        lambda: edit(client, food, name_it="Cibo di via Nascosta 77"),
        lambda: facts(client, food, "choices", **{"attributechoice-0-name_it": "in via Nascosta 77"}),
        lambda: edit(client, cast.territory, description_it="Sede: via Nascosta 77."),
        lambda: facts(client, cast.territory, "numbers", **number),
    ):
        assert write().status_code == 302
        assert WARNED in client.get("/admin/").content.decode()
    models.EmergencyNumber.objects.all().delete()
    edit(client, cast.territory, description_it="Diciannove comuni.")
    assert WARNED not in client.get("/admin/").content.decode()


def test_an_administrator_who_names_it_in_a_new_term_is_told(cast: Cast, admin_client: Client) -> None:
    taxonomy = models.Taxonomy.objects.create(slug="need", name="need")
    address = reverse("wagtailsnippets_services_catalog_taxonomyterm:add")
    said = {"taxonomy": taxonomy.pk, "slug": "sleep", "name_it": "Dormire", "description_it": "In via Nascosta 77."}
    values = shown(admin_client.get(address).context["form"]) | said
    assert admin_client.post(address, values).status_code == 302
    assert WARNED in admin_client.get("/admin/").content.decode()


def test_a_preview_leaves_out_what_the_organization_tells_and_says_what_the_draft_does(cast: Cast) -> None:
    models.Organization.objects.filter(pk=cast.emmaus.pk).update(description_it="In via Nascosta 77.")
    assert "Nascosta" not in str(draft_body(cast.laundry, Audience.PUBLIC, "it"))
    cast.laundry.summary_it = "Si ritira in via Nascosta 77."
    with pytest.raises(NamesAProtectedPlace):
        draft_body(cast.laundry, Audience.PUBLIC, "it")
