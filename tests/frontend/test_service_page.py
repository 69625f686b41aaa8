"""The page of a service: true, in order, in the person's language, and honest about what nobody stated."""

import json
import re
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from services_catalog import models
from services_catalog.choices import Caller, ScheduleKind, Status, StepKind
from tests.frontend import cast

MODEL_ORDER = [
    "A chi è rivolto",
    "Come fare",
    "Cosa serve",
    "Cosa si ottiene",
    "Tempi e scadenze",
    "Costi",
    "Accedi al servizio",
    "Condizioni di servizio",
    "Contatti",
]
pytestmark = pytest.mark.django_db


def page(client: Client, service: models.Service, language: str = "it") -> BeautifulSoup:
    answer = client.get(f"/{language}/services/{service.pk}/")
    assert answer.status_code == 200
    assert "UNKNOWN VARIABLE" not in answer.text
    return BeautifulSoup(answer.text, "html.parser")


def words(soup: BeautifulSoup, selector: str = "main") -> str:
    found = soup.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text(" ").split())


def test_the_answers_come_first_and_are_the_canteen_s(client: Client, catalogue: dict[str, Any]) -> None:
    answers = words(page(client, catalogue["canteen"], "en"), ".answers")
    order = ["Is it for me?", "Is it open?", "Where?", "What do I bring?", "How do I call?"]
    assert [answers.index(question) for question in order] == sorted(answers.index(question) for question in order)
    for said in (
        "Everyone",
        "Also without documents",
        "Open now until 14:00",
        "Via Roma 12, 09016 Iglesias",
        "0781 000111",
    ):
        assert said in answers


def test_the_sheet_follows_the_italian_model(client: Client, catalogue: dict[str, Any]) -> None:
    soup = page(client, catalogue["canteen"])
    assert [heading.get_text() for heading in soup.select(".sheet section > h2")] == MODEL_ORDER
    for name in ("title", "description", "status", "topic", "addressed", "how-to", "needed", "achieved", "area"):
        assert soup.select(f'[data-element="service-{name}"]'), name
    for name in (
        "service-calendar-text",
        "service-calendar-list",
        "service-generic-access",
        "page-index",
        "breadcrumb",
    ):
        assert soup.select(f'[data-element="{name}"]'), name


def test_machines_read_the_same_service(client: Client, catalogue: dict[str, Any]) -> None:
    script = page(client, catalogue["canteen"]).select_one('script[data-element="metatag"]')
    assert script is not None
    said = json.loads(script.get_text())
    assert said["name"] == "Mensa di via Roma"
    assert said["serviceOperator"]["name"] == "Caritas"
    assert said["availableChannel"]["serviceLocation"]["address"]["streetAddress"] == "Via Roma 12"


def test_a_name_cannot_end_the_script_that_holds_it(client: Client, catalogue: dict[str, Any]) -> None:
    catalogue["canteen"].name_it = "</script><script>alert(1)</script>"
    catalogue["canteen"].save()
    assert len(page(client, catalogue["canteen"]).select("script")) == 1


def test_what_no_document_states_is_said(client: Client, catalogue: dict[str, Any]) -> None:
    said = words(page(client, catalogue["wardrobe"], "en"))
    assert "We do not know: no document says it." in said
    assert "Number not stated" in said
    assert "Nobody has checked this yet" in said
    assert "address not stated" in said


@pytest.mark.parametrize(
    ("status", "word"),
    [(Status.SUSPENDED, "The service is suspended."), (Status.ENDED, "has ended"), (Status.PLANNED, "is planned")],
)
def test_a_service_that_does_not_run_says_so_loudly(
    client: Client, catalogue: dict[str, Any], status: str, word: str
) -> None:
    models.Service.objects.filter(pk=catalogue["canteen"].pk).update(status=status)
    soup = page(client, catalogue["canteen"], "en")
    assert word in words(soup, ".notice-loud")
    assert "Open now" not in words(soup)
    assert not soup.select('.thumb-bar a[href*="openstreetmap"]'), "nobody is sent to a closed door"


def test_calling_and_the_way_there_are_links_alone(client: Client, catalogue: dict[str, Any]) -> None:
    bar = page(client, catalogue["canteen"]).select(".thumb-bar a")
    assert [link["href"] for link in bar] == [
        "tel:0781000111",
        "https://www.openstreetmap.org/directions?to=39.31%2C8.53",
    ]


