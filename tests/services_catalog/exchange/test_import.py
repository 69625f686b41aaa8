"""What an import does to what is there: facts, drafts, and what its file could not see."""

from typing import Any
from uuid import uuid4

import pytest
from wagtail.models import Revision

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.exchange.lines import ImportRefused
from services_catalog.publication import records
from tests.services_catalog.exchange.conftest import exported, imported, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def body_of(name: str, slug: str = "plus-iglesias", reader: str = "public") -> dict[str, Any]:
    return next(
        body for body in parsed(exported(slug, reader)) if body["kind"] == "service" and body["name"]["it"] == name
    )


def public(service: models.Service) -> str:
    return (records.body("service", service.pk, "public", "it") or b"").decode()


PIS = "Pronto Intervento Sociale"


def test_changed_hours_and_texts_are_published_at_once(iglesias):
    body = body_of(PIS)
    body["phones"][0]["number"] = "0781 000111"
    body["summary"]["it"] = "Chiama quando vuoi."

    summary = imported(iglesias, body, publish=True)

    pis = models.Service.objects.get(pk=body["id"])
    assert (summary.new, summary.changed) == (0, 1)
    assert "0781 000111" in public(pis)
    assert "Chiama quando vuoi." in public(pis)
    assert pis.live_revision == pis.latest_revision
    assert pis.latest_revision.content["summary_it"] == "Chiama quando vuoi."


def test_what_the_file_leaves_out_is_deleted(iglesias):
    body = body_of(PIS)
    body["phones"], body["eligibility"], body["schedules"] = [], [], []

    imported(iglesias, body, publish=True)

    pis = models.Service.objects.get(pk=body["id"])
    assert not pis.phones.exists()
    assert not pis.eligibility.exists()
    assert "0781 33000" not in str(body_of(PIS)["phones"])


def test_a_new_service_without_publish_is_a_draft_nobody_reads(iglesias):
    body = body_of("Biblioteca") | {"id": str(uuid4()), "name": {"it": "Mensa nuova"}}
    body["access"]["steps"] = []

    summary = imported(iglesias, body)

    canteen = models.Service.objects.get(pk=body["id"])
    assert summary.new == 1
    assert not canteen.live
    assert canteen.has_unpublished_changes
    assert canteen.get_latest_revision_as_object().name_it == "Mensa nuova"
    assert public(canteen) == ""


def test_without_publish_no_reader_sees_any_change(iglesias):
    body = body_of(PIS)
    before = exported("plus-iglesias")
    body["summary"]["it"], body["phones"][0]["number"] = "Testo nuovo.", "0781 000111"
    body["program"]["cup"] = "X00"

    imported(iglesias, body)

    pis = models.Service.objects.get(pk=body["id"])
    assert exported("plus-iglesias") == before
    assert pis.live
    assert pis.get_latest_revision_as_object().summary_it == "Testo nuovo."
    assert pis.phones.get().number == "0781 33000"


def test_a_draft_left_by_an_import_is_published_by_the_same_file(iglesias):
    body = body_of(PIS)
    body["summary"]["it"] = "Testo nuovo."
    imported(iglesias, body)

    imported(iglesias, body, publish=True)

    assert "Testo nuovo." in public(models.Service.objects.get(pk=body["id"]))


def test_somebody_elses_draft_refuses_the_row(iglesias):
    body = body_of(PIS)
    pis = models.Service.objects.get(pk=body["id"])
    pis.summary_it = "Sara sta scrivendo."
    pis.save_revision()

    with pytest.raises(ImportRefused, match=r"line 1: .* has a draft that is not published"):
        imported(iglesias, body, publish=True)


def test_a_scheduled_publication_and_a_lock_refuse_the_row(iglesias):
    body = body_of(PIS)
    Revision.objects.filter(object_id=body["id"]).update(approved_go_live_at="2030-01-01T00:00Z")
    with pytest.raises(ImportRefused, match="publication scheduled"):
        imported(iglesias, body, publish=True)

    Revision.objects.update(approved_go_live_at=None)
    models.Service.objects.filter(pk=body["id"]).update(locked=True)
    with pytest.raises(ImportRefused, match="locked"):
        imported(iglesias, body, publish=True)


