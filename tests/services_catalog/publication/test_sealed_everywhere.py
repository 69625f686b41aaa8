"""What is written for everybody, of attributes, terms and territories, names nothing sealed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services_catalog import models
from services_catalog.choices import AttributeType, Audience
from services_catalog.publication import records
from services_catalog.publication.secrets_of_all import OfAll
from tests.factories import (
    AttributeFactory,
    ComuneFactory,
    LocationFactory,
    OrganizationFactory,
    PhoneFactory,
    RefugeFactory,
    ServiceFactory,
    TermFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STREET = "Via del Segreto 7"
PHONE = "0781 999888"
SECRETS = (STREET, "dietro via del segreto, 7", f"Chiama {PHONE}", "Casa@Example.org", "scrivi a rifugio@example.org")


def body(kind: str, thing: Any, reader: str = Audience.PUBLIC) -> str:
    found = records.body(kind, thing.pk, reader, "all")
    return found.decode() if found else ""


def everything_published() -> str:
    return "\n".join(models.PublishedRecord.objects.values_list("body", flat=True))


def actions(thing: Any) -> list[str]:
    found = models.Change.objects.filter(uuid=thing.pk, audience=Audience.PUBLIC)
    return list(found.values_list("action", flat=True))


@pytest.fixture
def ambito() -> Any:
    """Sara's, with a phone for emergencies and Roccasegreta."""
    made = TerritoryFactory()
    models.TerritoryComune.objects.create(territory=made, comune=ComuneFactory(code="X099", name="Roccasegreta"))
    return made


@pytest.fixture
def refuge(ambito: Any) -> models.Service:
    """Emmaus' refuge, in a comune and hamlet of its own, with a phone and e-mails."""
    place = LocationFactory(
        name_it="La casa",
        street=STREET,
        locality="Case Solinghe",
        comune=ComuneFactory(code="X099", name="Roccasegreta"),
        audience=Audience.SEALED,
    )
    PhoneFactory(location=place, number=PHONE)
    models.Contact.objects.create(location=place, email="casa@example.org")
    made: models.Service = RefugeFactory(
        organization=OrganizationFactory(name="Emmaus"), location=place, email="rifugio@example.org"
    )
    return made


def emergency(territory: models.Territory, **said: str) -> models.EmergencyNumber:
    stated = {"number": "1522", "name_it": "Antiviolenza", "source": "Presidenza", "checked_on": date(2026, 1, 1)}
    return models.EmergencyNumber.objects.create(territory=territory, **stated | said)


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("written", SECRETS)
def test_no_text_of_a_territory_names_what_is_sealed_there(ambito: Any, written: str) -> None:
    ambito.description_it = f"Comuni e frazioni. {written}"
    ambito.sources = [{"title": written}, {"title": "Delibera"}]
    ambito.save()
    emergency(ambito, name_it=f"Rifugio: {written}", number="1500")
    emergency(ambito, source=written)

    shown = body("territory", ambito)
    assert written not in everything_published()
    assert "Comuni e frazioni" not in shown
    assert "Delibera" in shown
    assert "Antiviolenza" in shown


@pytest.mark.usefixtures("refuge")
def test_a_territory_is_there_whatever_its_name_and_comuni_and_names_its_hamlets(ambito: Any) -> None:
    ambito.name_it, ambito.description_it = "Ambito di Via del Segreto 7", "Roccasegreta, Case Solinghe, Iglesias."
    ambito.save()
    shown = body("territory", ambito)
    assert "Ambito di Via del Segreto 7" in shown
    assert "Case Solinghe" in shown
    assert '"name":"Roccasegreta"' in shown


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("written", SECRETS)
@pytest.mark.parametrize("own", [True, False])
def test_an_attribute_whose_name_tells_is_nobodys_and_a_choice_that_tells_is_none(
    ambito: Any, written: str, own: bool
) -> None:
    of = {"territory": ambito if own else None, "type": AttributeType.SEVERAL}
    where = AttributeFactory(key="where", name_it="Dove", name_en=written, choices=["door"], **of)
    food = AttributeFactory(key="food", name_it="Cibo", choices=["halal", "vegan"], **of)
    models.AttributeChoice.objects.filter(attribute=food, key="vegan").update(name_it=written)

    for reader in (Audience.PUBLIC, Audience.OPERATOR):
        assert body("attribute", where, reader) == ""
        assert "halal" in body("attribute", food, reader)
        assert "vegan" not in body("attribute", food, reader)
    assert written not in everything_published()


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("written", SECRETS)
def test_a_term_says_nothing_that_tells_and_one_whose_name_tells_is_nobodys(written: str) -> None:
    eat = TermFactory(name_it="Mangiare", description_it=written)
    sleep = TermFactory(slug="sleep", name_it=f"Dormire, {written}")

    assert "Mangiare" in body("term", eat)
    assert body("term", sleep) == body("term", sleep, Audience.OPERATOR) == ""
    assert written not in everything_published()


