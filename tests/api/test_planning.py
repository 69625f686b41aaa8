"""Lists right after a first load, when PostgreSQL still plans for the tables as they were before it."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services_catalog.choices import Audience
from services_catalog.models import PublishedRecord, RecordFacet
from services_catalog.publication.statistics import refresh_statistics

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SERVICES = 240
VALUES = {"territory": 6, "comune": 40, "status": 3, "location": 80}
"""Facets, and among how many values the services share them."""


def records(kind: str, count: int) -> None:
    """Published records of a kind, the bodies empty, with their facets."""
    keys = [uuid.uuid4() for _ in range(count)]
    PublishedRecord.objects.bulk_create(
        PublishedRecord(
            kind=kind,
            uuid=key,
            language=language,
            audience=Audience.PUBLIC,
            for_public=True,
            for_operator=True,
            body="{}",
            schema_version=1,
            seq=1,
        )
        for key in keys
        for language in ("all", "it")
    )
    RecordFacet.objects.bulk_create(
        RecordFacet(reader=reader, kind=kind, uuid=key, facet=facet, value=f"v{number % values}")
        for number, key in enumerate(keys)
        for reader in (Audience.PUBLIC, Audience.OPERATOR)
        for facet, values in VALUES.items()
    )


@pytest.fixture
def just_loaded() -> None:
    """Services that came after the tables were counted."""
    if connection.vendor != "postgresql":
        pytest.skip("what is planned is planned by PostgreSQL")
    records("territory", 20)
    refresh_statistics()
    records("service", SERVICES)


def blocks_read(sql: str) -> int:
    """Blocks of tables and indexes that a statement touches, as PostgreSQL runs it now."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


@pytest.mark.parametrize("asked", ["territory=v1", "territory=v1&language=all", "territory=v1&language=ar"])
def test_no_record_is_read_anew_for_every_pair_of_others(just_loaded: None, client: Client, asked: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/api/v1/services?{asked}").json()

    read = [blocks_read(query["sql"]) for query in captured if query["sql"].startswith("SELECT")]
    assert answer["total_items"] == SERVICES / VALUES["territory"]
    assert max(read) < 2 * SERVICES**2, read
