"""What `make run` does before it serves, and what it says when it does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from portal.process import prepare
from portal.process.__main__ import greeting
from portal.settings.environment import Environment

Calls = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The management commands called, none of them run."""
    made: Calls = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: made.append((name, options)))
    return made


def failing(error: Exception) -> Callable[..., None]:
    def call(*_arguments: object, **_options: object) -> None:
        raise error

    return call


def test_static_files_are_gathered_again_only_when_one_changed(
    calls: Calls, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path
    prepare.collect_static()
    prepare.collect_static()
    assert [name for name, _options in calls] == ["collectstatic"]
    monkeypatch.setattr(prepare, "fingerprint", lambda: "another")
    prepare.collect_static()
    assert [name for name, _options in calls] == ["collectstatic", "collectstatic"]


def test_a_real_installation_gets_no_demonstration(calls: Calls, settings: Any) -> None:
    settings.DEMONSTRATION = False
    prepare.load_demonstration()
    assert calls == []


def test_an_engine_that_does_not_answer_keeps_nothing_from_starting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "call_command", failing(CommandError("EngineDown: refused")))
    prepare.bring_on_index()
    assert "search rests for now, the follower will try again" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CommandError("another follower is already running here", returncode=3), "another follower is already running"),
        (OperationalError("database is locked"), "the database is locked by another process"),
        (KeyboardInterrupt(), "make run goes on from here"),
    ],
)
def test_what_stops_the_preparation_is_told_in_a_sentence(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "BEFORE", ())
    monkeypatch.setattr(prepare, "STEPS", (("search index", prepare.bring_on_index),))
    monkeypatch.setattr(prepare, "call_command", failing(error))
    assert prepare.main() == 1
    assert said in capsys.readouterr().err


def test_the_greeting_tells_addresses_and_the_demonstrations_accounts(tmp_path: Path) -> None:
    (tmp_path / "demonstration-accounts.txt").write_text("sara  staff\n")
    said = greeting(Environment(port=8123, var_dir=tmp_path, demonstration=True))
    for address in ("/", "/admin/", "/api/docs"):
        assert f"http://localhost:8123{address}\n" in said
    assert "sara  staff" in said


def test_a_real_installation_is_told_no_accounts(tmp_path: Path) -> None:
    (tmp_path / "demonstration-accounts.txt").write_text("sara  staff\n")
    assert "sara" not in greeting(Environment(port=8123, var_dir=tmp_path, demonstration=False))