@pytest.mark.usefixtures("refuge")
def test_another_territorys_texts_are_left_alone() -> None:
    elsewhere = TerritoryFactory(slug="altrove", name_it="Altrove", description_it=f"Sede in {STREET}.")
    far = AttributeFactory(key="far", name_it=f"Deposito di {STREET}", territory=elsewhere)
    assert STREET in body("territory", elsewhere)
    assert STREET in body("attribute", far)


def test_what_was_said_before_is_taken_back_at_once_and_comes_again_after(ambito: Any) -> None:
    place = LocationFactory(street=STREET)
    where = AttributeFactory(key="where", name_it=f"Vicino a {STREET}", territory=ambito)
    eat = TermFactory(description_it=f"In {STREET}.")
    ambito.description_it = f"Sede in {STREET}."
    ambito.save()
    assert everything_published().count(STREET) > 3

    place.audience = Audience.SEALED  # nobody keeps it, and nothing meets there
    place.save()
    assert STREET not in everything_published()
    assert [actions(thing)[-1] for thing in (ambito, where, eat)] == ["redacted"] * 3

    place.audience = Audience.PUBLIC
    place.save()
    for kind, thing in (("territory", ambito), ("attribute", where), ("term", eat)):
        assert STREET in body(kind, thing)


@pytest.mark.parametrize("sheltered", [True, False])
def test_sealing_a_service_without_an_organization_has_them_read(ambito: Any, sheltered: bool) -> None:
    place = LocationFactory(street=STREET)
    refuge = RefugeFactory(audience=Audience.PUBLIC, location=place if sheltered else None, email="casa@example.org")
    where = AttributeFactory(key="where", name_it=STREET if sheltered else "casa@example.org", territory=ambito)
    assert body("attribute", where)

    refuge.audience = Audience.SEALED
    refuge.save()
    assert body("attribute", where) == ""
    refuge.audience = Audience.PUBLIC
    refuge.save()
    assert body("attribute", where)


def test_a_place_that_moves_or_gets_a_phone_has_them_read(refuge: models.Service, ambito: Any) -> None:
    where = AttributeFactory(key="where", name_it="Via Nuova 12", territory=ambito)
    call = AttributeFactory(key="call", name_it="Chiama 0781 111222", territory=ambito)
    place = refuge.locations.get().location
    models.ServiceOrganization.objects.all().delete()
    models.Location.objects.filter(pk=place.pk).update(audience=Audience.PUBLIC)  # sealed by what it shelters

    place.refresh_from_db()
    place.street = "Via Nuova 12"
    place.save()
    PhoneFactory(service=ServiceFactory(), number="0781 111222", audience=Audience.SEALED)
    assert body("attribute", where) == body("attribute", call) == ""


def test_a_public_street_and_words_that_are_no_address_are_no_secrets(ambito: Any) -> None:
    LocationFactory(street="Centro", audience=Audience.SEALED)
    LocationFactory(street="Casa famiglia", audience=Audience.SEALED)
    LocationFactory(street="Via Roma", audience=Audience.SEALED)
    LocationFactory(street="Via Roma 3")
    day = TermFactory(name_it="Centro diurno, casa famiglia, via Roma")
    assert "Centro diurno" in body("term", day)


def test_what_is_withheld_is_logged_without_the_text(
    refuge: models.Service, ambito: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    AttributeFactory(key="where", name_it=STREET, territory=ambito)
    assert "names a protected place (name)" in caplog.text
    assert "Segreto" not in caplog.text


def test_what_is_not_sealed_compiles_none_of_them(ambito: Any) -> None:
    canteen = ServiceFactory(location=LocationFactory())
    AttributeFactory(territory=ambito)
    with CaptureQueriesContext(connection) as asked:
        canteen.save()
    assert not [query for query in asked if '"services_catalog_attribute"' in query["sql"]]
    assert not [query for query in asked if '"services_catalog_taxonomyterm"."name"' in query["sql"]]


def test_a_few_queries_tell_the_secrets_of_all(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        assert not OfAll().of({"kind": "term", "slug": "eat"})
    for number in range(3):
        LocationFactory(street=f"{STREET}{number}", audience=Audience.SEALED)
    hidden = OfAll()
    with django_assert_num_queries(5):
        assert not hidden.of({"kind": "term", "slug": "eat", "name": {"it": "Via del Segreto 8"}})
    with django_assert_num_queries(2):
        secrets = hidden.of({"kind": "term", "slug": "eat", "name": {"it": f"{STREET}0, {STREET}2, {STREET}3"}})
    assert secrets.phrases == {" via segreto 70 ", " via segreto 72 "}
