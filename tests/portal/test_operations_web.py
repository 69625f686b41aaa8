"""The web server: what it writes about its visitors, and how it is watched."""

import http.server
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, override_settings
from gunicorn.config import Config
from gunicorn.http import RequestParser

from portal import gunicorn
from portal.process.health import web_problem
from portal.settings.environment import Environment
from portal.unavailable import WithoutItsWords
from search.parameters import MAX_TEXT

SEARCH = "/it/cerca?q=casa+rifugio"


class Status(http.server.BaseHTTPRequestHandler):
    """Answers /status as it is told to, under one host name alone."""

    answer = 200

    def do_GET(self) -> None:
        known = self.path == "/status" and self.headers["Host"] == "aiuto.example.it"
        self.send_response(self.answer if known else 400)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Environment]:
    """The environment of a web process that runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Environment(port=server.server_port, public_url="https://aiuto.example.it", var_dir=tmp_path)
    server.shutdown()
    server.server_close()


def test_access_logs_hold_neither_searches_nor_who_searched() -> None:
    # Gunicorn's: r is the request line, q the query, h the address, a the agent, f the referrer, u the user.
    assert not {f"%({name})s" for name in "rqhafu"} & set(gunicorn.access_log_format.split())
    assert "{" not in gunicorn.access_log_format


def test_a_request_that_failed_is_logged_without_its_query() -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "Error handling %s %s", ("GET", SEARCH), None)
    assert gunicorn.WithoutQuery().filter(record)
    assert record.getMessage() == "Error handling GET /it/cerca"


def test_the_longest_question_fits_into_an_address() -> None:
    longest = urlencode({"q": "🛏" * MAX_TEXT})
    server = Config()
    server.set("limit_request_line", gunicorn.limit_request_line)
    sent = f"GET /it/search/?{longest} HTTP/1.1\r\nHost: aiuto.example.it\r\n\r\n".encode()
    assert next(iter(RequestParser(server, iter([sent]), ("127.0.0.1", 1)))).query == longest


@pytest.mark.database
@pytest.mark.django_db
def test_a_statement_that_nobody_waits_for_any_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a server's own limit: SQLite has none")
    monkeypatch.setenv("PGOPTIONS", "")
    monkeypatch.delenv("PGOPTIONS")
    with patch("subprocess.run", return_value=Mock(returncode=0)):
        gunicorn.on_starting(Mock())
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as fresh:
        assert fresh.execute("show statement_timeout").fetchone() == ("1min",)


def test_the_index_is_opened_after_the_fork() -> None:
    assert gunicorn.preload_app is False


def test_a_web_process_that_serves_is_well_under_its_visitors_host_name(web: Environment) -> None:
    assert web_problem(web) is None


def test_a_web_process_that_says_it_cannot_serve_is_not_well(web: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Status, "answer", 503)
    assert web_problem(web) == "/status answers 503"


def test_a_web_process_that_does_not_answer_is_not_well(web: Environment) -> None:
    assert "does not answer" in (web_problem(web.model_copy(update={"listen_address": "127.0.0.2"})) or "")


def test_an_installation_behind_a_proxy_has_nothing_to_answer_for_in_djangos_deployment_checks() -> None:
    production = override_settings(
        SECRET_KEY="a1b2c3d4e5f6g7h8i9j0" * 4,
        SECURE_SSL_REDIRECT=True,
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
        SECURE_HSTS_SECONDS=3600,
    )
    with production:
        found = {str(message.id) for message in run_checks(include_deployment_checks=True)}
    # The installation answers for one host name; whether its other subdomains speak HTTPS is not ours to promise.
    security = {name for name in found if name.startswith("security.")}
    assert security <= {"security.W005", "security.W021", "security.W019"}


def away(*_query: object) -> None:
    """Runs in place of every query, while the database is away."""
    raise OperationalError("database is locked: secret words")


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("address", ["/it/", "/it/search/", "/it/nothing/", "/nothing/", "/admin/"])
def test_a_database_away_is_a_503_that_says_to_try_again(
    client: Client, admin_user: Any, address: str, signed_in: bool
) -> None:
    client.raise_request_exception = False
    if signed_in:
        client.force_login(admin_user)
    with connection.execute_wrapper(away):
        answer = client.get(address)
    if answer.status_code == 302:  # the sign-in is shown without the database
        assert (address, signed_in) == ("/admin/", False)
        return
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "secret words" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/services", "/api/v1/nothing", "/status"])
def test_a_database_away_is_a_problem_to_programs_also_of_who_is_signed_in(
    client: Client, admin_user: Any, address: str
) -> None:
    client.raise_request_exception = False
    client.force_login(admin_user)
    with connection.execute_wrapper(away):
        answer: Any = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["type"] == "/api/docs#database-down"
    assert answer.headers["Retry-After"]
    assert b"secret words" not in answer.content


@pytest.mark.parametrize("failure", [OperationalError("locked: secret words"), InterfaceError("secret words")])
def test_the_log_says_that_the_database_is_away_without_its_words(failure: Exception) -> None:
    record = logging.makeLogRecord({"msg": "Internal Server Error", "exc_info": (type(failure), failure, None)})
    assert WithoutItsWords().filter(record)
    told = logging.Formatter().format(record)
    assert told == f"the database does not answer ({type(failure).__name__})"
    logging_: Any = settings.LOGGING
    assert logging_["handlers"]["console"]["filters"] == ["without_its_words"]


@pytest.mark.django_db
def test_another_mistake_is_not_called_a_database_away(client: Client) -> None:
    client.raise_request_exception = False
    with patch("portal.editorial.views.site_of", side_effect=ValueError("ours")):
        assert client.get("/site.css").status_code == 500