def test_a_dry_run_tells_and_changes_nothing(iglesias):
    body = body_of(PIS)
    before, changes = exported("plus-iglesias"), models.Change.objects.count()
    body["phones"] = []

    summary = imported(iglesias, body, publish=True, dry_run=True)

    assert summary.changed == 1
    assert exported("plus-iglesias") == before
    assert models.Change.objects.count() == changes


def test_a_public_file_leaves_the_operators_and_sealed_parts_as_they_are(valdarmonia):
    name = "Pronto intervento sociale di Valdarmonia"
    body = body_of(name, "valdarmonia")
    body["phones"] = []

    imported(valdarmonia, body, publish=True)

    kept = models.Phone.objects.filter(service_id=body["id"])
    assert [(phone.audience, phone.number) for phone in kept] == [("operator", "0000 777555")]
    assert kept.get().schedules.count() == 1


def test_a_public_file_leaves_a_service_where_it_meets_a_refuge(valdarmonia):
    refuge = models.Service.objects.get(name_it="Casa rifugio Orsa Minore")
    shelter = refuge.locations.get().location
    models.Location.objects.filter(pk=shelter.pk).update(audience=Audience.PUBLIC)
    desk = models.Service.objects.get(name_it="Pronto intervento sociale di Valdarmonia")
    models.ServiceAtLocation.objects.create(service=desk, location=shelter)

    imported(valdarmonia, body_of(desk.name_it, "valdarmonia"), publish=True)

    assert desk.locations.filter(location=shelter).exists()


def test_a_public_file_leaves_a_step_that_leads_to_a_hidden_service(valdarmonia):
    desk = models.Service.objects.get(name_it="Pronto intervento sociale di Valdarmonia")
    line = models.Service.objects.get(name_it="Linea Colleghi Riservata")
    step = models.AccessStep.objects.create(service=desk, kind="call", at_service=line, position=99)
    body = body_of(desk.name_it, "valdarmonia")
    assert body["access"]["steps"][-1]["service"] is None

    imported(valdarmonia, body, publish=True)
    step.refresh_from_db()
    assert step.at_service == line

    body = body_of(desk.name_it, "valdarmonia", "operator")
    body["access"]["steps"][-1]["service"] = None
    imported(valdarmonia, body, publish=True)
    step.refresh_from_db()
    assert step.at_service is None


def test_an_operators_file_may_take_an_operators_phone_away(valdarmonia):
    body = body_of("Pronto intervento sociale di Valdarmonia", "valdarmonia", "operator")
    body["phones"] = body["phones"][:1]
    body["contacts"][0]["audience"] = Audience.OPERATOR

    imported(valdarmonia, body, publish=True)

    assert not models.Phone.objects.filter(service_id=body["id"], audience="operator").exists()


def test_an_operators_file_says_little_of_a_refuge_and_takes_nothing_away(valdarmonia):
    body = body_of("Casa rifugio Orsa Minore", "valdarmonia", "operator")
    body["referral_route"]["it"] = "Chiama Filo Rosa, sempre."

    imported(valdarmonia, body, publish=True)

    refuge = models.Service.objects.get(pk=body["id"])
    assert refuge.referral_route_it == "Chiama Filo Rosa, sempre."
    assert refuge.description_it == "La casa ha sei stanze."
    assert refuge.locations.get().location.street == "Via del Segreto Custodito 7"
    assert refuge.phones.exists()
    assert refuge.eligibility.count() == 2


def test_an_import_never_shows_to_more_people_than_before(valdarmonia):
    refuge = body_of("Casa rifugio Orsa Minore", "valdarmonia", "operator") | {"audience": "public"}
    canteen = body_of("Pronto intervento sociale di Valdarmonia", "valdarmonia", "operator")
    canteen["phones"][1]["audience"] = "public"

    with pytest.raises(ImportRefused) as refused:
        imported(valdarmonia, refuge, canteen, publish=True)

    assert [error.line for error in refused.value.errors] == [1, 2]
    assert all("would show it to" in error.message for error in refused.value.errors)


