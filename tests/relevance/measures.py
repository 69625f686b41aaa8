"""How good an order of results is, by what was judged: success@3, the reciprocal rank, nDCG@10."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

SUCCESS_AT, DEPTH = 3, 10


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one question, or the mean of many: each from 0 to 1."""

    success: float
    reciprocal_rank: float
    ndcg: float


def measure(needs: Sequence[str], results: Sequence[frozenset[str]], available: Sequence[int]) -> Measures:
    """Of `results`, each the needs that a service answers, in order. `needs`: those that answer the question, best
    first; `available`: how many services there are for each."""
    gains = [_gain(needs, result) for result in results[:DEPTH]]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)
    ideal = [1.0 if number == 0 else 0.5 for number, count in enumerate(available) for _ in range(count)]
    best = _discounted(sorted(ideal, reverse=True)[:DEPTH])
    return Measures(
        success=float(first is not None and first <= SUCCESS_AT),
        reciprocal_rank=1 / first if first else 0.0,
        ndcg=min(1.0, _discounted(gains) / best) if best else 0.0,
    )


def mean(measures: Sequence[Measures]) -> Measures:
    """The mean; zero of none."""
    count = len(measures) or 1
    return Measures(
        sum(one.success for one in measures) / count,
        sum(one.reciprocal_rank for one in measures) / count,
        sum(one.ndcg for one in measures) / count,
    )


def _gain(needs: Sequence[str], result: frozenset[str]) -> float:
    return 1.0 if needs and needs[0] in result else 0.5 if result & set(needs) else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
