"""Whether the person asked for may come to the services found: their rules are read from the records of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from search.person import Facts, person_of
from search.stated import stated
from services_catalog.choices import Answer, Audience
from services_catalog.eligibility import Match, Verdict, match
from services_catalog.publication.document import EligibilityRule


@dataclass(frozen=True, slots=True)
class Fit:
    """What a service's record says of the person: by its `rules`, and whether an animal may come (None: nobody
    asks)."""

    match: Match
    animals: Answer | None = None
    rules: tuple[EligibilityRule, ...] = ()

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
    """By service, what it says of the person; those that say nothing are left out."""
    person, animals = person_of(facts, present_in), "animals" in facts
    return {
        key: Fit(match(said.rules, person), said.animals if animals else None, said.rules)
        for key, said in stated(services, audience).items()
        if said.rules or animals
    }
