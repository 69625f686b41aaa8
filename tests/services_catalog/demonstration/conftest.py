"""The reference data that the demonstration is loaded upon."""

import pytest

from tests.services_catalog.reference import load_reference


@pytest.fixture
def reference(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    load_reference(monkeypatch)
