"""Whether what a question says is denied in it: "I'm not a refugee", "lei non è incinta"."""

import re
from collections.abc import Sequence

from search.expressions import split

_DENYING = (
    "non no not isnt arent wasnt never mai nu niciodata nuk pas jamais nunca не нет ні немає ليس ليست لست مش غير لا "
    "不 没 না নই نہیں"
)
DENYING = frozenset(split(_DENYING))
_DENYING_AFTER = "না নই নয় নেই নন نہیں نہيں nahi nehi"
DENYING_AFTER = frozenset(split(_DENYING_AFTER))
"""Words that deny what stands before them: Bengali and Urdu deny at the end."""
_JOINING = "ed ma però and but et mais y pero si dar și dhe por и но а і але та و لكن 但 和 এবং কিন্তু আর اور لیکن"
JOINING = frozenset(split(_JOINING))
"""Words after which something else is said. Not the Italian "e": without its accent it is also "is"."""

RIGHT_BEFORE, WITHIN, AFTER = 1, 4, 2
"""Tokens among which a word denies: what is said of company, of animals or of time often follows another denial ("I
have nowhere to go with my children")."""
WHO_IS = ("homeless", "legal_status", "violence", "disability", "non_self_sufficient", "family=pregnant", "on_foot")
"""What says who somebody is, or how one comes: a denial some words before turns it round."""
_CLAUSE = re.compile(r"[,.;:!?…،؛؟۔।。、，；！？\n()]+")


def clauses(text: str, tokens: Sequence[str]) -> list[int]:
    """For each of the tokens of `text` the number of its clause: a denial does not reach beyond a comma."""
    pieces = [len(split(piece)) for piece in _CLAUSE.split(text)]
    if sum(pieces) != len(tokens):
        return [0] * len(tokens)
    return [number for number, length in enumerate(pieces) for _token in range(length)]


def reach(means: str) -> int:
    """How many tokens before an expression of this meaning may deny it."""
    says_who = any(part.startswith(WHO_IS) for part in means.split(";"))
    return WITHIN if says_who else RIGHT_BEFORE


def is_denied(
    tokens: Sequence[str], clause: Sequence[int], free: Sequence[bool], start: int, end: int, means: str
) -> bool:
    """Whether tokens `start` to `end`, which mean `means`, are denied. What has been read already ends a denial."""
    for before in range(start - 1, max(-1, start - 1 - reach(means)), -1):
        if clause[before] != clause[start] or not free[before] or tokens[before] in JOINING:
            break
        if tokens[before] in DENYING:
            return True
    after = range(end, min(len(tokens), end + AFTER))
    return any(tokens[at] in DENYING_AFTER for at in after if clause[at] == clause[start])
