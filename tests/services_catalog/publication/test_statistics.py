"""What PostgreSQL believes of its tables once many things were written at once."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection

from services_catalog.demonstration.load import load
from services_catalog.publication.compiler import compile_all
from services_catalog.publication.statistics import refresh_statistics
from tests.services_catalog.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FORGOTTEN = -1
"""PostgreSQL's word for a table that it has not counted."""


@pytest.fixture
def reference(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comuni and shipped terms."""
    load_reference(monkeypatch)


@pytest.fixture
def counted() -> Callable[[], bool]:
    """Whether the facets have been counted since this fixture made PostgreSQL forget that it did."""
    if connection.vendor != "postgresql":
        pytest.skip("tables are counted by PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE services_catalog_recordfacet")

    def seen() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'services_catalog_recordfacet'::regclass")
            return bool(cursor.fetchone()[0] != FORGOTTEN)

    assert not seen()
    return seen


def test_an_import_of_many_things_has_the_tables_counted(reference: None, counted: Callable[[], bool]) -> None:
    load("distretto-d3-canicatti")
    assert not counted()
    with patch("services_catalog.exchange.importing.MANY", 2):
        load("ambito-sondrio")
    assert counted()


def test_compiling_everything_has_the_tables_counted(reference: None, counted: Callable[[], bool]) -> None:
    load("distretto-d3-canicatti")
    compile_all()
    assert counted()


def test_a_restored_database_is_counted_with_its_new_epoch(counted: Callable[[], bool]) -> None:
    call_command("new_epoch", verbosity=0)
    assert counted()


def test_a_database_that_needs_no_counting_is_left_alone() -> None:
    with patch("services_catalog.publication.statistics.connection") as asked:
        asked.vendor = "sqlite"
        refresh_statistics()
    asked.cursor.assert_not_called()
