"""The reference data that the tests of exchange and demonstration need: all terms, and few comuni."""

import pytest

from services_catalog.data import load, reference

COMUNI = ("B250", "B602", "D334", "D639", "E086", "E281", "F822", "G479", "I829", "L968")


def load_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the core taxonomies, and of the gazetteer the comuni of the demonstration alone: it has 7,899."""
    few = {code: reference.comuni()[code] for code in COMUNI}
    load.load_taxonomies()
    with monkeypatch.context() as patched:
        patched.setattr(reference, "comuni", lambda: few)
        load.load_comuni()
