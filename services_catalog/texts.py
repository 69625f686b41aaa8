"""Texts of bodies, which are in one language or in all, as one string."""

from collections.abc import Mapping

from django.utils.translation import get_language


def text_of(text: str | Mapping[str, str]) -> str:
    """A text in the language in use, else in Italian, else in any that it has; "" if it has none."""
    if isinstance(text, str):
        return text
    return text.get(get_language() or "it") or text.get("it") or next(filter(None, text.values()), "")
