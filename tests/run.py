"""`make test`: every check in order, then the minutes of each and what this machine lacked.

`python -m tests.run lint types tests` names stages; without names, all run. A stage that fails does not keep the next
from running.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.parts import REQUIRE_ALL, missing, required

BASE_DIR = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = ("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "tests.parts")
# Empty and not absent: an `.env` of this installation must not choose for the tests.
ALONE = {"DATABASE_URL": "", "ELASTICSEARCH_URL": "", "DJANGO_SETTINGS_MODULE": "portal.settings.testing"}

Check = tuple[str, tuple[str, ...], dict[str, str]]
LINT: list[Check] = [
    ("style", ("ruff", "check", "."), {}),
    ("layout", ("ruff", "format", "--check", "--quiet", "."), {}),
    ("templates", ("djlint", "--lint", "--quiet", "frontend/templates", "portal"), {}),
    ("import contracts", ("lint-imports", "--no-logo"), ALONE),
    ("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run"), ALONE),
    ("messages", ("python", "-m", "portal.messages", "check"), {}),
]
TYPES: list[Check] = [("types", ("mypy", "."), ALONE)]


def again() -> list[Check]:
    """The tests that run once more, on the real database and engine whose addresses are given."""
    address = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "ELASTICSEARCH_URL")}
    markers = {"DATABASE_URL": "database", "ELASTICSEARCH_URL": "engine"}
    chosen = [markers[name] for name, value in address.items() if value]
    if not chosen:
        return []
    title = "tests on " + " and ".join({"database": "PostgreSQL", "engine": "Elasticsearch"}[name] for name in chosen)
    return [(title, (*PYTEST, "-m", " or ".join([*chosen, "walk"])), ALONE | address)]


def stages() -> dict[str, list[Check]]:
    """What each name on the command line stands for."""
    first = ("tests on SQLite and the embedded index", PYTEST, ALONE)
    prepare: list[Check] = [
        ("assets", ("python", "-m", "frontend.build"), {}),
        ("messages compiled", ("python", "-m", "portal.messages"), {}),
    ]
    return {"lint": LINT, "types": TYPES, "tests": [*prepare, first, *again()]}


def run(check: Check) -> tuple[bool, float]:
    """Whether it passed, and the seconds it took."""
    title, command, environment = check
    print(f"\n== {title}: {' '.join(command)}", flush=True)
    started = time.monotonic()
    status = subprocess.run([BIN / command[0], *command[1:]], cwd=BASE_DIR, env=os.environ | environment).returncode
    return status == 0, time.monotonic() - started


def main(names: list[str]) -> int:
    """Exit status 0 if everything passed."""
    lacking = missing()
    if required() and lacking:
        print("\n".join([f"{REQUIRE_ALL} is set and this machine lacks:", *lacking]), file=sys.stderr)
        return 1
    known = stages()
    checks = [check for name in names or known for check in known[name]]
    results = [(check[0], *run(check)) for check in checks]
    print("\nMinutes of each stage:")
    for title, passed, seconds in results:
        print(f"  {seconds / 60:5.1f}  {title}{'' if passed else '  FAILED'}")
    if lacking and (not names or "tests" in names):
        print("\nNot shown on this machine:")
        print("\n".join(f"  {line}" for line in lacking))
    failed = [title for title, passed, _ in results if not passed]
    print(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'Everything passed.'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
