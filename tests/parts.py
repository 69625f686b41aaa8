"""The parts of the world that some tests need and a machine may lack: PostgreSQL, Elasticsearch, Chromium.

As a pytest plugin (`-p tests.parts`), with PORTOLANO_REQUIRE_ALL=1, it turns the skip of a test that needs one into a
failure: what was meant to be shown was not.
"""

import os
import shutil
from collections.abc import Generator
from typing import Any

import pytest

REQUIRE_ALL = "PORTOLANO_REQUIRE_ALL"
# Which tests may not be skipped: these anywhere, and these where the address is set; without it they run again with it.
ALWAYS = {"walk", "browser"}
WHERE_SET = {"DATABASE_URL": "database", "ELASTICSEARCH_URL": "engine"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def required() -> bool:
    """Whether every part has to be there."""
    return os.environ.get(REQUIRE_ALL, "") not in {"", "0"}


def not_to_skip() -> set[str]:
    """Markers of the tests that this run has all the parts for."""
    return ALWAYS | {marker for name, marker in WHERE_SET.items() if os.environ.get(name)}


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def missing() -> list[str]:
    """What this machine lacks, a line each, with how to get it."""
    lines = []
    if not os.environ.get("DATABASE_URL"):
        lines.append(
            "PostgreSQL: tests marked `database` ran on SQLite alone. Set DATABASE_URL=postgres://… to a user who may "
            "create databases (Debian: apt install postgresql)"
        )
    if not os.environ.get("ELASTICSEARCH_URL"):
        lines.append(
            "Elasticsearch: tests marked `engine` ran on the embedded index alone. Set ELASTICSEARCH_URL=http://…:9200 "
            "(docker compose up elasticsearch)"
        )
    if chromium() is None:
        lines.append("Chromium: no test opened a browser (Debian: apt install --no-install-recommends chromium)")
    return lines


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail what was skipped for want of a part, where all are required."""
    report = yield
    if required() and report.skipped and not hasattr(report, "wasxfail") and not_to_skip() & set(item.keywords):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{reason} ({REQUIRE_ALL} is set: nothing may be skipped)"
    return report
