"""The form of facts: what is saved holds at once, is logged, and what is wrong is said plainly."""

from typing import Any

import orjson
import pytest
from wagtail.models import ModelLogEntry

from services_catalog import models
from services_catalog.choices import Audience
from tests.factories import ComuneFactory, TermFactory
from tests.portal.cast import Cast, signed_in
from tests.portal.editor.screens import edit, facts, facts_address, posted

pytestmark = pytest.mark.django_db


def body(row: Any, reader: str = "public") -> dict[str, Any]:
    found = models.PublishedRecord.objects.of("service", reader, "all").get(uuid=row.pk)
    return dict(orjson.loads(found.body))


def test_hours_saved_are_public_at_once_whatever_draft_waits(cast: Cast) -> None:
    client = signed_in(cast.carla)
    edit(client, cast.canteen, name_it="Bozza che aspetta")
    answer = facts(client, cast.canteen, "hours", **{"schedule-0-opening_hours": "Mo-Fr 12:00-14:00"})
    assert answer.status_code == 302
    said = body(cast.canteen)
    assert said["schedules"][0]["opening_hours"] == "Mo-Fr 12:00-14:00"
    assert said["name"]["it"] == "Mensa Caritas"


def test_hours_nobody_can_read_are_refused_with_a_sentence_and_nothing_is_lost(cast: Cast) -> None:
    client = signed_in(cast.carla)
    changes = {"schedule-0-opening_hours": "lun-ven 12-14", "schedule-0-description_it": "Solo pranzo"}
    answer = facts(client, cast.canteen, "hours", **changes)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "lun-ven 12-14" in page
    assert "Solo pranzo" in page
    assert "catalogue-error" in page
    assert not models.Schedule.objects.exists()


def test_a_social_office_has_hours_that_can_be_read_or_none(cast: Cast) -> None:
    client = signed_in(cast.sara)
    row = {"territorycomune-0-comune": ComuneFactory().pk, "territorycomune-0-office_opening_hours": "lun-ven 9-12"}
    answer = facts(client, cast.territory, "comuni", **row)
    assert answer.status_code == 200
    assert "catalogue-error" in answer.content.decode()
    assert not models.TerritoryComune.objects.exists()
    for hours in ("", "Mo-Fr 09:00-12:00"):
        assert (
            facts(
                client, cast.territory, "comuni", **row | {"territorycomune-0-office_opening_hours": hours}
            ).status_code
            == 302
        )
        assert models.TerritoryComune.objects.get().office_opening_hours == hours


def test_hours_belong_to_the_service_one_of_its_places_or_a_phone(cast: Cast) -> None:
    client = signed_in(cast.carla)
    place = models.ServiceAtLocation.objects.get(service=cast.canteen)
    phone = models.Phone.objects.create(service=cast.canteen, number="0781 000222")
    hours = {"schedule-0-opening_hours": "24/7"}
    facts(client, cast.canteen, "hours", **hours, **{"schedule-0-owner": f"at:{place.pk}"})
    schedule = models.Schedule.objects.get()
    assert schedule.service_at_location == place
    facts(client, cast.canteen, "hours", **{"schedule-0-owner": f"phone:{phone.pk}"})
    schedule.refresh_from_db()
    assert schedule.phone == phone
    assert schedule.service_at_location_id is None
    foreign = models.ServiceAtLocation.objects.get(service=cast.laundry)
    assert facts(client, cast.canteen, "hours", **{"schedule-0-owner": f"at:{foreign.pk}"}).status_code == 200


def test_a_closure_is_a_row_of_the_hours(cast: Cast) -> None:
    client = signed_in(cast.carla)
    facts(client, cast.canteen, "hours", **{"schedule-0-opening_hours": "Mo-Fr 12:00-14:00"})
    schedule = models.Schedule.objects.get()
    closed = {
        "scheduleexception-0-schedule": str(schedule.pk),
        "scheduleexception-0-starts": "2026-12-24",
        "scheduleexception-0-ends": "2026-12-26",
        "scheduleexception-0-opening_hours": "off",
        "scheduleexception-0-reason_it": "Natale",
    }
    facts(client, cast.canteen, "hours", **closed)
    assert body(cast.canteen)["schedules"][0]["exceptions"][0]["reason"] == {"it": "Natale"}
    answer = facts(client, cast.canteen, "hours", **{"scheduleexception-0-ends": "2026-12-01"})
    assert answer.status_code == 200


def test_a_row_taken_away_is_gone_from_the_record(cast: Cast) -> None:
    models.Phone.objects.create(service=cast.canteen, number="0781 000222")
    facts(signed_in(cast.carla), cast.canteen, "phones", **{"phone-0-DELETE": "on"})
    assert body(cast.canteen)["phones"] == []


def test_a_persons_mobile_is_the_operators_unless_somebody_says(cast: Cast) -> None:
    mobile = {"phone-0-type": "personal_mobile", "phone-0-number": "333 0000000", "phone-0-audience": ""}
    facts(signed_in(cast.carla), cast.canteen, "phones", **mobile)
    assert models.Phone.objects.get().audience == Audience.OPERATOR
    assert body(cast.canteen)["phones"] == []
    assert body(cast.canteen, "operator")["phones"][0]["number"] == "333 0000000"


