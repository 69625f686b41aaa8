"""Everything that can be asked wrongly, and everything that can be down: a clear problem, in the person's language."""

import itertools
from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client

from api.problem import KINDS
from api.v1 import reading
from search.answer import Answer
from search.engine import WINDOW, EngineDown, SearchQuery
from tests.api.conftest import Read, World

pytestmark = pytest.mark.django_db

ROWS: list[tuple[str, int, str, list[str]]] = [
    ("/v1/services/not-an-id", 400, "invalid-id", []),
    ("/v1/services/12", 400, "invalid-id", []),
    ("/v1/services/%00", 400, "invalid-id", []),
    (f"/v1/services/{UUID(int=1)}", 404, "not-found", []),
    (f"/v1/services/{UUID(int=1)}?langage=en", 400, "invalid-parameter", ["langage"]),
    (f"/v1/services/{UUID(int=1)}?language=tlh", 400, "invalid-parameter", ["language"]),
    ("/v1/services?page=2", 404, "past-the-end", []),
    ("/v1/services?page=999999", 404, "past-the-end", []),
    ("/v1/services?page=0", 400, "invalid-parameter", ["page"]),
    ("/v1/services?page=-1&per_page=101", 400, "invalid-parameter", ["page", "per_page"]),
    ("/v1/services?page=1&page=2", 400, "invalid-parameter", ["page"]),
    ("/v1/services?page=99999999999999999999999", 400, "invalid-parameter", ["page"]),
    ("/v1/services?page=%D9%A3", 400, "invalid-parameter", ["page"]),
    ("/v1/services?needs=eat", 400, "invalid-parameter", ["needs"]),
    ("/v1/services?format=xml", 400, "invalid-parameter", ["format"]),
    ("/v1/services?need=no-such-need", 400, "invalid-parameter", ["need"]),
    ("/v1/services?organization=caritas", 400, "invalid-parameter", ["organization"]),
    ("/v1/services?location=%00", 400, "invalid-parameter", ["location"]),
    ("/v1/services?comune=Iglesias", 400, "invalid-parameter", ["comune"]),
    ("/v1/services?status=open", 400, "invalid-parameter", ["status"]),
    ("/v1/services?caller=anybody", 400, "invalid-parameter", ["caller"]),
    ("/v1/services?near=here", 400, "invalid-parameter", ["near"]),
    ("/v1/services?q=mensa&caller=police", 400, "invalid-parameter", ["caller"]),
    ("/v1/services?q=mensa&page=51&per_page=20", 400, "invalid-parameter", ["page"]),
    (f"/v1/services?{'&'.join(f'location={UUID(int=n)}' for n in range(60))}", 400, "invalid-parameter", ["location"]),
    (f"/v1/services?{'&'.join(f'need={n}' for n in range(2000))}", 400, "bad-request", []),
    ("/v1/organizations?need=eat", 400, "invalid-parameter", ["need"]),
    ("/v1/organizations?legal_form=gang", 400, "invalid-parameter", ["legal_form"]),
    ("/v1/taxonomy-terms?taxonomy=%27%20OR%201", 400, "invalid-parameter", ["taxonomy"]),
    ("/v1/suggestions?q=ma&langage=en", 400, "invalid-parameter", ["langage"]),
    ("/v1/suggestions?q=ma&need=eat", 400, "invalid-parameter", ["need"]),
    ("/v1/suggestions?q=ma&q=me", 400, "invalid-parameter", ["q"]),
    (f"/v1/suggestions?q={'m' * 4001}", 400, "invalid-parameter", ["q"]),
    ("/v1/suggestions?q=ma&language=all", 400, "invalid-parameter", ["language"]),
    ("/v1/suggestions?q=ma&language=tlh&territory=%27%20OR%201", 400, "invalid-parameter", ["language", "territory"]),
    ("/v1/suggestions/eat", 404, "not-found", []),
    ("/v1/changes?after=yesterday", 400, "invalid-cursor", []),
    ("/v1/changes?after=00:1", 410, "cursor-gone", []),
    ("/v1/changes?limit=1001", 400, "invalid-parameter", ["limit"]),
    ("/v1/nothing", 404, "not-found", []),
    ("/v2/services", 404, "not-found", []),
]


