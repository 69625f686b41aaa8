"""What each reader's records hold, and what happens when that narrows."""

import json

import pytest

from services_catalog import models
from services_catalog.choices import Audience, PhoneType, StepKind
from services_catalog.publication import compiler, records
from services_catalog.publication.document import SHAPES, Service
from services_catalog.publication.transaction import Key
from tests.factories import LocationFactory, OrganizationFactory, PhoneFactory, RefugeFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SECRET_STREET = "Via del Segreto 7"
SECRET_PHONE = "0781 999888"


def body(thing: models.Service | models.Location | models.Organization, reader: str, language: str = "all") -> str:
    found = records.body(thing.kind, thing.pk, reader, language)
    return found.decode() if found else ""


def actions(thing: models.Service | models.Location, audience: str) -> list[str]:
    found = models.Change.objects.filter(uuid=thing.pk, audience=audience)
    return list(found.values_list("action", flat=True))


def everything_published() -> str:
    texts = list(models.PublishedRecord.objects.values_list("body", flat=True))
    return "\n".join(texts) + str(list(models.RecordFacet.objects.values_list("value", flat=True)))


def test_a_public_service_needs_one_record_for_both_readers() -> None:
    canteen = ServiceFactory(organization=OrganizationFactory(), location=LocationFactory())

    assert set(models.PublishedRecord.objects.filter(uuid=canteen.pk).values_list("audience", flat=True)) == {"public"}
    assert body(canteen, Audience.OPERATOR) == body(canteen, Audience.PUBLIC) != ""


def test_every_body_has_its_shape_in_every_language() -> None:
    canteen = ServiceFactory(organization=OrganizationFactory(), location=LocationFactory())
    PhoneFactory(service=canteen)

    for record in models.PublishedRecord.objects.all():
        SHAPES[record.kind].model_validate_json(record.body)
    assert models.PublishedRecord.objects.filter(uuid=canteen.pk).count() == 4, "all, it, en, ar"


def test_a_text_missing_in_arabic_is_shown_in_italian_and_named() -> None:
    canteen = ServiceFactory(name_ar="مطعم")

    amina_reads = SHAPES["service"].model_validate_json(body(canteen, Audience.PUBLIC, "ar"))

    assert isinstance(amina_reads, Service)
    assert amina_reads.name == "مطعم"
    assert amina_reads.summary == "Un pasto caldo, ogni giorno."
    assert amina_reads.untranslated == ("summary",)


def test_a_personal_mobile_is_the_operators_unless_somebody_says() -> None:
    canteen = ServiceFactory()
    mobile = PhoneFactory(service=canteen, type=PhoneType.PERSONAL_MOBILE, number="333 1112223")

    assert mobile.audience == Audience.OPERATOR
    assert "333 1112223" not in body(canteen, Audience.PUBLIC)
    assert "333 1112223" in body(canteen, Audience.OPERATOR)


def test_an_operators_place_is_in_no_public_record() -> None:
    place = LocationFactory(street=SECRET_STREET, audience=Audience.OPERATOR)
    canteen = ServiceFactory(location=place)

    assert body(place, Audience.PUBLIC) == ""
    assert SECRET_STREET not in body(canteen, Audience.PUBLIC)
    assert SECRET_STREET in body(canteen, Audience.OPERATOR)
    public_facets = models.RecordFacet.objects.filter(reader=Audience.PUBLIC).values_list("value", flat=True)
    assert str(place.pk) not in set(public_facets)
    assert "E281" not in set(public_facets.filter(kind="service"))


def test_a_sealed_place_is_in_nobodys_record() -> None:
    place = LocationFactory(street=SECRET_STREET, latitude=39.123456, audience=Audience.SEALED)
    PhoneFactory(location=place, number=SECRET_PHONE)
    refuge = RefugeFactory(location=place)
    PhoneFactory(service=refuge, number=SECRET_PHONE)

    published = everything_published()

    assert body(refuge, Audience.PUBLIC) == ""
    assert "Chiama il centro antiviolenza." in body(refuge, Audience.OPERATOR)
    for secret in (SECRET_STREET, SECRET_PHONE, "39.123456", str(place.pk), "E281"):
        assert secret not in published


def test_a_public_service_at_a_sealed_place_shows_no_place() -> None:
    place = LocationFactory(street=SECRET_STREET, audience=Audience.SEALED)
    counsel = ServiceFactory(name_it="Sportello d'ascolto", location=place)

    assert body(counsel, Audience.PUBLIC) != ""
    assert SECRET_STREET not in everything_published()


def test_narrowing_a_service_tells_public_readers_to_drop_it() -> None:
    canteen = ServiceFactory()
    canteen.audience = Audience.OPERATOR
    canteen.save()

    assert body(canteen, Audience.PUBLIC) == ""
    assert body(canteen, Audience.OPERATOR) != ""
    assert actions(canteen, Audience.PUBLIC) == ["published", "redacted"]
    assert actions(canteen, Audience.OPERATOR) == ["published"]


