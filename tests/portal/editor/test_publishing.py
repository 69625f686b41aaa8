"""Every way in which the admin publishes and takes back: each leaves the record and the change right."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from services_catalog import models
from services_catalog.publication.feed import Action
from tests.portal.cast import Cast, signed_in
from tests.portal.editor.screens import edit, space

pytestmark = pytest.mark.django_db


def public_name(row: Any) -> str | None:
    """The Italian name in the public's record."""
    found = models.PublishedRecord.objects.of("service", "public", "it").filter(uuid=row.pk).first()
    if found is None:
        return None
    return str(orjson.loads(found.body)["name"])


def last_change(row: Any) -> str:
    return str(models.Change.objects.filter(uuid=row.pk, audience="public").order_by("-seq")[0].action)


def test_staff_publish_from_the_screen(cast: Cast) -> None:
    edit(signed_in(cast.sara), cast.canteen, "publish", name_it="Mensa nuova")
    assert public_name(cast.canteen) == "Mensa nuova"
    assert last_change(cast.canteen) == Action.UPDATED


def test_a_draft_changes_nothing_public(cast: Cast) -> None:
    before = models.Change.objects.count()
    edit(signed_in(cast.carla), cast.canteen, name_it="Bozza")
    assert public_name(cast.canteen) == "Mensa Caritas"
    assert models.Change.objects.count() == before


def test_a_partner_who_asks_to_publish_leaves_a_draft(cast: Cast) -> None:
    edit(signed_in(cast.carla), cast.canteen, "publish", name_it="Senza permesso")
    assert public_name(cast.canteen) == "Mensa Caritas"


def test_a_partner_submits_the_staff_approve_and_it_is_public(cast: Cast) -> None:
    edit(signed_in(cast.carla), cast.canteen, "submit", name_it="Mensa approvata")
    assert public_name(cast.canteen) == "Mensa Caritas"
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse(f"{space(cast.canteen)}:workflow_action", args=[cast.canteen.pk, "approve", task.pk])
    assert signed_in(cast.carla).post(address).status_code in {302, 403}
    assert signed_in(cast.silvio).post(address).status_code == 404
    assert public_name(cast.canteen) == "Mensa Caritas"
    assert "Mensa approvata" in signed_in(cast.sara).get("/admin/").content.decode()
    signed_in(cast.sara).post(address)
    assert public_name(cast.canteen) == "Mensa approvata"


def test_the_dashboard_of_others_does_not_name_what_waits(cast: Cast) -> None:
    edit(signed_in(cast.carla), cast.canteen, "submit", name_it="Mensa approvata")
    for user in (cast.emma, cast.silvio, cast.custode):
        assert "Mensa approvata" not in signed_in(user).get("/admin/").content.decode()


def test_who_is_staff_elsewhere_publishes_nothing_here(cast: Cast) -> None:
    models.Membership.objects.create(user=cast.carla, role=models.MembershipRole.STAFF, territory=cast.elsewhere)
    client = signed_in(cast.carla)
    edit(client, cast.canteen, "publish", name_it="Scorciatoia")
    assert public_name(cast.canteen) == "Mensa Caritas"
    values = {
        "territory": cast.territory.pk,
        "organization": cast.caritas.pk,
        "name_it": "Nuova",
        "action-publish": "1",
    }
    client.post(reverse("wagtailsnippets_services_catalog_service:add"), values)
    made = models.Service.objects.filter(name_it="Nuova").first()
    assert made is None or not made.live


def test_a_publication_in_the_future_waits_for_its_hour(cast: Cast) -> None:
    soon = timezone.localtime() + timedelta(hours=2)
    edit(
        signed_in(cast.sara),
        cast.canteen,
        "publish",
        name_it="Mensa di domani",
        go_live_at=soon.strftime("%Y-%m-%d %H:%M"),
    )
    assert public_name(cast.canteen) == "Mensa Caritas"
    with time_machine.travel(soon + timedelta(minutes=5)):
        call_command("publish_scheduled", verbosity=0)
    assert public_name(cast.canteen) == "Mensa di domani"


def test_unpublishing_takes_the_record_away_and_leaves_a_change(cast: Cast) -> None:
    address = reverse(f"{space(cast.canteen)}:unpublish", args=[cast.canteen.pk])
    signed_in(cast.carla).post(address)
    assert public_name(cast.canteen) == "Mensa Caritas"
    signed_in(cast.sara).post(address)
    assert public_name(cast.canteen) is None
    assert last_change(cast.canteen) == Action.UNPUBLISHED


def test_deleting_takes_the_record_away_and_leaves_a_change(cast: Cast) -> None:
    address = reverse(f"{space(cast.canteen)}:delete", args=[cast.canteen.pk])
    signed_in(cast.carla).post(address)
    assert public_name(cast.canteen) == "Mensa Caritas"
    signed_in(cast.sara).post(address)
    assert public_name(cast.canteen) is None
    assert last_change(cast.canteen) == Action.UNPUBLISHED


def test_deleting_several_leaves_a_change_of_each(cast: Cast) -> None:
    address = reverse("wagtail_bulk_action", args=["services_catalog", "service", "delete"])
    signed_in(cast.sara).post(f"{address}?id={cast.canteen.pk}&id={cast.laundry.pk}&id={cast.far.pk}")
    assert public_name(cast.canteen) is None
    assert public_name(cast.laundry) is None
    assert public_name(cast.far) == "Servizio lontano"
    assert last_change(cast.canteen) == last_change(cast.laundry) == Action.UNPUBLISHED


def test_an_older_draft_approved_does_not_bring_back_older_facts(cast: Cast) -> None:
    edit(signed_in(cast.carla), cast.canteen, name_it="Bozza vecchia")
    models.Service.objects.filter(pk=cast.canteen.pk).update(status="suspended")
    edit(signed_in(cast.sara), cast.canteen, "publish")
    cast.canteen.refresh_from_db()
    assert cast.canteen.status == "suspended"
    assert public_name(cast.canteen) == "Bozza vecchia"


def test_a_new_service_goes_from_the_partner_to_the_public(cast: Cast) -> None:
    values = {"territory": cast.territory.pk, "organization": cast.caritas.pk, "name_it": "Docce Caritas"}
    signed_in(cast.carla).post(reverse("wagtailsnippets_services_catalog_service:add"), values)
    made = models.Service.objects.get(name_it="Docce Caritas")
    assert public_name(made) is None
    edit(signed_in(cast.sara), made, "publish")
    assert public_name(made) == "Docce Caritas"
    assert last_change(made) == Action.PUBLISHED
