"""The twelve languages of the catalogue and their columns."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

DEFAULT_LANGUAGE: str = settings.LANGUAGE_CODE
LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
ALL_LANGUAGES = "all"
"""The `language` of a record whose body holds every text in every language."""


@cache
def columns(field: str) -> dict[str, str]:
    """Language → name of the column that holds `field` in it, in the languages' order."""
    return {language: build_localized_fieldname(field, language) for language in LANGUAGES}


class Prose(dict[str, str]):
    """A text in the languages it is written in; the marker by which a body of one language is cut from that of all."""


def prose(row: Mapping[str, Any], field: str) -> Prose:
    """The text of `field` in a row of column values, languages without a text left out."""
    return Prose({language: text for language, column in columns(field).items() if (text := row[column])})
