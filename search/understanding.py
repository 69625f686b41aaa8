"""What a question says beside the words to look up: where, when, and of whom. Shared by both engines.

Each thing understood is shown to the person, who can take it off: nothing is narrowed in secret. What is understood
is taken out of the words, for no service says "tonight" or "my mother"; a need is guessed from the whole question.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, get_args

from search import analysis
from search.ages import age_at
from search.analysis import Word
from search.denial import clauses, is_denied
from search.expressions import Expressions, join, split
from search.gazetteer import Gazetteer, Place
from search.lexicon import Lexicon
from search.opening import DayPart, Moment, Part
from search.person import Facts
from search.shipped import FOLDER, rows
from services_catalog.opening_hours.clock import instant, wall_time

Kind = Literal["place", "time", "who", "on_foot", "spelling"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What can be read out of words, and what a person can have taken literally instead."""

NIGHT_BEGINS, NIGHT_ENDS = 20, 5
"""Hours between which "tonight" means now."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS_SAID: Mapping[str, tuple[int, Part]] = {
    "today": (0, "day"),
    "this_morning": (0, "morning"),
    "this_afternoon": (0, "afternoon"),
    "evening": (0, "evening"),
    "tonight": (0, "night"),
    "tomorrow": (1, "day"),
    "tomorrow_night": (1, "night"),
}
FARTHEST_BACK = 3
"""Tokens between a word that announces a place and the place's name: "nel comune di"."""
SHORTEST_ELSEWHERE = 5
"""Letters of a comune of another part of Italy, which is taken for one only where a word announces it."""
SHORTEST_SLIPPED = 5
SHORT_CITIES = frozenset({"Asti", "Bari", "Lodi", "Pisa", "Roma"})
"""Shorter ones that everybody means. (Como is also how Spanish asks.)"""

_POSTCODE = re.compile(r"(?<![\w.,/+€])(?<![\d€] )\d{5}(?![\w/€]|[.,]\d| €)")
"""Five digits that are no part of a longer number, of an amount or of a phone number."""
_MONEY = (
    "isee euro euros eur reddito stipendio affitto bolletta debito income salary rent revenu loyer ingresos alquiler "
    "venit chirie te ardhura دخل يورو 收入 欧元 дохід євро доход евро আয় ইউরো آمدنی یورو"
)
MONEY = frozenset(split(_MONEY))
"""Words beside which a number is an amount, folded."""
BESIDE = 2
"""Tokens between which a word still says what a number is: "isee di 9000"."""


