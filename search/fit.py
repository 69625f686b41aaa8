"""Whether the person asked for may come to the services found: their rules are read from the records of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from search.person import Facts, person_of
from services_catalog.choices import Answer, Audience
from services_catalog.eligibility import Match, Verdict, match
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication import records
from services_catalog.publication.document import EligibilityRule

_RULES: TypeAdapter[tuple[EligibilityRule, ...]] = TypeAdapter(tuple[EligibilityRule, ...])


@dataclass(frozen=True, slots=True)
class Fit:
    """What a service's record says of the person: its rules, and whether an animal may come (None: nobody asks)."""

    match: Match
    animals: Answer | None = None

    @property
    def verdict(self) -> Verdict:
        """One no decides; else one unknown asks."""
        said = {self.match.verdict, _ANIMALS[self.animals]}
        return next(one for one in (Verdict.DOES_NOT, Verdict.ASK, Verdict.FITS) if one in said)


_ANIMALS = {
    None: Verdict.FITS,
    Answer.YES: Verdict.FITS,
    Answer.NO: Verdict.DOES_NOT,
    Answer.NOT_STATED: Verdict.ASK,
}


def fits(services: Iterable[UUID], facts: Facts, audience: Audience, present_in: str | None) -> dict[UUID, Fit]:
    """By service, what it says of the person; those that say nothing are left out. One query."""
    person, animals = person_of(facts, present_in), "animals" in facts
    bodies = records.bodies("service", list(services), audience, DEFAULT_LANGUAGE)
    found = {}
    for key, text in bodies.items():
        body = orjson.loads(text)
        rules = _RULES.validate_python(body["eligibility"])
        stated = Answer(body["access"]["animals"]) if animals else None
        if rules or stated is not None:
            found[key] = Fit(match(rules, person), stated)
    return found
