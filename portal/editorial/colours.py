"""A site's own colour, which stays readable: it passes the checks the portal's own colours pass."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ON_BAND = ("#fbf7ef", "#c8d8da")
"""Texts that stand on the band (`frontend/assets/scss/_tokens.scss`)."""
LEAST = 4.5
"""Contrast of text, WCAG 2.2, 1.4.3."""


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of "#rrggbb" (WCAG 2.2)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def validate_band(colour: str) -> None:
    """Raises ValidationError unless `colour` is "#rrggbb" on which the band's texts can be read."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValidationError(_("A colour is written # and six digits or letters from a to f: #0b3b46."))
    if min(contrast(colour, text) for text in ON_BAND) < LEAST:
        raise ValidationError(_("White words can't be read on this colour: choose a darker one."))
