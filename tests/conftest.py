"""What every test begins with."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from search import attributes, gazetteer, lexicon, stated, suggesting


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """The language of the page that an earlier test asked for would stay in use: Django never puts it back."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def fresh_words() -> None:
    """Tests roll back, so that a counter comes again with other words behind it."""
    for kept in (lexicon._read, gazetteer._read, suggesting._read_needs, attributes._read):
        kept.cache_clear()
    stated.forget()
