"""The web server: what it writes about its visitors, and how it is watched."""

import http.server
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from portal import gunicorn
from portal.process.health import web_problem
from portal.settings.environment import Environment
from portal.unavailable import DatabaseAway

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


@pytest.mark.parametrize("failure", [OperationalError("database is locked: secret words"), InterfaceError("closed")])
def test_a_database_away_is_a_503_that_says_to_try_again(
    failure: Exception, rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    answer = DatabaseAway(lambda _request: HttpResponse()).process_exception(rf.get("/it/search/"), failure)
    assert answer is not None
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "secret words" not in caplog.text + answer.content.decode()


def test_another_mistake_is_not_called_a_database_away(rf: RequestFactory) -> None:
    assert DatabaseAway(lambda _request: HttpResponse()).process_exception(rf.get("/"), ValueError("ours")) is None
