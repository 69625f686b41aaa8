"""Variables of the environment: each wrong one is named, none is shown, and none is left unsaid."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.settings.environment import BASE_DIR, Environment, read


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Environment.model_config, "env_file", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight thousand"),
        ("PORT", "70000"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "hunter2@db"),
        ("DATABASE_URL", "mysql://portolano:hunter2@db/portolano"),
        ("DATABASE_URL", "postgres://portolano:hunter2@db:99999/portolano"),
        ("ELASTICSEARCH_URL", "elasticsearch:9200"),
        ("PUBLIC_URL", "aiuto.example.it"),
        ("CSRF_TRUSTED_ORIGINS", "aiuto.example.it"),
        ("SECRET_KEY", "hunter2"),
        ("WEB_CONCURRENCY", "0"),
    ],
)
def test_a_wrong_variable_is_named_and_its_value_is_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        read()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"portolano: the environment variable {name} is wrong: ")
    assert value not in said
    assert "hunter2" not in said


def test_every_wrong_variable_has_its_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("DEBUG", "perhaps")
    with pytest.raises(SystemExit):
        read()
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    unset = read()
    for name in Environment.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert read() == unset


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "aiuto.example.it, plus.example.it,")
    assert read().allowed_hosts == ("aiuto.example.it", "plus.example.it")


def test_the_key_made_at_the_first_start_is_kept_and_private(tmp_path: Path) -> None:
    environment = Environment(var_dir=tmp_path / "var")
    with ThreadPoolExecutor(8) as together:
        keys = set(together.map(lambda _: environment.secret_key_or_generated(), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SystemExit) as ended:
        Environment(var_dir=tmp_path / "file").secret_key_or_generated()
    assert ended.value.code == 2
    assert "VAR_DIR is wrong: it cannot be written" in capsys.readouterr().err


def test_a_command_with_a_wrong_variable_ends_with_status_2_and_no_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BASE_DIR,
        env={"PORT": "eight thousand"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [line for line in ended.stderr.splitlines() if line.startswith("portolano: ")]