@pytest.mark.parametrize(("url", "status", "kind", "names"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_what_is_asked_wrongly_is_named(
    world: World, read: Callable[..., Read], url: str, status: int, kind: str, names: list[str]
):
    answer = read(f"/api{url}")

    assert (answer.status, answer.json["type"]) == (status, f"/api/docs#{kind}")
    assert answer.response["Content-Type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert answer.json["detail"]
    assert sorted(error["parameter"] for error in answer.json.get("errors", ())) == names
    assert answer.response["Cache-Control"] == "no-store"


def test_problems_speak_the_language_of_the_person(read: Callable[..., Read]):
    for language, url in itertools.product(
        ("it", "en"),
        ("/api/v1/services?page=0", "/api/v1/suggestions?territory=%00", "/api/v1/nothing", "/api/nothing"),
    ):
        answer = read(url, headers={"accept-language": language})
        assert answer.response["Content-Language"] == language
        assert "Accept-Language" in answer.response["Vary"]
    assert read("/api/nothing", headers={"accept-language": "ar"}).response["Content-Language"] == "it"


def test_nothing_can_be_written(client: Client):
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method("/api/v1/services", data="{}", content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert "GET" in answer["Allow"]


def test_only_json_is_spoken(client: Client):
    answer = client.get("/api/v1/services", headers={"accept": "application/xml"})

    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")


def test_without_the_database_it_is_said_and_nothing_else(client: Client):
    with patch("services_catalog.publication.feed.head", side_effect=OperationalError("password=hunter2 refused")):
        answer = client.get("/status")

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["type"] == "/api/docs#database-down"
    assert int(answer["Retry-After"]) > 0
    assert b"hunter2" not in answer.content


def test_a_failure_of_ours_says_nothing_of_the_inside(client: Client):
    client.raise_request_exception = False
    with patch.object(reading, "stored", side_effect=RuntimeError("secret-of-the-house")):
        answer = client.get(f"/api/v1/services/{UUID(int=1)}")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret-of-the-house" not in answer.content
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize("url", ["/api/v1/services", "/api/v1/nothing", "/status"])
def test_what_fails_before_the_api_is_reached_is_a_problem_too(client: Client, url: str):
    answer = client.get(url, headers={"host": "elsewhere.example.org"})

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["type"] == "/api/docs#bad-request"


def test_a_failure_on_the_way_is_a_problem_too(client: Client):
    client.raise_request_exception = False
    with patch("api.docs.document", side_effect=RuntimeError("secret-of-the-house")):
        answer = client.get("/api/docs")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret-of-the-house" not in answer.content


def test_errors_of_pages_stay_pages(client: Client):
    assert "json" not in client.get("/documents/none/")["Content-Type"]


def test_while_search_rests_lists_go_on(world: World, read: Callable[..., Read]):
    with patch("api.v1.views.search", side_effect=EngineDown("connection refused")):
        answer = read("/api/v1/services?q=mensa")

    assert (answer.status, answer.json["type"]) == (503, "/api/docs#search-resting")
    assert answer.response["Retry-After"]
    assert read("/api/v1/services").status == 200


def test_pages_beyond_what_a_search_lets_read_are_refused_by_name(world: World, read: Callable[..., Read]):
    with patch("api.v1.views.search", return_value=Answer(SearchQuery(), total=WINDOW * 3)):
        last: Any = read(f"/api/v1/services?q=mensa&per_page=100&page={WINDOW // 100}").json

    assert (last["total_items"], last["total_pages"], last["next"]) == (WINDOW * 3, WINDOW // 100, None)


def test_every_kind_of_problem_is_explained_to_people(client: Client):
    page = client.get("/api/docs").content.decode()

    assert all(f'id="{kind}"' in page for kind in KINDS)
