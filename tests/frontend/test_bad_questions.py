"""What nobody means to ask: a useful page, or 400 with the name of what is wrong, and never much to load."""

import time
from typing import Any

import pytest
from django.test import Client

from search.suggesting import MOST, suggest
from services_catalog.choices import Audience
from tests.bad_questions import TEXTS, WRONG, query_of

MOST_BYTES = 150_000
"""Of a page, beside the question itself a few times: in each of its links it would make megabytes."""


def asked(client: Client, address: str, query: str) -> Any:
    """The answer; how long it took is printed, and not held to: a test must not depend on who else is working."""
    began = time.perf_counter()
    answer = client.get(f"{address}?{query}")
    print(f"{1000 * (time.perf_counter() - began):.0f} ms, {len(answer.content)} bytes")
    return answer


@pytest.mark.parametrize("address", ["/it/search/", "/ar/search/", "/api/v1/services"])
def test_any_text_gets_a_useful_page(client: Client, indexed: dict[str, Any], address: str) -> None:
    for name, text in TEXTS.items():
        answer = asked(client, address, query_of(text))
        assert answer.status_code == 200, name
        assert "UNKNOWN VARIABLE" not in answer.text, name
        assert len(answer.content) < MOST_BYTES + 10 * len(text.encode(errors="replace")), name


@pytest.mark.parametrize("address", ["/it/search/", "/ar/search/", "/api/v1/services", "/api/v1/suggestions"])
@pytest.mark.parametrize("query", ["q=mensa%ED%A0%BD", "q=%FF%FE", "q=%", "q=%00", "q=mensa&q=%C3"])
def test_bytes_that_are_no_text_are_read_as_far_as_they_go(
    client: Client, indexed: dict[str, Any], address: str, query: str
) -> None:
    assert asked(client, address, query).status_code in (200, 400)


@pytest.mark.parametrize("address", ["/it/search/", "/api/v1/services"])
def test_a_wrong_parameter_is_named(client: Client, indexed: dict[str, Any], address: str) -> None:
    for name, (field, query) in WRONG.items():
        answer = asked(client, address, query)
        assert answer.status_code == 400, name
        assert field in answer.text, name


@pytest.mark.parametrize("address", ["/it/search/", "/api/v1/services"])
def test_more_parameters_than_anybody_gives_are_refused(client: Client, db: None, address: str) -> None:
    assert asked(client, address, "&".join(f"need={number}" for number in range(2500))).status_code == 400


@pytest.mark.parametrize("language", ["it", "ar"])
def test_any_text_gets_suggestions_or_none(indexed: dict[str, Any], language: str) -> None:
    for text in (*TEXTS.values(), "a " * 40, "二" * 80, "x" * 80):
        assert len(suggest(text, language, Audience.PUBLIC, {})) <= MOST
