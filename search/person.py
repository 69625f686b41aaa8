"""What is known of the person a search is for: facts as parameters carry them, and as eligibility rules take them.

Never stored, never logged: it lives as long as the question.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from services_catalog.choices import Value
from services_catalog.eligibility import AsksFor, Person

Facts = Mapping[str, frozenset[str]]
"""Name of a fact → its values; only `family` may have several."""

YES, NO = "yes", "no"
_FAMILY = (Value.ALONE, Value.LIVES_ALONE, Value.COUPLE, Value.WITH_MINORS, Value.PREGNANT)
_STATUS = (Value.ITALIAN, Value.EU, Value.PERMIT, Value.ASYLUM, Value.UNDOCUMENTED)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "gender": (Value.FEMALE, Value.MALE, Value.OTHER_GENDER),
    "family": _FAMILY,
    "legal_status": _STATUS,
    "homeless": (YES, NO),
    "disability": (YES, NO),
    "non_self_sufficient": (YES, NO),
    "violence": (YES, NO),
    "animals": (YES,),
    "asks_for": tuple(AsksFor),
}
"""Facts that are one of a list of words."""

OLDEST, LARGEST, RICHEST = 130, 30, 10_000_000


def choice(name: str) -> Callable[[str], str]:
    """A reader of a fact that is one of CHOICES; it raises ValueError for another word."""

    def read(text: str) -> str:
        if text in CHOICES[name]:
            return text
        raise ValueError(_("One of: %(choices)s.") % {"choices": ", ".join(CHOICES[name])})

    return read


def number(most: int) -> Callable[[str], str]:
    """A reader of a whole number from 0 to `most`; it raises ValueError for anything else."""

    def read(text: str) -> str:
        if len(text) <= 9 and text.isascii() and text.isdecimal() and int(text) <= most:
            return str(int(text))
        raise ValueError(_("A whole number from %(least)d to %(most)d.") % {"least": 0, "most": most})

    return read


def euros(text: str) -> str:
    """A reader of an ISEE: euros, not negative; it raises ValueError for anything else."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if len(text) <= 12 and amount.is_finite() and 0 <= amount <= RICHEST:
        return text
    raise ValueError(_("A number from %(least)g to %(most)g.") % {"least": 0, "most": RICHEST})


READERS: Mapping[str, Callable[[str], str]] = {
    **{name: choice(name) for name in CHOICES},
    "age": number(OLDEST),
    "household": number(LARGEST),
    "isee": euros,
}
"""Fact → its reader. `residence` is a comune and read as the other comuni are."""

NAMES = (*READERS, "residence")


def person_of(facts: Facts, present_in: str | None = None) -> Person:
    """The person these facts tell of; `present_in` is the comune where they look for help, if known."""
    one = {name: next(iter(values)) for name, values in facts.items() if values}
    return Person(
        age=int(one["age"]) if "age" in one else None,
        gender=Value(one["gender"]) if "gender" in one else None,
        family=frozenset(map(Value, facts.get("family", ()))),
        homeless=_yes(one.get("homeless")),
        non_self_sufficient=_yes(one.get("non_self_sufficient")),
        disability=_yes(one.get("disability")),
        violence=_yes(one.get("violence")),
        legal_status=Value(one["legal_status"]) if "legal_status" in one else None,
        residence=one.get("residence"),
        present_in=present_in,
        isee=Decimal(one["isee"]) if "isee" in one else None,
        household=int(one["household"]) if "household" in one else None,
        asks_for=AsksFor(one["asks_for"]) if "asks_for" in one else None,
    )


def _yes(answer: str | None) -> bool | None:
    return None if answer is None else answer == YES
