"""The cast, for every test of the admin."""

import copy
from typing import Any

import pytest

from tests.portal.cast import cast

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def _templates_of_the_admin(settings: Any) -> None:
    """Wagtail's templates name variables that are not there, on purpose: the suite's marker would break them."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"].pop("string_if_invalid", None)
    settings.TEMPLATES = templates