def test_a_phone_line_answers_at_no_place(client: Client, catalogue: dict[str, Any]) -> None:
    said = words(page(client, catalogue["phone_line"], "en"), ".answers")
    assert "Open now 24 hours a day" in said
    assert "0781 000333" in said


def test_a_night_is_told_whole(client: Client, catalogue: dict[str, Any]) -> None:
    said = words(page(client, catalogue["shelter"], "en"))
    assert "Closed now opens today at 20:00" in said
    assert "Every day: 20:00–08:00 of the next day" in said
    assert "You can stay at most 15 nights." in said
    assert "Only men" in said


def test_text_that_nobody_translated_is_marked_as_italian(client: Client, catalogue: dict[str, Any]) -> None:
    soup = page(client, catalogue["shelter"], "ar")
    heading = soup.select_one("h1")
    assert heading is not None
    assert (heading["lang"], heading["dir"]) == ("it", "ltr")
    html = soup.select_one("html")
    assert html is not None
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert soup.select(".service-head .notice")


def test_numbers_read_left_to_right_in_arabic(client: Client, catalogue: dict[str, Any]) -> None:
    numbers = page(client, catalogue["canteen"], "ar").select(".ltr")
    assert numbers
    assert all(number["dir"] == "ltr" for number in numbers)


def test_a_protected_place_is_nowhere(client: Client, catalogue: dict[str, Any]) -> None:
    refuge = catalogue["refuge"]
    assert client.get(f"/it/services/{refuge.pk}/").status_code == 404
    place = refuge.locations.get().location
    answer = client.get(f"/it/places/{place.pk}/")
    assert answer.status_code == 404
    assert cast.SECRET_STREET not in answer.text


def test_a_personal_mobile_is_the_operators_alone(client: Client, catalogue: dict[str, Any]) -> None:
    assert "333 0009999" not in client.get(f"/it/services/{catalogue['canteen'].pk}/").text


