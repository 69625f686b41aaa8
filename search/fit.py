"""Whether the person asked for may come to the services found: their rules are read from the records of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from search.person import Facts, person_of
from search.stated import Stated, stated
from services_catalog.choices import Answer, Audience
from services_catalog.eligibility import Match, Person, Verdict, match, verdict_of


@dataclass(frozen=True, slots=True)
class Fit:
    """What a service's record has `said` of the person: by its rules, and whether an animal may come (None: nobody
    asks)."""

    said: Stated
    person: Person
    animals: Answer | None
    verdict: Verdict

    @classmethod
    def of(cls, said: Stated, person: Person, *, with_animal: bool) -> "Fit":
        """One no decides; else one unknown asks."""
        animals = said.animals if with_animal else None
        verdicts = {verdict_of(said.deciding, person), _ANIMALS[animals]}
        verdict = next(one for one in (Verdict.DOES_NOT, Verdict.ASK, Verdict.FITS) if one in verdicts)
        return cls(said, person, animals, verdict)

    @property
    def match(self) -> Match:
        """Why: the rules one by one. Made when asked for: few of those found are shown."""
        return match(self.said.rules, self.person)


_ANIMALS = {
    None: Verdict.FITS,
    Answer.YES: Verdict.FITS,
    Answer.NO: Verdict.DOES_NOT,
    Answer.NOT_STATED: Verdict.ASK,
}


def fits(services: Iterable[UUID], facts: Facts, audience: Audience, present_in: str | None) -> dict[UUID, Fit]:
    """By service, what it says of the person; those that say nothing are left out."""
    person, with_animal = person_of(facts, present_in), "animals" in facts
    return {
        key: Fit.of(said, person, with_animal=with_animal)
        for key, said in stated(services, audience).items()
        if said.has_rules or with_animal
    }