@dataclass(frozen=True, slots=True)
class Read:
    """Something read out of the words: its kind, and the words that said it."""

    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A question taken apart. `words` are those left to look up; `place` is where, `near` it or in it; `moment` when,
    `urgent` now: said in passing too often to leave out what is closed; `on_foot` how the person goes there;
    `facts` of whom, `targets` slugs of target groups; `read` says which words said so."""

    words: tuple[Word, ...] = ()
    place: Place | None = None
    near: bool = False
    moment: Moment | None = None
    urgent: bool = False
    on_foot: bool = False
    facts: Facts = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    read: tuple[Read, ...] = ()


@dataclass
class _Question:
    """The tokens of a question, and which of them nothing has been read out of yet."""

    tokens: list[str]
    free: list[bool]
    clause: list[int]
    read: list[Read] = field(default_factory=list)

    def take(self, kind: Kind | None, start: int, end: int) -> None:
        """Mark tokens as read."""
        if kind:
            self.read.append(Read(kind, join(self.tokens[start:end])))
        self.free[start:end] = [False] * (end - start)

    def denies(self, start: int, end: int, means: str) -> bool:
        """Whether the expression there is denied."""
        return is_denied(self.tokens, self.clause, self.free, start, end, means)

    def rest(self) -> str:
        """What nothing was read out of."""
        return join(token for token, free in zip(self.tokens, self.free, strict=True) if free)


def understand(
    text: str,
    language: str,
    *,
    lexicon: Lexicon,
    places: Gazetteer,
    now: datetime,
    literally: Collection[str] = (),
    at_a_point: bool = False,
    place_chosen: bool = False,
) -> Understood:
    """What `text` says, asked at `now` (aware) on a page in `language`; of the kinds in `literally` nothing is read.

    Where a place was chosen by hand (`place_chosen`) the one that is named is no word to look up either. Who goes on
    foot says so only from somewhere: from a place named, or where `at_a_point` the point is known.
    """
    tokens = split(text)
    question = _Question(tokens, [True] * len(tokens), clauses(text, tokens))
    place, near = _place(question, text, places) if "place" not in literally else (None, False)
    if place_chosen:
        place, near, question.read = None, False, []
    from_somewhere = at_a_point or (place is not None and place.is_point)
    said = list(_said(question, lexicon, literally if from_somewhere else {*literally, "on_foot"}))
    moments = [meaning for kind, meaning in said if kind == "time"]
    facts, targets = _facts([meaning for kind, meaning in said if kind == "who"])
    if "who" not in literally:
        facts |= _age(question)
    words = analysis.words(question.rest(), language)
    return Understood(
        words=tuple(map(lexicon.widened, words)),
        place=place,
        near=near,
        moment=next((moment_of(one, now) for one in moments if one != "now"), None),
        urgent="now" in moments,
        on_foot=any(kind == "on_foot" for kind, _meaning in said),
        facts=facts,
        targets=targets,
        read=tuple(question.read),
    )


def _place(question: _Question, text: str, places: Gazetteer) -> tuple[Place | None, bool]:
    """The first place named, else the first by its postcode; and whether near it is meant."""
    named, near = _named(question, places)
    # In an address the comune stands beside its postcode, which is then no word to look up either.
    coded, near_code = _coded(question, text, places)
    return (named, near) if named else (coded, near_code)


def _coded(question: _Question, text: str, places: Gazetteer) -> tuple[Place | None, bool]:
    """The first postcode that is known here; one of several comuni means near them."""
    written = {analysis.fold(found) for found in _POSTCODE.findall(text)}
    for start, token in enumerate(question.tokens) if written else ():
        beside = question.tokens[max(0, start - BESIDE) : start + BESIDE]
        if token not in written or not question.free[start] or MONEY.intersection(beside):
            continue
        if place := places.at_postcode(token):
            _place, near = _taken(question, place, start, start + 1, _announced(question.tokens, start))
            return place, near or not place.code
    return None, False


def _named(question: _Question, places: Gazetteer) -> tuple[Place | None, bool]:
    """The first place named; and whether near it is meant."""
    for start, token in enumerate(question.tokens):
        ours = places.ours.at(question.tokens, start)
        announced = _announced(question.tokens, start)
        if ours and (announced or _says_little_else(question.tokens[ours.start : ours.end])):
            return _taken(question, ours.meaning, ours.start, ours.end, announced)
        elsewhere = places.italy.at(question.tokens, start)
        if elsewhere and announced and _is_city_enough(elsewhere.meaning.name):
            return _taken(question, elsewhere.meaning, elsewhere.start, elsewhere.end, announced)
        if sounding := places.in_other_script(token):
            return _taken(question, sounding, start, start + 1, announced)
    return None, False


def _is_city_enough(name: str) -> bool:
    return len(name) >= SHORTEST_ELSEWHERE or name in SHORT_CITIES


def _taken(
    question: _Question, place: Place, start: int, end: int, announced: "tuple[int, int, str] | None"
) -> tuple[Place, bool]:
    if announced:
        question.take(None, announced[0], announced[1])
    question.take("place", start, end)
    return place, bool(announced and announced[2].startswith("near"))


def _announced(tokens: Sequence[str], start: int) -> tuple[int, int, str] | None:
    """The words before `start` (or after it, where a language says it there) that announce a place."""
    for before in range(max(0, start - FARTHEST_BACK), start):
        found = _announcing().at(tokens, before)
        if found and found.end == start and not found.meaning.endswith("_after"):
            return found.start, found.end, found.meaning
    if start + 1 < len(tokens):
        after = _announcing().at(tokens, start + 1)
        if after and after.meaning.endswith("_after"):
            return after.start, after.end, after.meaning
    return None


def _says_little_else(tokens: Sequence[str]) -> bool:
    """Whether a name is not a common word too: "musei" without "a" before it may be museums."""
    return len(tokens) > 1 or tokens[0] not in _common_names()


def _said(question: _Question, lexicon: Lexicon, literally: Collection[str]) -> Iterator[tuple[Kind | None, str]]:
    """Expressions of time, of people and of going on foot, in their order, with stop phrases dropped; of those that
    begin at the same word the longest is meant. What is denied is not said."""
    known: list[tuple[Kind | None, Expressions[str]]] = [
        ("time", _times()),
        ("who", _people()),
        ("on_foot", _walking()),
        (None, lexicon.stops),
    ]
    known = [(kind, expressions) for kind, expressions in known if kind not in literally]
    start = 0
    while start < len(question.tokens):
        found = [(kind, met) for kind, expressions in known if (met := expressions.at(question.tokens, start))]
        kind, met = max(found, key=lambda pair: pair[1].end, default=(None, None))
        if met is None or not all(question.free[met.start : met.end]):
            start += 1
            continue
        if kind is None or not question.denies(met.start, met.end, met.meaning):
            question.take(kind, met.start, met.end)
            if kind:
                yield kind, met.meaning
        start = met.end


def moment_of(said: str, now: datetime) -> Moment:
    """The moment that a word of time means at `now`. Raises KeyError for a word that means none."""
    local = wall_time(now)
    if said == "tonight" and not (NIGHT_ENDS <= local.hour < NIGHT_BEGINS):
        return now
    if said == "always":
        # Who is open at half past three of the coming night is open around the clock, or nearly.
        return instant(datetime.combine(local.date() + timedelta(days=1), datetime.min.time()) + timedelta(hours=3.5))
    if said == "weekend":
        return DayPart(
            local.date() + timedelta(days=max(0, 5 - local.weekday())), "weekend" if local.weekday() < 6 else "day"
        )
    if said in DAYS:
        return DayPart(local.date() + timedelta(days=(DAYS.index(said) - local.weekday()) % 7))
    days, part = PARTS_SAID[said]
    return DayPart(local.date() + timedelta(days=days), part)


def _facts(meanings: Iterable[str]) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Facts of the person and slugs of target groups; only of a family there may be several."""
    facts: dict[str, frozenset[str]] = {}
    targets: set[str] = set()
    for name, value in (pair.split("=") for meaning in meanings for pair in meaning.split(";")):
        if name == "target":
            targets.add(value)
        else:
            facts[name] = (facts.get(name, frozenset()) if name == "family" else frozenset()) | {value}
    return facts, frozenset(targets)


