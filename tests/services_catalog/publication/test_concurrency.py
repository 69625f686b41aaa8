"""Eight writers and a tailing reader, real processes: no change lost, no record stale, no writer refused."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

WRITERS = 8
EDITS = 15
ROOT = Path(__file__).resolve().parents[3]
PROCESS = "tests.services_catalog.publication.concurrent_writer"

CAST = """
import django; django.setup()
from tests.factories import *
organization = OrganizationFactory()
place = LocationFactory()
for number in range(6):
    ServiceFactory(name_it=f"Servizio {number}", organization=organization, location=place)
"""

VERIFY = """
import json
import django; django.setup()
from services_catalog.models import Change, PublishedRecord, Service, Organization
from services_catalog.publication import compiler, feed, writer
head = feed.head()
fresh = compiler.COMPILERS["service"](list(Service.objects.values_list("pk", flat=True)),
    dict(__import__("services_catalog").models.Territory.objects.values_list("pk", "languages")))
stale = [
    str(key)
    for service, compiled in fresh.items()
    for key, row in writer.rows_of(service, compiled).items()
    if PublishedRecord.objects.get(uuid=key[0], audience=key[1], language=key[2]).checksum != row.checksum
]
print(json.dumps({"head": head.seq, "stale": stale, "seqs": list(Change.objects.values_list("seq", flat=True))}))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A process's environment with a database of its own: PostgreSQL's where DATABASE_URL names one, else SQLite."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path)}
    environment.pop("ELASTICSEARCH_URL", None)
    url = environment.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    name = f"concurrency_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"create database {name}")
        yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        server.execute(f"drop database {name} with (force)")


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", PROCESS, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.database
def test_eight_writers_lose_no_change_and_leave_no_record_stale(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "manage.py", "migrate", "-v0")
    run(environment, "-c", CAST)
    done = tmp_path / "done"
    reader = start(environment, "tail", str(done))
    writers = [start(environment, "write", str(number), str(EDITS)) for number in range(WRITERS)]
    for process in writers:
        _out, error = process.communicate(timeout=240)
        assert process.returncode == 0, error[-3000:]
    done.touch()
    seen, error = reader.communicate(timeout=240)
    assert reader.returncode == 0, error[-3000:]

    found = json.loads(run(environment, "-c", VERIFY))

    assert found["seqs"] == list(range(1, found["head"] + 1)), "the feed has a hole"
    assert json.loads(seen) == found["seqs"], "the reader missed a change"
    assert found["stale"] == []
    assert found["head"] >= WRITERS * EDITS * 3 // 4
