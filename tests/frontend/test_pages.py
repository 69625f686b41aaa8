"""What holds on every page: the frame, the languages, the policy, the errors."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoAssertNumQueries

from services_catalog import models
from services_catalog.languages import LANGUAGES

pytestmark = pytest.mark.django_db
ADDRESSES: dict[str, Callable[[dict[str, Any]], str]] = {
    "search": lambda _: "/search/",
    "service": lambda cast: f"/services/{cast['canteen'].pk}/",
    "place": lambda cast: f"/places/{cast['canteen'].locations.get().location_id}/",
    "numbers": lambda _: "/numbers/",
    "accessibility": lambda _: "/accessibility/",
    "not found": lambda _: "/nowhere/",
}
each_page = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


@each_page
@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_pages_are_in_the_language_of_their_address(
    client: Client, indexed: dict[str, Any], address: Callable[[dict[str, Any]], str], language: str
) -> None:
    answer = client.get(f"/{language}{address(indexed)}")
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in answer.text
    assert "UNKNOWN VARIABLE" not in answer.text


@each_page
def test_nothing_is_asked_of_others_nor_runs_inline(
    client: Client, indexed: dict[str, Any], address: Callable[[dict[str, Any]], str]
) -> None:
    answer = client.get(f"/it{address(indexed)}")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?! type=\"application/ld| type=\"module\" src=)", answer.text
    )
    assert not re.search(r"<(link|img|script|iframe|source)[^>]+(href|src)=\"(https?:)?//", answer.text)


@each_page
def test_the_numbers_to_call_are_on_every_page(
    client: Client, indexed: dict[str, Any], address: Callable[[dict[str, Any]], str]
) -> None:
    assert 'href="tel:112"' in client.get(f"/it{address(indexed)}").text


def test_languages_call_themselves_by_their_own_name(client: Client, catalogue: dict[str, Any]) -> None:
    page = client.get("/it/numbers/?from=here").text
    assert re.findall(r'<li><a href="(/\w+/numbers/\?from=here)"', page) == [
        f"/{language}/numbers/?from=here" for language in ("it", "en", "ar")
    ]
    assert "العربية" in page


def test_a_language_that_is_off_shows_what_there_is(client: Client, catalogue: dict[str, Any]) -> None:
    for language in LANGUAGES:
        answer = client.get(f"/{language}/services/{catalogue['canteen'].pk}/")
        assert answer.status_code == 200, language
        assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("key", ["not-a-uuid", str(uuid.UUID(int=7))])
def test_what_is_not_there_is_a_useful_page(client: Client, catalogue: dict[str, Any], key: str) -> None:
    answer = client.get(f"/en/services/{key}/")
    assert answer.status_code == 404
    assert "This page is not here" in answer.text
    assert 'role="search"' in answer.text


def test_a_demonstration_says_so_and_is_not_indexed(client: Client, catalogue: dict[str, Any]) -> None:
    address = f"/en/services/{catalogue['canteen'].pk}/"
    assert "noindex" not in client.get(address).text
    territory: models.Territory = catalogue["territory"]
    territory.demonstration, territory.show_as_of = True, date(2022, 6, 1)
    territory.save()
    page = client.get(address).text
    assert '<meta name="robots" content="noindex">' in page
    assert "Demonstration." in page
    assert "June 1, 2022" in page
    assert "Wednesday 1 June" in page, "the week shown is that of the day shown"


@override_settings(DEMONSTRATION=True)
def test_a_demonstration_installation_says_so_everywhere(client: Client, catalogue: dict[str, Any]) -> None:
    for address in ADDRESSES.values():
        if "search" not in (path := address(catalogue)):
            assert '<meta name="robots" content="noindex">' in client.get(f"/en{path}").text


def test_a_place_lists_what_is_given_there(client: Client, catalogue: dict[str, Any]) -> None:
    place = catalogue["canteen"].locations.get().location
    page = client.get(f"/en/places/{place.pk}/").text
    assert "Caritas House" in page
    assert "Via Roma canteen" in page
    assert "Step-free" in page


def test_a_place_is_two_records_read(
    client: Client, catalogue: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/it/places/{catalogue['canteen'].locations.get().location_id}/"
    client.get(address)
    with django_assert_num_queries(4):  # the site with its look, the feed's position, the place, its services
        client.get(address)


def test_pages_are_read_not_written(client: Client, catalogue: dict[str, Any]) -> None:
    assert client.post("/it/search/").status_code == 405


def test_an_error_of_ours_is_a_page_in_the_person_s_language(
    client: Client, catalogue: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("frontend.public.catalogue.service", broken)
    client.raise_request_exception = False
    answer = client.get(f"/en/services/{catalogue['canteen'].pk}/")
    assert answer.status_code == 500
    assert "It is not your fault" in answer.text
    assert "planted" not in answer.text
