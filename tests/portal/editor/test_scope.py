"""One partner never reaches another's data: every address of the catalogue's admin, with a foreign key in it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import TaskState

from services_catalog import access, models
from services_catalog.choices import Audience
from tests.portal.cast import BOTH_WAYS, Cast, signed_in

pytestmark = pytest.mark.django_db

PLAIN = ("edit", "delete", "usage", "history", "history_results", "preview_on_edit", "unpublish", "lock", "unlock")
WORKFLOW = ("confirm_workflow_cancellation", "workflow_history")
SECTIONS = (
    "state",
    "hours",
    "phones",
    "places",
    "who",
    "access",
    "costs",
    "capacity",
    "terms",
    "more",
    "organizations",
)


def addresses(row: Any) -> list[str]:
    """Every address of the admin about one row."""
    space = f"wagtailsnippets_services_catalog_{row._meta.model_name}"
    revision = row.latest_revision_id or 1
    asked: list[tuple[str, list[Any]]] = [(name, [row.pk]) for name in (*PLAIN, *WORKFLOW)]
    asked += [(name, [row.pk, revision]) for name in ("revisions_view", "revisions_revert", "revisions_unschedule")]
    asked += [("revisions_compare", [row.pk, "live", "latest"]), ("revisions_compare", [row.pk, revision, revision])]
    asked += [(name, [row.pk, "approve", 1]) for name in ("workflow_action", "collect_workflow_action_data")]
    asked += [("workflow_history_detail", [row.pk, 1]), ("workflow_preview", [row.pk, 1])]
    found = [reverse(f"{space}:{name}", args=args) for name, args in asked]
    kind = row._meta.model_name
    found += [f"/admin/facts/{kind}/{row.pk}/{section}/" for section in (*SECTIONS, "place", "identity", "choices")]
    return [*found, f"/admin/open/{kind}/{row.pk}/"]


def test_no_address_about_a_foreign_row_answers_or_names_it(cast: Cast) -> None:
    asked = [address for row in (cast.laundry, cast.emmaus_place, cast.emmaus, cast.far) for address in addresses(row)]
    assert len(asked) > 120
    for user in (cast.carla, cast.silvio):
        client = signed_in(user)
        for address in asked:
            if user is cast.silvio and str(cast.far.pk) in address:
                continue
            for answer in (client.get(address), client.post(address, {})):
                assert answer.status_code == 404, address
                assert b"Emmaus" not in answer.content


@BOTH_WAYS
def test_what_is_sealed_is_not_found_by_staff_editors_and_administrators(
    cast: Cast, admin_client: Client, said: Audience
) -> None:
    cast.say_the_refuges_place_is(said)
    for client in (signed_in(cast.sara), signed_in(cast.emma), admin_client):
        for row in (cast.refuge, cast.refuge_place):
            for address in addresses(row):
                assert client.get(address).status_code == 404, address


@BOTH_WAYS
@pytest.mark.parametrize("kind", ["service", "location", "organization"])
def test_lists_hold_the_scope_and_nothing_else(cast: Cast, kind: str, said: Audience) -> None:
    cast.say_the_refuges_place_is(said)
    for name in ("list", "list_results"):
        address = reverse(f"wagtailsnippets_services_catalog_{kind}:{name}")
        seen = signed_in(cast.carla).get(address).content.decode()
        assert "Caritas" in seen
        assert "Emmaus" not in seen
        assert "Marcatore" not in seen
        of_staff = signed_in(cast.sara).get(address).content.decode()
        assert "Emmaus" in of_staff
        assert "Marcatore" not in of_staff
        assert "lontano" not in of_staff


def test_a_search_or_a_filter_in_a_list_finds_no_foreign_row(cast: Cast) -> None:
    address = reverse("wagtailsnippets_services_catalog_service:list_results")
    client = signed_in(cast.carla)
    for asked in ({"q": "Lavanderia"}, {"status": "active"}, {"audience": "sealed"}, {"territory": cast.elsewhere.pk}):
        seen = client.get(address, asked).content.decode()
        assert "Lavanderia" not in seen.replace('value="Lavanderia"', "")
        assert "lontano" not in seen
        assert "Marcatore" not in seen


def test_there_are_no_choosers(cast: Cast) -> None:
    for model in access.MODELS:
        with pytest.raises(NoReverseMatch):
            reverse(f"wagtailsnippetchoosers_services_catalog_{model._meta.model_name}:choose")


def test_bulk_delete_names_and_deletes_only_what_is_in_scope(cast: Cast) -> None:
    models.Service.objects.filter(pk=cast.canteen.pk).update(live=False)
    address = reverse("wagtail_bulk_action", args=["services_catalog", "service", "delete"])
    client = signed_in(cast.carla)
    for asked in (f"?id={cast.laundry.pk}&id={cast.canteen.pk}&id={cast.refuge.pk}", "?id=all"):
        seen = client.get(address + asked).content.decode()
        assert "Lavanderia" not in seen
        assert "Marcatore" not in seen
    client.post(address + "?id=all")
    assert set(models.Service.objects.values_list("pk", flat=True)) == {cast.laundry.pk, cast.refuge.pk, cast.far.pk}


def test_a_task_of_another_row_cannot_be_acted_on_through_this_row(cast: Cast) -> None:
    workflow = cast.far.get_workflow()
    state = workflow.start(cast.far, cast.silvio)
    task: TaskState = state.current_task_state
    address = reverse(
        "wagtailsnippets_services_catalog_service:workflow_action", args=[cast.canteen.pk, "approve", task.pk]
    )
    assert signed_in(cast.sara).post(address).status_code == 404
    task.refresh_from_db()
    assert task.status == TaskState.STATUS_IN_PROGRESS


def test_facts_refuse_foreign_places_and_organizations(cast: Cast) -> None:
    client = signed_in(cast.carla)
    address = f"/admin/facts/service/{cast.canteen.pk}/places/"
    page = client.get(address)
    assert "Porta Emmaus" not in page.content.decode()
    place = models.ServiceAtLocation.objects.get(service=cast.canteen)
    posted = {
        "seen": page.context["seen"],
        "serviceatlocation-TOTAL_FORMS": 2,
        "serviceatlocation-INITIAL_FORMS": 1,
        "serviceatlocation-0-id": place.pk,
        "serviceatlocation-0-location": cast.caritas_place.pk,
        "serviceatlocation-1-location": cast.emmaus_place.pk,
    }
    assert client.post(address, posted).status_code == 200
    assert models.ServiceAtLocation.objects.filter(service=cast.canteen).count() == 1
    foreign = models.ServiceAtLocation.objects.get(service=cast.laundry)
    posted["serviceatlocation-0-id"] = foreign.pk
    client.post(address, posted)
    foreign.refresh_from_db()
    assert foreign.service_id == cast.laundry.pk


def test_a_new_service_of_a_foreign_organization_or_territory_is_refused(cast: Cast) -> None:
    client = signed_in(cast.carla)
    address = reverse("wagtailsnippets_services_catalog_service:add")
    before = models.Service.objects.count()
    for territory, organization in ((cast.territory, cast.emmaus), (cast.elsewhere, cast.caritas)):
        client.post(address, {"territory": territory.pk, "organization": organization.pk, "name_it": "Nuovo"})
        assert models.Service.objects.count() == before
    for missing in ({"territory": cast.territory.pk}, {"organization": cast.caritas.pk}, {}):
        assert client.post(address, {"name_it": "Nuovo"} | missing).status_code == 200
        assert models.Service.objects.count() == before
    client.post(address, {"territory": cast.territory.pk, "organization": cast.caritas.pk, "name_it": "Nuovo"})
    made = models.Service.objects.get(name_it="Nuovo")
    assert not made.live
    assert [part.organization for part in made.organizations.all()] == [cast.caritas]


def test_sealed_rows_of_a_public_service_stay_out_of_its_forms(cast: Cast) -> None:
    models.ServiceAtLocation.objects.create(service=cast.canteen, location=cast.refuge_place)
    models.Phone.objects.create(service=cast.canteen, number="0781 999888", audience=Audience.SEALED)
    for user in (cast.carla, cast.sara):
        client = signed_in(user)
        for section in SECTIONS[:-1]:
            seen = client.get(f"/admin/facts/service/{cast.canteen.pk}/{section}/").content.decode()
            assert "Marcatore" not in seen
            assert "999888" not in seen


def test_areas_the_product_does_not_use_are_closed_to_partners(cast: Cast) -> None:
    carla, sara = signed_in(cast.carla), signed_in(cast.sara)
    for address in (
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/pages/search/",
        "/admin/users/",
        "/admin/snippets/",
        "/admin/api/main/pages/",
        "/admin/documents/",
        "/admin/workflows/list/",
    ):
        assert carla.get(address).status_code == 404, address
        assert sara.get(address).status_code in {302, 404}, address
    assert carla.get("/admin/images/").status_code == 404
    assert carla.get("/admin/").status_code == 200


def test_an_operator_does_not_enter_the_admin(cast: Cast) -> None:
    assert signed_in(cast.piero).get("/admin/").status_code in {302, 404}