def test_sealing_what_operators_read_tells_them_to_drop_it_once() -> None:
    refuge = RefugeFactory(audience=Audience.OPERATOR, description_it="Dietro la chiesa.")
    refuge.audience = Audience.SEALED
    refuge.save()
    assert "chiesa" not in everything_published()
    refuge.referral_route_it = "Chiama il 1522."
    refuge.save()

    assert actions(refuge, Audience.OPERATOR) == ["published", "redacted", "updated"]


def test_narrowing_a_place_tells_readers_of_its_services_to_drop_what_they_hold() -> None:
    place = LocationFactory(street=SECRET_STREET)
    canteen = ServiceFactory(location=place)
    models.Location.objects.filter(pk=place.pk).update(audience=Audience.SEALED)

    assert actions(place, Audience.PUBLIC)[-1] == "redacted"
    assert actions(canteen, Audience.PUBLIC)[-1] == "redacted"
    assert SECRET_STREET not in everything_published()


def test_narrowing_a_phone_redacts_the_service() -> None:
    canteen = ServiceFactory()
    phone = PhoneFactory(service=canteen)
    phone.audience = Audience.OPERATOR
    phone.save()

    assert actions(canteen, Audience.PUBLIC)[-1] == "redacted"


def test_a_change_that_hides_nothing_is_an_update() -> None:
    canteen = ServiceFactory()
    canteen.url = "https://example.org"
    canteen.save()

    assert actions(canteen, Audience.PUBLIC) == ["published", "updated"]


def test_operators_read_the_publics_record_again_once_nothing_differs() -> None:
    canteen = ServiceFactory()
    mobile = PhoneFactory(service=canteen, type=PhoneType.PERSONAL_MOBILE)
    mobile.delete()

    assert not models.PublishedRecord.objects.filter(uuid=canteen.pk, audience=Audience.OPERATOR).exists()
    assert body(canteen, Audience.OPERATOR) == body(canteen, Audience.PUBLIC)
    assert actions(canteen, Audience.OPERATOR) == ["published", "updated"]


def test_nobody_reads_sealed() -> None:
    ServiceFactory()

    assert not models.PublishedRecord.objects.readable_by(Audience.SEALED).exists()
    with pytest.raises(ValueError, match="everyone"):
        models.PublishedRecord.objects.readable_by("everyone")


def test_a_place_is_sealed_with_the_service_it_shelters_and_shown_again_after() -> None:
    place = LocationFactory(street=SECRET_STREET)
    canteen = ServiceFactory(location=place)
    refuge = RefugeFactory(audience=Audience.PUBLIC, location=place)
    assert SECRET_STREET in body(place, Audience.PUBLIC)

    refuge.audience = Audience.SEALED
    refuge.save()
    assert SECRET_STREET not in everything_published()
    assert actions(place, Audience.PUBLIC)[-1] == "redacted"
    assert actions(canteen, Audience.PUBLIC)[-1] == "redacted"

    refuge.delete()
    assert SECRET_STREET in body(canteen, Audience.PUBLIC)
    assert SECRET_STREET in body(place, Audience.PUBLIC)


def test_a_place_given_to_a_sealed_service_is_hidden_at_once() -> None:
    place = LocationFactory(street=SECRET_STREET)
    refuge = RefugeFactory()
    models.ServiceAtLocation.objects.create(service=refuge, location=place)

    assert SECRET_STREET not in everything_published()


def leads_to(owner: models.Service, reader: str = Audience.PUBLIC) -> str | None:
    """Where the first step of the service leads, as the reader has it."""
    found: str | None = json.loads(body(owner, reader))["access"]["steps"][0]["service"]
    return found


def test_a_step_leads_only_to_services_that_the_reader_has() -> None:
    desk, pantry = ServiceFactory(name_it="Sportello"), ServiceFactory(name_it="Emporio")
    models.AccessStep.objects.create(service=pantry, kind=StepKind.LISTENING_DESK, at_service=desk)
    shown = str(desk.pk)
    assert leads_to(pantry) == leads_to(pantry, Audience.OPERATOR) == shown

    for audience, public, operator in (
        (Audience.OPERATOR, None, shown),
        (Audience.SEALED, None, shown),
        (Audience.PUBLIC, shown, shown),
    ):
        models.Service.objects.filter(pk=desk.pk).update(audience=audience)
        assert (leads_to(pantry), leads_to(pantry, Audience.OPERATOR)) == (public, operator)
    assert actions(pantry, Audience.PUBLIC) == ["published", "updated", "redacted", "updated"]

    desk.refresh_from_db()
    desk.unpublish()
    assert leads_to(pantry) is leads_to(pantry, Audience.OPERATOR) is None
    desk.save_revision().publish()
    assert leads_to(pantry) == shown
    desk.delete()
    assert leads_to(pantry) is None


def test_saving_a_service_compiles_those_that_lead_to_it_only_if_it_appears_or_vanishes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, pantry = ServiceFactory(), ServiceFactory()
    models.AccessStep.objects.create(service=pantry, kind=StepKind.LISTENING_DESK, at_service=desk)
    compiled: list[Key] = []
    monkeypatch.setattr(compiler, "compile_keys", lambda _head, keys: compiled.extend(keys))
    desk.url = "https://example.org"
    desk.save()
    assert Key("service", pantry.pk) not in compiled
    desk.audience = Audience.OPERATOR
    desk.save()
    assert Key("service", pantry.pk) in compiled