@pytest.mark.parametrize("language", ["it", "ar"])
def test_a_record_is_one_query(
    client: Client, catalogue: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    address = f"/{language}/services/{catalogue['canteen'].pk}/"
    client.get(address)
    with django_assert_num_queries(3):  # the site with its look, the feed's position, and the record
        client.get(address)


def test_sources_stand_below(client: Client, catalogue: dict[str, Any]) -> None:
    said = words(page(client, catalogue["canteen"]), ".sources")
    assert re.search(r"Carta dei servizi Caritas, 1 settembre 2026", said)
    assert "16 novembre 2026" in said


def test_a_line_for_the_police_is_not_offered_to_citizens(client: Client, catalogue: dict[str, Any]) -> None:
    models.Phone.objects.filter(service=catalogue["canteen"]).update(callers=[Caller.POLICE, Caller.COURTS])
    soup = page(client, catalogue["canteen"], "en")
    assert "Only for: police, courts" in words(soup, ".answers")
    assert not soup.select('.thumb-bar a[href^="tel:"]')


def test_who_comes_after_the_hours_of_entry_is_told_the_next(client: Client, catalogue: dict[str, Any]) -> None:
    shelter = catalogue["shelter"]
    at = shelter.locations.get()
    models.Schedule.objects.create(service_at_location=at, kind=ScheduleKind.ENTRY, opening_hours="Mo-Su 20:00-22:00")
    models.AccessStep.objects.create(service=shelter, kind=StepKind.ENTRY, opening_hours="Mo-Fr 20:00-22:00")
    with time_machine.travel("2026-11-24T02:00:00Z", tick=False):
        soup = page(client, shelter, "en")
    said = words(soup, ".answers")
    assert "Entry closed next entry today at 20:00 · open for those already inside until 08:00" in said
    assert "Open now" not in words(soup)
    assert "Entry admitted Every day: 20:00–22:00" in words(soup, "#times")
    assert "Tuesday 24 November 20:00–22:00; Wednesday 25 November 20:00–22:00" in words(soup, "#how")
    with time_machine.travel("2026-11-23T20:00:00Z", tick=False):
        said = words(page(client, shelter, "en"), ".answers")
    assert "Open now until tomorrow at 08:00 · entry until 22:00" in said


def test_the_hours_of_applications_are_printed(client: Client, catalogue: dict[str, Any]) -> None:
    canteen = catalogue["canteen"]
    models.Schedule.objects.create(service=canteen, kind=ScheduleKind.APPLICATIONS, opening_hours="Mo-Su 09:00-10:00")
    assert "Applications accepted Every day: 09:00–10:00" in words(page(client, canteen, "en"), "#times")


@pytest.mark.parametrize("whose", ["service", "service_at_location", "location"])
def test_on_the_patrons_day_the_phone_is_as_silent_as_the_door(
    client: Client, catalogue: dict[str, Any], whose: str
) -> None:
    at = catalogue["wardrobe"].locations.get()
    owner = {"service": catalogue["wardrobe"], "service_at_location": at, "location": at.location}[whose]
    models.ComuneClosure.objects.create(comune=at.location.comune, month=11, day=23, reason_it="San Clemente")
    line = models.Phone.objects.create(number="0781 000444", **{whose: owner})
    models.Schedule.objects.create(
        phone=line, kind=ScheduleKind.PHONE, opening_hours="Mo-Fr 09:00-18:00", closes_on_comune_holidays=True
    )
    addresses = [f"/en/services/{catalogue['wardrobe'].pk}/", f"/en/places/{at.location_id}/"]
    for address in addresses if whose == "location" else addresses[:1]:
        said = words(BeautifulSoup(client.get(address).text, "html.parser"), ".answers")
        assert "Does not answer now: opens tomorrow at 09:00 · Holiday of Iglesias: San Clemente." in said


def test_hours_for_the_police_are_not_the_citizens(client: Client, catalogue: dict[str, Any]) -> None:
    at = catalogue["shelter"].locations.get()
    models.Schedule.objects.create(service_at_location=at, opening_hours="24/7", callers=[Caller.POLICE])
    assert "Closed now opens today at 20:00" in words(page(client, catalogue["shelter"], "en"), ".answers")


def test_a_service_for_the_police_keeps_its_hours_and_says_for_whom(client: Client, catalogue: dict[str, Any]) -> None:
    models.Service.objects.filter(pk=catalogue["canteen"].pk).update(callers=[Caller.POLICE])
    said = words(page(client, catalogue["canteen"], "en"), ".answers")
    assert "Only for: police" in said
    assert "Open now until 14:00" in said


def test_a_place_and_an_address_for_others_alone_say_so(client: Client, catalogue: dict[str, Any]) -> None:
    canteen, place = catalogue["canteen"], catalogue["canteen"].locations.get().location
    models.Location.objects.filter(pk=place.pk).update(callers=[Caller.COURTS])
    models.Contact.objects.create(service=canteen, email="police@example.org", callers=[Caller.POLICE])
    soup = page(client, canteen, "en")
    assert "Open now" not in words(soup)
    for part in (".answers", "#access .door"):
        assert "Only for: courts" in words(soup, part)
    assert "police@example.org Only for: police" in words(soup, ".contact-list")
    house = BeautifulSoup(client.get(f"/en/places/{place.pk}/").text, "html.parser")
    assert "Only for: courts" in words(house, ".service-head")


@pytest.mark.parametrize(
    ("comune", "expected"),
    [
        ("", "It depends on your comune"),
        ("?comune=E281", "Open now"),
        ("?comune=E086", "Closed now opens today at 13:00 · The social office of Gonnesa is open: it answers instead."),
        ("?comune=H501", "It depends on your comune"),
    ],
)
def test_who_says_their_comune_is_told_of_their_office(
    client: Client, catalogue: dict[str, Any], comune: str, expected: str
) -> None:
    line = cast.offices_line(catalogue, iglesias="Tu 09:00-13:00", gonnesa="Mo-Fr 09:00-13:00")
    answer = client.get(f"/en/services/{line.pk}/{comune}")
    assert expected in words(BeautifulSoup(answer.text, "html.parser"), ".answers")


def test_a_line_that_answers_when_offices_are_closed_shows_both_numbers(
    client: Client, catalogue: dict[str, Any]
) -> None:
    line = cast.offices_line(catalogue, iglesias="", gonnesa="Mo-Fr 09:00-13:00")
    said = words(page(client, line, "en"), ".answers")
    assert "It depends on your comune" in said
    assert "Iglesias: 0781 000100" in said
    assert "0781 000333" in said
