"""The age of the person that a question asks for. Most numbers of years are no age: "out of work for 5 years"."""

from collections.abc import Sequence

from search.expressions import split
from search.person import OLDEST

YOUNGEST = 14
"""Who is younger does not ask: a child's age is no fact of the parent who asks, and few years are mostly a time."""

_YEARS = (
    "anni years year yo ans anos ani vjec vjecare vjet سنه عام سال sana rokiv let лет года год роки рокив рок বছর 岁"
)
YEARS = frozenset(_YEARS.split())
"""Words that may make the number before them an age, folded."""

_BEFORE_A_TIME = (
    "da dopo per fra tra entro oltre quasi ultimi gli i ai dai sotto sopra fino mutuo debito contratto for since last "
    "past after within under over in depuis pendant après dans desde hace durante dentro prej për pas acum după peste "
    "за уже через после последние вже після منذ قبل بعد لمدة خلال"
)
BEFORE_A_TIME = frozenset(split(_BEFORE_A_TIME))
"""Words before a number that make its years a time, or the bound of an age."""
AFTER_A_TIME = frozenset(split("fa ago since atrás назад тому سے تک پہلے ধরে আগে থেকে"))
"""Words after it that do."""
BEFORE_A_TIME_IN: dict[str, tuple[str, ...]] = {"ani": ("de",), "ans": ("y", "a")}
"""By the word for years, what makes a time of them in its language alone: "de 5 ani", "il y a 5 ans"."""


def age_at(tokens: Sequence[str], start: int) -> int | None:
    """The age that the number at `start` says, followed by a word for years; None where it may be anything else."""
    number, unit = tokens[start : start + 2]
    if unit not in YEARS or not number.isdecimal() or len(number) > 3 or not YOUNGEST <= int(number) <= OLDEST:
        return None
    own = BEFORE_A_TIME_IN.get(unit, ())
    lasts = bool(own) and tuple(tokens[max(0, start - len(own)) : start]) == own
    if lasts or BEFORE_A_TIME.intersection(tokens[max(0, start - 1) : start]):
        return None
    return None if AFTER_A_TIME.intersection(tokens[start + 2 : start + 3]) else int(number)
