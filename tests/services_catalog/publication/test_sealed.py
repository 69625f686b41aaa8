"""No text of those who know a sealed place names it, and no text of others is taken for such."""

from typing import Any

import pytest

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import records
from services_catalog.publication.secrets import words_of
from tests.factories import (
    ComuneFactory,
    LocationFactory,
    OrganizationFactory,
    PhoneFactory,
    RefugeFactory,
    ServiceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STREET = "Via del Segreto 7"
PHONE = "0781 999888"
WAYS_TO_WRITE_IT = (
    "Siamo in via del segreto, 7.",
    "Citofono: VIA DEL SEGRETO 7",
    "Via Segreto n° 7/A, scala B",
    "via del Segreto numero 7",
)


def body(thing: Any, reader: str = Audience.PUBLIC) -> str:
    found = records.body(thing.kind, thing.pk, reader, "all")
    return found.decode() if found else ""


def everything_published() -> str:
    return "\n".join(models.PublishedRecord.objects.values_list("body", flat=True)).casefold()


def actions(thing: Any, audience: str = Audience.PUBLIC) -> list[str]:
    return list(models.Change.objects.filter(uuid=thing.pk, audience=audience).values_list("action", flat=True))


@pytest.fixture
def emmaus() -> models.Organization:
    return OrganizationFactory(name="Emmaus")


@pytest.fixture
def refuge(emmaus: models.Organization) -> models.Service:
    """Emmaus' refuge, in a comune and hamlet of its own, with a phone and an e-mail."""
    place = LocationFactory(
        name_it="La casa",
        street=STREET,
        locality="Case Solinghe",
        comune=ComuneFactory(code="X099", name="Roccasegreta"),
        audience=Audience.SEALED,
    )
    PhoneFactory(location=place, number=PHONE)
    models.Contact.objects.create(location=place, email="casa@example.org")
    return RefugeFactory(organization=emmaus, location=place)


@pytest.mark.parametrize("written", WAYS_TO_WRITE_IT)
def test_a_text_that_names_the_services_sealed_place_is_left_out_in_every_language(written: str) -> None:
    place = LocationFactory(street=STREET, audience=Audience.SEALED)
    counsel = ServiceFactory(name_it="Sportello d'ascolto", location=place, description_it="Ti ascoltiamo.")
    counsel.description_it, counsel.description_en = written, "We listen."
    counsel.save()
    counsel.url = "https://example.org"
    counsel.save()

    for reader in (Audience.PUBLIC, Audience.OPERATOR):
        assert "Sportello d'ascolto" in body(counsel, reader)
        assert "We listen." not in body(counsel, reader)
    assert "segreto" not in everything_published()


def test_a_text_left_out_later_is_told_as_redacted_once() -> None:
    place = LocationFactory(street=STREET)
    counsel = ServiceFactory(name_it="Sportello", location=place, description_it="In via del Segreto 7.")
    place.audience = Audience.SEALED
    place.save()
    counsel.url = "https://example.org"
    counsel.save()

    assert "segreto" not in everything_published()
    assert actions(counsel)[-2:] == ["redacted", "updated"]


def test_a_sealed_number_in_a_text_is_found_however_it_is_spaced() -> None:
    place = LocationFactory(street="", audience=Audience.SEALED)
    PhoneFactory(location=place, number="+39 " + PHONE)
    counsel = ServiceFactory(location=place, summary_it="Chiama lo 0781/99-98-88.", name_it="Sportello")

    assert "Sportello" in body(counsel)
    assert "99-98-88" not in everything_published()


def test_a_name_that_tells_takes_the_record_with_it() -> None:
    place = LocationFactory(street=STREET, audience=Audience.SEALED)
    counsel = ServiceFactory(name_it="Sportello di via del Segreto 7", location=place)

    assert body(counsel) == body(counsel, Audience.OPERATOR) == ""
    counsel.name_it = "Sportello"
    counsel.save()
    assert body(counsel) != ""


@pytest.mark.parametrize("written", [*WAYS_TO_WRITE_IT, "Chiama 0781 99.98.88", "Casa@Example.org", "A Case Solinghe"])
def test_what_the_refuges_organization_says_of_itself_or_elsewhere_names_nothing(
    emmaus: models.Organization, refuge: models.Service, written: str
) -> None:
    emmaus.description_it = f"Facciamo tanto. {written}"
    emmaus.save()
    laundry = ServiceFactory(name_it="Lavanderia", organization=emmaus, description_it=written)
    door = LocationFactory(name_it="Porta Emmaus", street="Via Roma 1", organization=emmaus, transportation_it=written)
    guest = ServiceFactory(name_it="Docce", location=door)

    for thing, name in ((emmaus, "Emmaus"), (laundry, "Lavanderia"), (door, "Porta Emmaus"), (guest, "Porta Emmaus")):
        for reader in (Audience.PUBLIC, Audience.OPERATOR):
            assert name in body(thing, reader)
            assert written not in body(thing, reader)
    assert "facciamo tanto" not in everything_published()


def test_what_was_published_before_a_service_was_sealed_is_taken_back_and_comes_again_after(
    emmaus: models.Organization,
) -> None:
    place = LocationFactory(street=STREET, organization=emmaus)
    emmaus.description_it = f"La casa di {STREET}."
    emmaus.save()
    laundry = ServiceFactory(name_it="Lavanderia", organization=emmaus, description_it=f"Ritiro in {STREET}")
    refuge = RefugeFactory(audience=Audience.PUBLIC, organization=emmaus, location=place)
    assert STREET in body(emmaus)

    refuge.audience = Audience.SEALED
    refuge.save()
    assert "segreto" not in everything_published()
    assert actions(emmaus)[-1] == actions(laundry)[-1] == "redacted"

    refuge.audience = Audience.PUBLIC
    refuge.save()
    assert STREET in body(emmaus)
    assert STREET in body(laundry)


def test_an_organization_that_begins_to_run_a_refuge_is_read_at_once(refuge: models.Service) -> None:
    caritas = OrganizationFactory(name="Caritas", description_it=f"Anche in {STREET}.")
    assert STREET in body(caritas)
    models.ServiceOrganization.objects.create(service=refuge, organization=caritas)

    assert "segreto" not in everything_published()


def test_operators_learn_neither_comune_nor_street_from_the_refuges_own_texts_and_can_refer(
    refuge: models.Service,
) -> None:
    refuge.name_it = "Rifugio di Roccasegreta"
    refuge.summary_it, refuge.status_reason_it = "Una casa a Roccasegreta.", "Lavori in via del Segreto."
    refuge.referral_route_it = "Chiama il centro antiviolenza di Roccasegreta."
    refuge.save()

    read = body(refuge, Audience.OPERATOR)
    assert "Servizio protetto" in read
    assert "Chiama il centro antiviolenza di Roccasegreta." in read
    assert "Una casa" not in read
    assert "Lavori" not in read
    assert refuge.territory.slug in read
    assert body(refuge) == ""


def test_a_referral_that_names_the_street_is_left_out(refuge: models.Service) -> None:
    refuge.referral_route_it = f"Suona in {STREET}."
    refuge.save()

    assert "Casa rifugio" in body(refuge, Audience.OPERATOR)
    assert "segreto" not in everything_published()


def test_strangers_and_other_addresses_are_left_alone(emmaus: models.Organization, refuge: models.Service) -> None:
    stranger = ServiceFactory(name_it="Mensa", description_it=f"In {STREET}, a Carbonia.")
    emmaus.description_it = "In via del Segreto 71, in via Segreto, a Roccasegreta: 0781 999887."
    emmaus.save()

    assert STREET in body(stranger)
    assert "Segreto 71" in body(emmaus)


def test_a_street_in_which_everybody_may_know_a_place_is_no_secret(emmaus: models.Organization) -> None:
    hidden = LocationFactory(name_it="Stanza", street="Via Roma", organization=emmaus, audience=Audience.SEALED)
    LocationFactory(name_it="Municipio", street="Via Roma 3")
    PhoneFactory(location=hidden, number=PHONE)
    PhoneFactory(organization=emmaus, number="0781/999888")
    emmaus.description_it = "Alla mensa di via Roma. Chiama 0781 999888."
    emmaus.save()

    assert "mensa di via Roma" in body(emmaus)


def test_words_of_an_address_are_the_same_however_it_is_written() -> None:
    assert words_of("Via del Segreto, n° 7") == words_of("via  segreto 7") == " via segreto 7 "
    assert words_of("Località Sa Pedra") == words_of("localita sa pedra")
