"""What an editor or an import may write as hours: valid, and meaning what it seems to mean."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from services_catalog.opening_hours.expression import QUOTED, OpeningHoursError, parse

LONGEST = 1000
ITALIAN_DAYS = re.compile(r"\b(lun|mar|mer|gio|ven|sab|dom)[a-zì]*\b", re.IGNORECASE)
DOTTED_TIME = re.compile(r"\b\d{1,2}\.\d{2}\b")
SUN = re.compile(r"\b(sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)
SCHOOL_HOLIDAYS = re.compile(r"\bSH\b")
OPEN_END = re.compile(r"\d:\d{2}\s*\+")
REPETITION = re.compile(r"\d:\d{2}\s*/")
NIGHT_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})")
DAYS_AND_TIME = re.compile(r"(.*?) ?\d{1,2}:\d{2}")
HOURS_OFF = re.compile(r"\d:\d{2}\s*(off|closed)\b")


def validate(text: str) -> None:
    """Pass if the text is hours in OpenStreetMap's syntax that this catalogue evaluates as their author means.

    "off" is valid (never open), "" is not. Raises OpeningHoursError, in the language in use, naming what is wrong.
    """
    if not text.strip():
        raise OpeningHoursError(_("Hours are empty. For a place that is closed write: off"))
    if text != text.strip():
        raise OpeningHoursError(_("Hours begin or end with a space."))
    if len(text) > LONGEST:
        raise OpeningHoursError(_("Hours are longer than %(most)d characters.") % {"most": LONGEST})
    said = re.sub(QUOTED, '""', text)
    for check in CHECKS:
        check(said)
    parse(text)


def _words(text: str) -> None:
    if (found := ITALIAN_DAYS.search(text)) and found[0] not in ("Mar", "mar"):
        raise OpeningHoursError(_("“%(word)s” is not a day here: write Mo Tu We Th Fr Sa Su.") % {"word": found[0]})
    if found := DOTTED_TIME.search(text):
        raise OpeningHoursError(_("“%(word)s” is not a time here: write it as 09:30.") % {"word": found[0]})


def _unknowable(text: str) -> None:
    """What the catalogue has no data for: it would be guessed, or silently ignored."""
    if found := SUN.search(text):
        raise OpeningHoursError(_("“%(word)s” is different every day: write clock times.") % {"word": found[0]})
    if SCHOOL_HOLIDAYS.search(text):
        raise OpeningHoursError(_("School holidays (SH) are not known here: write their dates."))


def _ends(text: str) -> None:
    if OPEN_END.search(text):
        raise OpeningHoursError(_("Hours without an end (“+”) cannot be checked: write when they end."))
    if REPETITION.search(text):
        raise OpeningHoursError(_("Repeated times (“/”) are not opening hours: write each one with its end."))


def _overnight_off(text: str) -> None:
    """A night belongs to its evening's day, so hours switched off by the clock could mean either of two nights."""
    if HOURS_OFF.search(text) and any(_crosses(a, b) for a, b in NIGHT_SPAN.findall(text)):
        raise OpeningHoursError(_("Hours past midnight cannot stand with hours switched off: write those that remain."))


def _crosses(start: str, end: str) -> bool:
    return end.zfill(5) <= start.zfill(5) or end.zfill(5) > "24:00"


def _replaced(text: str) -> None:
    """After `;` a rule replaces earlier ones on its days: the same days twice lose the first hours."""
    seen: set[str] = set()
    for rule in text.split(";"):
        timed = DAYS_AND_TIME.match(re.sub(r"\s+", " ", rule.strip()))
        if not timed or HOURS_OFF.search(rule):
            continue
        days = timed[1] or "Mo-Su"
        if days in seen:
            raise OpeningHoursError(
                _("The second hours for “%(days)s” would replace the first: write %(days)s 09:00-12:00,15:00-18:00.")
                % {"days": days}
            )
        seen.add(days)


CHECKS: tuple[Callable[[str], None], ...] = (_words, _unknowable, _ends, _overnight_off, _replaced)
