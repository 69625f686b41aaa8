"""Starting on a machine that is not ready: each lack is told at once, with what to do."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.process.port import refusal
from portal.settings.environment import BASE_DIR
from requirements.install import lack, stale


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody listens who would share it."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_python_too_old_is_told_its_version_and_the_one_needed() -> None:
    said = lack((3, 9), makes_environments=True) or ""
    assert "Python 3.9 is too old: 3.11 or later" in said
    assert "PYTHON=" in said


def test_a_debian_without_venv_is_told_which_package_to_install() -> None:
    assert "apt install python3.11-venv" in (lack((3, 11), makes_environments=False) or "")


def test_a_python_that_lacks_nothing_is_told_nothing() -> None:
    assert lack((3, 13), makes_environments=True) is None


def test_a_lock_is_installed_again_only_when_it_changed(tmp_path: Path) -> None:
    locks, venv = tmp_path / "locks", tmp_path / "venv"
    locks.mkdir()
    (locks / "run.lock").write_text("django==5.2")
    assert stale(["run"], venv, locks) == ["run"]
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    assert stale(["run"], venv, locks) == ["run"]
    shutil.copy(locks / "run.lock", venv / "installed-run.lock")
    assert stale(["run"], venv, locks) == []
    (locks / "run.lock").write_text("django==5.2.1")
    assert stale(["run"], venv, locks) == ["run"]


def test_a_port_in_use_is_refused_even_by_who_would_share_it(taken_port: int) -> None:
    said = refusal("127.0.0.1", taken_port) or ""
    assert f"port {taken_port} is in use" in said
    assert f"PORT={taken_port + 1}" in said


def test_a_free_port_is_not_refused(taken_port: int) -> None:
    assert refusal("127.0.0.2", taken_port) is None


def test_an_address_of_another_machine_is_refused() -> None:
    assert "cannot listen on 192.0.2.1" in (refusal("192.0.2.1", 8000) or "")


@pytest.mark.parametrize(("value", "status"), [("eight thousand", 2), ("0", 2), ("70000", 2)])
def test_the_first_question_of_make_run_refuses_what_is_no_port(value: str, status: int, tmp_path: Path) -> None:
    script = tmp_path / "portal" / "process" / "port.py"
    script.parent.mkdir(parents=True)
    shutil.copy(BASE_DIR / "portal" / "process" / "port.py", script)
    ended = subprocess.run([sys.executable, "-I", script], env={"PORT": value}, capture_output=True, text=True)
    assert ended.returncode == status
    assert ended.stderr == "portolano: the environment variable PORT is wrong: a number from 1 to 65535\n"


def test_make_run_refuses_a_port_in_use_before_any_long_work(taken_port: int, tmp_path: Path) -> None:
    copy = tmp_path / "portolano"
    (copy / "portal" / "process").mkdir(parents=True)
    shutil.copy(BASE_DIR / "Makefile", copy)
    shutil.copy(BASE_DIR / "portal" / "process" / "port.py", copy / "portal" / "process")
    command = ["make", "run", f"PORT={taken_port}", f"PYTHON={sys.executable}"]
    ended = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert ended.returncode != 0
    assert f"port {taken_port} is in use" in ended.stderr
    assert not (copy / ".venv").exists()


def test_make_says_so_when_there_is_no_python(tmp_path: Path) -> None:
    shutil.copy(BASE_DIR / "Makefile", tmp_path)
    ended = subprocess.run(["make", "run", "PYTHON=python-missing"], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode != 0
    assert "Python is missing" in ended.stderr


def test_cleaning_removes_what_was_built_and_leaves_what_was_written(tmp_path: Path) -> None:
    shutil.copy(BASE_DIR / "Makefile", tmp_path)
    built = [".venv/bin/python", "build/x", "var/index/x", "var/static/x", "var/demo/portolano.sqlite3", "locale/x.mo"]
    built += ["api/__pycache__/x.pyc", ".mypy_cache/x", "frontend/static/dist/x", "frontend/assets/node_modules/x"]
    written = ["var/portolano.sqlite3", "var/media/x", "var/secret_key", "locale/x.po", "api/x.py", ".env"]
    for name in built + written:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True)
    assert {name for name in built if (tmp_path / name).exists()} == set()
    assert {name for name in written if (tmp_path / name).exists()} == set(written)


def test_the_demonstration_takes_nothing_of_the_installation_beside_it(tmp_path: Path) -> None:
    shutil.copy(BASE_DIR / "Makefile", tmp_path)
    said = subprocess.run(["make", "-n", "demo"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert f"VAR_DIR={tmp_path}/var/demo DEMONSTRATION=true" in said
    for name in (
        "DATABASE_URL",
        "ELASTICSEARCH_URL",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
        "BEHIND_HTTPS_PROXY",
        "STATIC_DIR",
    ):
        assert f" {name}= " in said
