"""The containers' files: held to the settings and the locks, and the Dockerfile's commands run for real."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from portal.settings.environment import BASE_DIR, Environment

LOCKS = sorted((BASE_DIR / "requirements").glob("*.lock"))
COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
LASTING = {name: service for name, service in SERVICES.items() if service["restart"] != "no"}
DOCKERFILE = (BASE_DIR / "Dockerfile").read_text()


def referenced(text: str) -> set[str]:
    """The variables that compose takes from its own .env."""
    return set(re.findall(r"\$\{([A-Z_]+)", text))


def test_compose_holds_web_follower_database_and_engine() -> None:
    assert set(LASTING) == {"web", "follower", "postgresql", "elasticsearch"}
    assert SERVICES["postgresql"]["image"].startswith("postgres:17")
    assert SERVICES["elasticsearch"]["image"].startswith("elasticsearch:9.")


def test_compose_sets_only_variables_that_are_read() -> None:
    read = {name.upper() for name in Environment.model_fields}
    for service in OURS.values():
        assert set(service["environment"]) <= read
    assert set(
        re.findall(r"\b([A-Z_]{4,})=", "\n".join(re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)))
    ) - read == {
        "PATH",
        "PYTHONUNBUFFERED",
        "PYTHONDONTWRITEBYTECODE",
    }


def test_the_settings_that_compose_makes_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "p", "PUBLIC_URL": "https://aiuto.example.it"}
    for name, value in OURS["web"]["environment"].items():
        filled = re.sub(
            r"\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)?\}",
            lambda match: given.get(match[1], match[2] or ""),
            str(value),
        )
        monkeypatch.setenv(name, filled)
    environment = Environment(_env_file=None)
    assert environment.behind_https_proxy
    assert environment.database_url == "postgres://portolano:p@postgresql:5432/portolano"


def test_what_compose_asks_for_is_in_the_env_that_the_documents_show() -> None:
    shown = set(re.findall(r"^([A-Z_]+)=", (BASE_DIR / "docs" / "operations.md").read_text(), re.MULTILINE))
    needed = {name for name in referenced(str(COMPOSE)) if f"${{{name}:?" in str(COMPOSE)}
    assert needed <= shown <= referenced(str(COMPOSE))


def test_every_lasting_service_has_a_health_check_that_asks_it_something() -> None:
    asked = {
        "web": "python -m portal.process.health",
        "follower": "python manage.py follow --check",
        "postgresql": "pg_isready --username=portolano --dbname=portolano",
        "elasticsearch": "/_cluster/health?wait_for_status=yellow",
    }
    for name, service in LASTING.items():
        assert asked[name] in " ".join(service["healthcheck"]["test"][1:]), name


def test_only_the_web_is_reached_from_outside_and_only_by_a_proxy_on_the_same_machine() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    for name in ("postgresql", "elasticsearch"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_what_must_outlive_a_container_is_on_a_volume() -> None:
    mounted = {entry.partition(":")[0] for service in SERVICES.values() for entry in service.get("volumes", [])}
    assert mounted == COMPOSE["volumes"].keys()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_are_hashed_and_hold_no_address(lock: Path) -> None:
    text = lock.read_text()
    # Whatever the option, an address follows it; options begin a line of their own, beside each package's hashes.
    assert not re.search(r"https?:|file:|^--|--(?!hash=)", text, flags=re.MULTILINE)
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    packages = [block for block in blocks if re.match(r"[a-z0-9]", block)]
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==", package), package.splitlines()[0]
        assert "--hash=sha256:" in package, package.splitlines()[0]


def test_what_serves_is_what_was_tested() -> None:
    pinned = {lock.stem: set(re.findall(r"^[^\s#]+==[^\s\\]+", lock.read_text(), re.MULTILINE)) for lock in LOCKS}
    assert pinned["run"] < pinned["build"] < pinned["dev"]


def test_the_commands_of_the_dockerfile_run_in_a_clean_environment(tmp_path: Path) -> None:
    """Each RUN, in order, in a copy of the tracked files and in fresh virtual environments; /app and /opt moved."""
    root = tmp_path / "image"
    (root / "opt").mkdir(parents=True)
    shutil.copytree(
        BASE_DIR,
        root / "app",
        ignore=shutil.ignore_patterns(".git", ".venv", "var", "build", "node_modules", ".*_cache"),
    )
    shutil.rmtree(root / "app" / "frontend" / "static" / "dist", ignore_errors=True)
    stages = DOCKERFILE.split("\nFROM ")[1:]
    assert len(stages) == 2
    for stage, folder in zip(stages, ("build", "run"), strict=True):
        for command in re.findall(r"^RUN (.+)$", stage, re.MULTILINE):
            if not command.startswith("useradd "):
                run_in(root, folder, command)
    assert (root / "app" / "static" / "staticfiles.json").exists()
    assert not list((root / "app").rglob("secret_key"))
    python = root / "opt" / "run" / "bin" / "python"
    server = re.findall(r'^CMD \["(\w+)"', stages[1], re.MULTILINE)
    assert (python.parent / server[0]).exists()
    assert not (python.parent / "node").exists(), "what serves needs no Node"
    run_in(root, "run", f"VAR_DIR={root}/var python manage.py check")


def run_in(root: Path, folder: str, command: str) -> None:
    """One RUN of a stage, by the shell, with the stage's environment first on the path."""
    moved = re.sub(r"(?<![\w.])/(app|opt)\b", lambda match: f"{shlex.quote(str(root))}/{match[1]}", command)
    # The base image's python is the one that runs this test; a package once fetched is not fetched again.
    moved = moved.replace("--no-cache-dir ", "")
    if moved.startswith("python -m venv"):
        moved = f"{shlex.quote(sys.executable)} {moved.removeprefix('python ')}"
    kept = {
        name: value for name, value in os.environ.items() if name.lower().startswith(("pip_", "npm_", "ssl_", "node_"))
    }
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    path = f"{root}/opt/{folder}/bin:/usr/bin:/bin"
    environment = {**kept, **proxies, "PATH": path, "HOME": os.environ.get("HOME", str(root))}
    ended = subprocess.run(moved, shell=True, cwd=root / "app", env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, f"{command}\n{ended.stdout[-2000:]}{ended.stderr[-4000:]}"
