"""A database that cannot serve: told in one sentence, with the command that helps, and nothing served from it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from portal.checks import database_problem, explain
from portal.settings.environment import BASE_DIR

WEB = ("-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi")


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command of the installation, alone with the variables given."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "", "ELASTICSEARCH_URL": "", **variables}
    return subprocess.run([sys.executable, *arguments], cwd=BASE_DIR, env=environment, capture_output=True, text=True)


@pytest.mark.database
@pytest.mark.django_db
def test_a_database_of_this_version_can_serve() -> None:
    assert database_problem() is None


def test_the_web_process_refuses_a_database_behind_on_migrations(tmp_path: Path) -> None:
    ended = run(*WEB, VAR_DIR=str(tmp_path), PORT="1")
    assert ended.returncode == 1
    assert "the database is behind by" in ended.stderr
    assert "python manage.py migrate" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_does_not_answer_is_told_without_its_password() -> None:
    ended = run("-m", "portal.checks", DATABASE_URL="postgres://portolano:hunter2@127.0.0.1:1/portolano")
    assert ended.returncode == 1
    assert "the database does not answer" in ended.stderr
    assert "check DATABASE_URL" in ended.stderr
    assert "hunter2" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_locked_database_is_told_who_may_hold_it() -> None:
    said = explain(OperationalError("database is locked"))
    assert "locked by another process" in said
    assert "nothing was changed" in said


def test_a_locked_database_file_stops_the_preparation_and_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "portolano.sqlite3"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("CREATE TABLE kept (value)")
    holder.execute("BEGIN EXCLUSIVE")
    script = (
        "from portal.process import prepare; from django.conf import settings; import sys, django;"
        "settings.DATABASES['default']['OPTIONS']['timeout'] = 0.1;"
        "prepare.BEFORE = (); prepare.STEPS = (('database', prepare.migrate),); sys.exit(prepare.main())"
    )
    ended = run("-c", script, VAR_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="portal.settings")
    holder.execute("ROLLBACK")
    assert holder.execute("SELECT name FROM sqlite_master").fetchall() == [("kept",)]
    holder.close()
    assert ended.returncode == 1
    assert "the database is locked by another process" in ended.stderr
    assert "Traceback" not in ended.stderr
