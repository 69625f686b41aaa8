"""What every test begins with."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """The language of the page that an earlier test asked for would stay in use: Django never puts it back."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
