"""Who may come: rules of a service against what is known of a person. Pure, three-valued: what is not known is asked.

Rules of one dimension are alternatives, dimensions hold together. "Only" decides, "precedence" is noted and excludes
nobody, "does not matter" satisfies its dimension for everybody; a dimension without a rule is not stated.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services_catalog.choices import Dimension, Strength, Subject
from services_catalog.eligibility.acceptance import Acceptance, acceptances
from services_catalog.eligibility.conditions import holds
from services_catalog.eligibility.facts import AsksFor, Person, any_of
from services_catalog.eligibility.sentences import Sentence, sentences
from services_catalog.publication.document import EligibilityRule

__all__ = [
    "Acceptance",
    "AsksFor",
    "Match",
    "Person",
    "Question",
    "Reason",
    "Sentence",
    "Verdict",
    "acceptances",
    "deciding",
    "describe",
    "match",
    "verdict_of",
]


Deciding = tuple[list[EligibilityRule], ...]
"""See `deciding`."""


class Verdict(StrEnum):
    """What the rules say, as far as they say anything."""

    FITS = "fits"
    DOES_NOT = "does_not"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Reason:
    """Rules of one dimension, all missed or (a precedence) one met, with the sentence that says them."""

    rules: tuple[UUID, ...]
    dimension: Dimension
    subject: Subject
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Question:
    """A dimension that decides and of which too little is known."""

    dimension: Dimension
    subject: Subject


@dataclass(frozen=True, slots=True)
class Match:
    """`because` excludes; `ask` would decide; `preferences` are met; of `not_stated` dimensions the rules say nothing.

    Neither excluded nor asked is a fit, and where everything is not stated it means no more than that.
    """

    because: tuple[Reason, ...]
    ask: tuple[Question, ...]
    preferences: tuple[Reason, ...]
    not_stated: tuple[Dimension, ...]

    @property
    def verdict(self) -> Verdict:
        """One no decides; else one unknown asks."""
        if self.because:
            return Verdict.DOES_NOT
        return Verdict.ASK if self.ask else Verdict.FITS


def match(
    rules: Iterable[EligibilityRule],
    person: Person,
    territory: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> Match:
    """Whether a service is for a person.

    `territory`: cadastral codes of the comuni meant by rules on residence that name none. `names`: comuni's names by
    code, for sentences.
    """
    grouped = _by_dimension(rules)
    because, ask, preferences = [], [], []
    for (dimension, subject), group in grouped.items():
        verdict = _decide(group, person, territory)
        if verdict is False:
            because.append(_reason(_of(group, Strength.EXCLUSIVE), names))
        elif verdict is None:
            ask.append(Question(dimension, subject))
        met = [rule for rule in _of(group, Strength.PREFERENTIAL) if holds(rule, person, territory)]
        if met:
            preferences.append(_reason(met, names))
    stated = {dimension for dimension, subject in grouped if subject == Subject.BENEFICIARY}
    return Match(
        tuple(because),
        tuple(ask),
        tuple(preferences),
        tuple(dimension for dimension in Dimension if dimension not in stated),
    )


def deciding(rules: Iterable[EligibilityRule]) -> Deciding:
    """Of each dimension and subject the "only" rules, one of which has to hold; none where something does not
    matter."""
    found = (_exclusive(group) for group in _by_dimension(rules).values())
    return tuple(group for group in found if group)


def verdict_of(rules: Deciding, person: Person, territory: Collection[str] = ()) -> Verdict:
    """The verdict of `match` alone, a tenth of the work: search asks it of hundreds of services."""
    said = {any_of(holds(rule, person, territory) for rule in group) for group in rules}
    return Verdict.DOES_NOT if False in said else Verdict.ASK if None in said else Verdict.FITS


def describe(rules: Iterable[EligibilityRule], names: Mapping[str, str] | None = None) -> list[Sentence]:
    """Short sentences that say for whom a service is; `str()` gives each in the language in use."""
    return sentences(rules, names)


def _by_dimension(rules: Iterable[EligibilityRule]) -> dict[tuple[Dimension, Subject], list[EligibilityRule]]:
    grouped: dict[tuple[Dimension, Subject], list[EligibilityRule]] = {}
    for rule in rules:
        grouped.setdefault((rule.dimension, rule.subject), []).append(rule)
    return grouped


def _decide(group: list[EligibilityRule], person: Person, territory: Collection[str]) -> bool | None:
    """One dimension: without an "only" nobody is excluded."""
    exclusive = _exclusive(group)
    return any_of(holds(rule, person, territory) for rule in exclusive) if exclusive else True


def _exclusive(group: list[EligibilityRule]) -> list[EligibilityRule]:
    """The "only" rules of one dimension; none where something does not matter, which decides first."""
    return [] if _of(group, Strength.UNCONDITIONAL) else _of(group, Strength.EXCLUSIVE)


def _of(group: list[EligibilityRule], strength: Strength) -> list[EligibilityRule]:
    return [rule for rule in group if rule.strength == strength]


def _reason(rules: list[EligibilityRule], names: Mapping[str, str] | None) -> Reason:
    first = rules[0]
    ids = tuple(rule.id for rule in rules)
    return Reason(ids, first.dimension, first.subject, Sentence(tuple(rules), names or {}))
