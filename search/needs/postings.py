"""What buckets of features say of many things, kept small: every web process has a model's in memory."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.needs.embedding import Floats

STEPS = 255
"""Of a weight. Beside half-precision, two bytes each, no question of the tuning half was answered otherwise."""


@dataclass(frozen=True)
class Postings:
    """Bucket b says something of `things[starts[b]:starts[b + 1]]`, phrases or needs, each by its weight: so many
    STEPS of the `highest` of all."""

    starts: NDArray[np.int32]
    things: NDArray[np.unsignedinteger[Any]]
    weights: NDArray[np.uint8]
    highest: float

    @classmethod
    def of(cls, buckets: NDArray[Any], things: NDArray[Any], weights: Floats, size: int) -> "Postings":
        """From what is said, in any order, over `size` buckets. Weights are positive."""
        order = np.argsort(buckets, kind="stable")
        starts = np.zeros(size + 1, np.int32)
        starts[1:] = np.cumsum(np.bincount(buckets, minlength=size))
        highest = float(weights.max(initial=0))
        steps = np.rint(weights[order] / (highest or 1) * STEPS).astype(np.uint8)
        smallest = np.min_scalar_type(int(things.max(initial=0)))
        return cls(starts, things[order].astype(smallest), steps, highest)

    def knows(self, buckets: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the buckets say anything."""
        found: NDArray[np.bool_] = self.starts[buckets] < self.starts[buckets + 1]
        return found

    def summed(self, buckets: NDArray[np.int64], shares: Floats, size: int) -> Floats:
        """What `buckets` say of each of `size` things, added up, each bucket by its share. One pass."""
        starts = self.starts[buckets]
        lengths = self.starts[buckets + 1] - starts
        first = np.cumsum(lengths) - lengths
        at = np.arange(lengths.sum()) + np.repeat(starts - first, lengths)
        weights = np.repeat(shares * np.float32(self.highest / STEPS), lengths) * self.weights[at]
        found: Floats = np.bincount(self.things[at], weights, size).astype(np.float32)
        return found
