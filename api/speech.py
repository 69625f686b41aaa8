"""The language in which the API itself speaks: its problems and its documentation. What it serves has its own."""

from django.utils.translation import get_language

from services_catalog.languages import DEFAULT_LANGUAGE

SPOKEN = (DEFAULT_LANGUAGE, "en")
"""Languages that the interface's strings are complete in; any other is answered in the first."""


def spoken() -> str:
    """The language asked for (Accept-Language), or the one that stands in for it."""
    language = get_language()
    return language if language in SPOKEN else DEFAULT_LANGUAGE