def _age(question: _Question) -> dict[str, frozenset[str]]:
    for start in range(len(question.tokens) - 1):
        age = age_at(question.tokens, start) if question.free[start] else None
        if age is not None:
            question.take("who", start, start + 2)
            return {"age": frozenset({str(age)})}
    return {}


@cache
def _times() -> Expressions[str]:
    return Expressions.of((row["phrase"], row["means"]) for row in rows(FOLDER / "time.csv"))


@cache
def words_of_time(language: str) -> frozenset[str]:
    """The single words of time in a language, long enough to be recognised with a slip in them."""
    said = (split(row["phrase"]) for row in rows(FOLDER / "time.csv") if row["language"] == language)
    return frozenset(tokens[0] for tokens in said if len(tokens) == 1 and len(tokens[0]) >= SHORTEST_SLIPPED)


def words_of_places(places: Gazetteer, territories: Collection[str] = ()) -> frozenset[str]:
    """Likewise those of the names of our places; of some territories, where any are given."""
    names = (place.name for place in places.listed if not territories or place.territory in territories)
    return frozenset(token for name in names for token in split(name) if len(token) >= SHORTEST_SLIPPED)


@cache
def _people() -> Expressions[str]:
    return Expressions.of(
        (row["phrase"], row["means"].replace("minors", "with_minors")) for row in rows(FOLDER / "who.csv")
    )


@cache
def _walking() -> Expressions[str]:
    return Expressions.of((row["phrase"], "on_foot") for row in rows(FOLDER / "on_foot.csv"))


@cache
def _announcing() -> Expressions[str]:
    return Expressions.of((row["phrase"], row["means"]) for row in rows(FOLDER / "place.csv"))


@cache
def _common_names() -> frozenset[str]:
    """Names of comuni, of one word, that are common words too."""
    return frozenset(analysis.fold(row["name"]) for row in rows(FOLDER / "common_names.csv"))