def test_who_keeps_a_place_true_is_decided_once(valdarmonia):
    place = models.Location.objects.get(name_it="Casa Aurora")
    body = body_of("Dormitorio Casa Aurora", "valdarmonia")
    assert str(place.organization) == "Il Ponte Nuovo, Cooperativa Sociale"
    body["organizations"] = body["organizations"][1:]

    imported(valdarmonia, body, publish=True)

    place.refresh_from_db()
    assert str(place.organization) == "Il Ponte Nuovo, Cooperativa Sociale"


def test_a_guest_from_another_territory_is_named_and_not_written(iglesias, valdarmonia):
    emmaus = models.Organization.objects.get(alternate_name="Emmaus")
    guest = parsed(records.body("organization", emmaus.pk, "public", "all") or b"")[0] | {"email": "x@example.invalid"}
    body = body_of(PIS)
    body["organizations"].append({"role": "partner", "organization": guest})

    imported(iglesias, body, publish=True)

    emmaus.refresh_from_db()
    assert emmaus.email == ""
    assert emmaus.name in public(models.Service.objects.get(pk=body["id"]))

    body["organizations"][-1]["organization"]["id"] = str(uuid4())
    with pytest.raises(ImportRefused, match=r"organization .* is neither in the file nor in the catalogue"):
        imported(iglesias, body, publish=True)


def hours_of_a_personal_mobile(body: dict[str, Any]) -> models.Schedule:
    phone = models.Phone.objects.create(service_id=body["id"], type="personal_mobile", number="0000 777333")
    return models.Schedule.objects.create(phone=phone, opening_hours="Mo-Fr 08:00-20:00")


def exception_of_operators_hours(body: dict[str, Any]) -> models.ScheduleException:
    hours = models.Schedule.objects.create(service_id=body["id"], audience="operator", opening_hours="Mo 08:00-20:00")
    return models.ScheduleException.objects.create(schedule=hours, starts="2023-01-02", ends="2023-01-02")


def door(body: dict[str, Any], audience: str) -> models.ServiceAtLocation:
    organization = models.Organization.objects.get(pk=body["organizations"][0]["organization"]["id"])
    place = models.Location.objects.create(territory=organization.territory, name_it="Retro", audience=audience)
    return models.ServiceAtLocation.objects.create(service_id=body["id"], location=place)


def hours_at_an_operators_place(body: dict[str, Any]) -> models.Schedule:
    return models.Schedule.objects.create(service_at_location=door(body, "operator"), opening_hours="Mo-Fr 08:00-20:00")


def phone_at_an_operators_place(body: dict[str, Any]) -> models.Phone:
    return models.Phone.objects.create(service_at_location=door(body, "operator"), number="0000 777333")


def phone_at_a_place_that_a_refuge_seals(body: dict[str, Any]) -> models.Phone:
    sheltering = door(body, "public")
    refuge = models.Service.objects.get(name_it="Casa rifugio Orsa Minore")
    models.ServiceAtLocation.objects.create(service=refuge, location=sheltering.location)
    return models.Phone.objects.create(service_at_location=sheltering, number="0000 777333")


@pytest.mark.parametrize(
    "hidden",
    [
        hours_of_a_personal_mobile,
        exception_of_operators_hours,
        hours_at_an_operators_place,
        phone_at_an_operators_place,
        phone_at_a_place_that_a_refuge_seals,
    ],
)
def test_what_stands_under_something_hidden_outlives_a_public_file(hidden, valdarmonia):
    name = "Pronto intervento sociale di Valdarmonia"
    row = hidden(body_of(name, "valdarmonia"))
    body = body_of(name, "valdarmonia")
    assert str(row.pk) not in str(body)

    imported(valdarmonia, body, publish=True)

    assert type(row).objects.filter(pk=row.pk).exists()
