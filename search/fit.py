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
from services_catalog.publication.records import PublishedRecord

MOST_KEPT = 20_000
"""Services whose rules a process keeps, some kilobytes each: read anew, those of a question cost 13 ms."""

Stated = tuple[tuple[EligibilityRule, ...], Answer]
"""Rules, and whether animals may come."""

_RULES: TypeAdapter[tuple[EligibilityRule, ...]] = TypeAdapter(tuple[EligibilityRule, ...])
_kept: dict[tuple[UUID, str], Stated] = {}


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
    """By service, what it says of the person; those that say nothing are left out. One query; another
    for records not read before."""
    person, animals = person_of(facts, present_in), "animals" in facts
    return {
        key: Fit(match(rules, person), stated if animals else None, rules)
        for key, (rules, stated) in _stated(list(services), audience).items()
        if rules or animals
    }


def _stated(services: list[UUID], audience: Audience) -> dict[UUID, Stated]:
    """What the records state now; those that have not changed since they were last read are not read again."""
    rows = PublishedRecord.objects.of("service", audience, DEFAULT_LANGUAGE).filter(uuid__in=services)
    checksums = dict(rows.values_list("uuid", "checksum"))
    missing = [key for key, checksum in checksums.items() if (key, checksum) not in _kept]
    for key, text in records.bodies("service", missing, audience, DEFAULT_LANGUAGE).items() if missing else ():
        body = orjson.loads(text)
        _kept[key, checksums[key]] = (
            _RULES.validate_python(body["eligibility"]),
            Answer(body["access"]["animals"]),
        )
    found = {key: _kept[key, checksum] for key, checksum in checksums.items() if (key, checksum) in _kept}
    while len(_kept) > MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    return found