def test_every_section_opens_and_saves_unchanged_without_a_change(cast: Cast) -> None:
    client = signed_in(cast.sara)
    program = models.Program.objects.create(territory=cast.territory, name_it="PON")
    before = models.Change.objects.count()
    for row, sections in (
        (cast.canteen, "state hours phones places who access costs capacity terms organizations"),
        (cast.caritas_place, "place hours phones"),
        (cast.caritas, "identity phones"),
        (program, "act"),
        (cast.territory, "territory comuni numbers"),
    ):
        for section in sections.split():
            answer = facts(client, row, section)
            assert answer.status_code == 302, (section, answer.context["form"] and answer.context["form"].errors)
    assert models.Change.objects.count() == before
    assert not ModelLogEntry.objects.filter(action="portolano.facts").exists()


def test_conditions_costs_and_steps_reach_the_record(cast: Cast) -> None:
    client = signed_in(cast.carla)
    facts(
        client,
        cast.canteen,
        "who",
        **{
            "eligibilityrule-0-dimension": "gender",
            "eligibilityrule-0-values": ["female"],
            "servicearea-0-name": "Tutto il territorio",
        },
    )
    facts(client, cast.canteen, "costs", **{"costoption-0-amount": "0", "costoption-0-description_it": "Pasto"})
    facts(
        client,
        cast.canteen,
        "access",
        **{"own-appointment": "no", "accessstep-0-kind": "walk_in", "requireddocument-0-document_it": "Tessera"},
    )
    said = body(cast.canteen)
    assert said["eligibility"][0]["values"] == ["female"]
    assert said["costs"][0]["amount"] == "0.00"
    assert said["access"]["appointment"] == "no"
    assert said["access"]["steps"][0]["kind"] == "walk_in"
    assert said["required_documents"][0]["document"] == {"it": "Tessera"}
    wrong = {"eligibilityrule-0-dimension": "homeless", "eligibilityrule-0-values": ["male"]}
    assert facts(client, cast.canteen, "who", **wrong).status_code == 200


def test_terms_are_ticks(cast: Cast) -> None:
    eat, sleep = TermFactory(), TermFactory(slug="sleep", name_it="Dormire")
    client = signed_in(cast.carla)
    facts(client, cast.canteen, "terms", **{"own-need": [str(eat.pk), str(sleep.pk)]})
    assert set(body(cast.canteen)["terms"]["needs"]) == {str(eat.pk), str(sleep.pk)}
    facts(client, cast.canteen, "terms", **{"own-need": [str(sleep.pk)]})
    assert body(cast.canteen)["terms"]["needs"] == [str(sleep.pk)]


def test_the_log_names_who_and_what_and_no_value(cast: Cast) -> None:
    facts(signed_in(cast.carla), cast.canteen, "state", **{"own-status": "suspended", "own-status_reason_it": "Lavori"})
    entry = ModelLogEntry.objects.get(action="portolano.facts")
    assert entry.user == cast.carla
    assert entry.data == {"section": "state", "fields": ["status", "status_reason_it"]}


def test_a_page_that_somebody_else_has_changed_meanwhile_is_not_written_over(cast: Cast) -> None:
    client = signed_in(cast.carla)
    page = client.get(facts_address(cast.canteen, "state"))
    values = posted(page)
    facts(signed_in(cast.sara), cast.canteen, "state", **{"own-status": "suspended"})
    answer = client.post(facts_address(cast.canteen, "state"), values | {"own-email": "mensa@example.org"})
    assert answer.status_code == 200
    cast.canteen.refresh_from_db()
    assert (cast.canteen.status, cast.canteen.email) == ("suspended", "")
    assert "mensa@example.org" in answer.content.decode()


def test_facts_saved_do_not_write_back_older_texts(cast: Cast) -> None:
    client = signed_in(cast.carla)
    page = client.get(facts_address(cast.canteen, "state"))
    edit(signed_in(cast.sara), cast.canteen, "publish", name_it="Nome nuovo")
    client.post(facts_address(cast.canteen, "state"), posted(page) | {"own-email": "mensa@example.org"})
    cast.canteen.refresh_from_db()
    assert (cast.canteen.name_it, cast.canteen.email) == ("Nome nuovo", "mensa@example.org")


def test_who_runs_it_and_the_program_are_the_staffs(cast: Cast) -> None:
    carla = signed_in(cast.carla)
    assert carla.get(facts_address(cast.canteen, "organizations")).status_code == 404
    assert "own-program" not in carla.get(facts_address(cast.canteen, "state")).content.decode()
    assert signed_in(cast.sara).get(facts_address(cast.canteen, "organizations")).status_code == 200


def test_a_protected_service_needs_its_referral_route(cast: Cast) -> None:
    client = signed_in(cast.sara)
    answer = facts(client, cast.canteen, "state", **{"own-audience": "sealed"})
    assert answer.status_code == 200
    models.Service.objects.filter(pk=cast.canteen.pk).update(referral_route_it="Tramite il servizio sociale")
    answer = facts(client, cast.canteen, "state", **{"own-audience": "sealed"})
    assert answer.status_code == 302
    assert not models.PublishedRecord.objects.of("service", "public", "it").filter(uuid=cast.canteen.pk).exists()
    assert client.get(facts_address(cast.canteen, "state")).status_code == 404
    assert not ModelLogEntry.objects.filter(label__contains="Mensa Caritas").exists()
