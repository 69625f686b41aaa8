"""Dates as people of a language write them inside a sentence."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

SMALL_LETTERS = frozenset({"it", "fr", "es", "ro", "sq", "uk", "ru"})
"""Languages that write months and weekdays small; Django's names of them begin with a capital."""


def long_date(day: date) -> str:
    """ "16 novembre 2026"."""
    return _small(date_format(day, "DATE_FORMAT")).removeprefix("0")


def weekday(day: date) -> str:
    """ "lunedì 23 novembre"."""
    return _small(date_format(day, "l j F"))


def _small(words: str) -> str:
    return words.lower() if get_language() in SMALL_LETTERS else words
