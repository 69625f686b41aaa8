"""The published catalogue that the pages are read from, and its index."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from frontend.public import catalogue as reference_kept
from tests.frontend import cast


@pytest.fixture(autouse=True)
def fresh_reference() -> None:
    """Tests roll back, so that a place of the feed comes again with other terms and territories behind it."""
    reference_kept._reference.cache_clear()


@pytest.fixture
def noon() -> Iterator[None]:
    """Monday 23 November 2026, half past twelve in Italy."""
    with time_machine.travel(cast.NOON, tick=False):
        yield


@pytest.fixture
def catalogue(db: None, noon: None) -> dict[str, Any]:
    """The cast's services, published."""
    return cast.catalogue()


@pytest.fixture
def indexed(catalogue: dict[str, Any], settings: Settings, tmp_path: Path) -> dict[str, Any]:
    """The same, and an index of its own to search."""
    settings.ELASTICSEARCH_URL = None
    settings.INDEX_DIR = tmp_path
    cast.index()
    return catalogue
