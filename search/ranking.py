"""The order of results: a pure, explained function over an engine's first hits.

    need          how likely the need is that the service answers
    name          every word stands in its name: whoever names a service wants that one
    words         how well its texts match, beside the best of these hits
    fit           the person may come, or may not
    target        it is meant for the people asked about
    life          it is not given now: suspended, not begun, ended
    availability  something is reported to be free, or nothing, by a report that holds at the minute asked about
    open          its door is open at the minute asked about
    distance      how near it is, where a point is known
    freshness     how lately somebody made sure that all this is true

Needs rank and never filter: what only words match still stands below what the likely needs match.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from typing import NamedTuple
from uuid import UUID

from search.engine import Hit
from services_catalog.eligibility import Verdict

SURE = 0.9
"""From this probability on, a need is taken as meant; below, the first results show one service of each likely need."""
LIKELY = 0.05
"""A need less likely than this is not shown among the first."""
SPREAD_OVER = 3

URGENCY = 4.0
"""How much more being open counts for who says "now"."""

DISTANCE_HALVES_KM = 5.0
FRESH_FOR_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part may add, at most. Staff tunes them within BOUNDS."""

    need: float = 1.0
    name: float = 1.2
    words: float = 0.2
    fit: float = 1.0
    target: float = 0.06
    life: float = 0.5
    open: float = 0.08
    availability: float = 0.06
    distance: float = 0.15
    freshness: float = 0.03


BOUNDS: Mapping[str, tuple[float, float]] = {
    "need": (0.5, 1.5),
    "name": (0.0, 2.0),
    "words": (0.05, 1.0),
    "fit": (0.5, 2.0),
    "target": (0.0, 0.3),
    "life": (0.2, 1.0),
    "open": (0.0, 0.3),
    "availability": (0.0, 0.2),
    "distance": (0.0, 0.5),
    "freshness": (0.0, 0.2),
}
"""Within these no setting can make words drown needs, or hide that somebody may not come."""


class Ranked(NamedTuple):
    """A hit with its place in the order explained: what each part added."""

    hit: Hit
    parts: Mapping[str, float]

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known beside the hits: probabilities of needs, verdicts on the person by service, today's number, in days
    from 1970, and that of the minute asked about, so counted. Who asks `urgent`ly sees what is open first, among the
    like. `words`: how many were asked."""

    today: int
    minute: int
    needs: Mapping[str, float] = field(default_factory=dict)
    verdicts: Mapping[UUID, Verdict] = field(default_factory=dict)
    bets: Sequence[UUID] = ()
    urgent: bool = False
    words: int = 1


def rank(hits: Iterable[Hit], scene: Scene, weights: Weights = Weights()) -> list[Ranked]:
    """`hits`, best first; equal ones by id. Best bets come before all, in their own order."""
    listed = list(hits)
    best = max((hit.score for hit in listed), default=0.0) or 1.0
    ranked = [Ranked(hit, _parts(hit, scene, weights, best)) for hit in listed]
    ranked.sort(key=lambda one: (-one.score, one.hit.service.int, one.hit.place.int if one.hit.place else 0))
    return _bets_first(_spread(ranked, scene), scene.bets)


def _parts(hit: Hit, scene: Scene, weights: Weights, best: float) -> dict[str, float]:
    found = {
        "need": weights.need * max([scene.needs.get(need, 0.0) for need in hit.needs], default=0.0),
        "words": weights.words * max(hit.score, 0.0) / best,
        "fit": weights.fit * FIT[scene.verdicts.get(hit.service)],
        "availability": weights.availability * _availability(hit, scene.minute),
        "distance": weights.distance * _nearness(hit.distance_km),
        "freshness": weights.freshness * _freshness(hit.assured, scene.today),
    }
    if hit.named:
        found["name"] = weights.name
    if hit.suits:
        found["target"] = weights.target
    if not hit.active:
        found["life"] = -weights.life
    if hit.open:
        found["open"] = weights.open * (URGENCY if scene.urgent else 1)
    return {name: round(value, 4) for name, value in found.items() if value}


FIT: Mapping[Verdict | None, float] = {Verdict.FITS: 0.1, Verdict.ASK: 0.0, Verdict.DOES_NOT: -1.0, None: 0.0}
"""Who may not come sees it at the end, with the reason: rules may be wrong, and the person may know somebody."""


def _availability(hit: Hit, minute: int) -> int:
    if hit.free_until is not None and minute < hit.free_until:
        return 1
    return -1 if hit.full_until is not None and minute < hit.full_until else 0


def _nearness(distance_km: float | None) -> float:
    return 0.0 if distance_km is None else DISTANCE_HALVES_KM / (DISTANCE_HALVES_KM + distance_km)


def _freshness(assured: int | None, today: int) -> float:
    return 0.0 if assured is None else exp(-max(0, today - assured) / FRESH_FOR_DAYS)


def _spread(ranked: list[Ranked], scene: Scene) -> list[Ranked]:
    """Where no need is sure, the best service of each likely need first, likeliest need first: who is asked less
    clearly sees more kinds. A service that is named, and one that the person may not use, stay where they are."""
    likely = sorted(
        (need for need, probability in scene.needs.items() if probability >= LIKELY),
        key=lambda need: -scene.needs[need],
    )[:SPREAD_OVER]
    if len(likely) < 2 or scene.needs[likely[0]] >= SURE:
        return ranked
    named = [one for one in ranked if one.hit.named]
    if len(named) > SPREAD_OVER * scene.words:
        named = []  # words that so many names have are no name; two of one house with five services may well be
    rest = [one for one in ranked if one not in named]
    chosen: list[Ranked] = []
    for need in likely:
        if found := next((one for one in rest if _may_lead(one, need, scene) and one not in chosen), None):
            chosen.append(found)
    return [*named, *chosen, *(one for one in rest if one not in chosen)]


def _may_lead(one: Ranked, need: str, scene: Scene) -> bool:
    return need in one.hit.needs and scene.verdicts.get(one.hit.service) != Verdict.DOES_NOT


def _bets_first(ranked: list[Ranked], bets: Sequence[UUID]) -> list[Ranked]:
    if not bets:
        return ranked
    order = {service: number for number, service in enumerate(bets)}
    return sorted(ranked, key=lambda one: order.get(one.hit.service, len(order)))
