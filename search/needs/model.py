"""The probabilities of needs of a text: a linear score of its features, and the phrases nearest to it.

Linear: complement naive Bayes (Rennie et al., ICML 2003) with multinomial naive Bayes beside it, added up when learnt;
nearest: the cosine of the five nearest phrases of each need, each counting for less. Both are calibrated together, so
that of the answers given with 0.9 nine in ten are right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.needs.embedding import Floats, Meanings
from search.needs.features import features, mark_of, weighed
from search.needs.postings import Postings

NEAREST = 5
DECAY = 0.6
"""How many phrases of a need count, and how much less each next one."""
READ = 256
"""The phrases nearest of all that are looked at: beyond them nothing is near."""
FAINT = 0.05
"""A cosine that thousands of phrases reach: of enough that do, the others need not be put in order."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A need that may be meant: its term's id, "" for "no service helps with this"; its probability; the phrase of it
    that comes nearest, with the cosine (0 to 1 or a little above)."""

    need: str
    probability: float
    phrase: str
    closeness: float


@dataclass(frozen=True)
class NeedsModel:
    """What was learnt. Arrays may lie on disk: a text touches a few hundred rows of them.

    `linear`: what buckets add to the linear score of needs, over `bias`, what any known one adds by need. `phrases`:
    their buckets, by which they are near. `need_of`: phrase → place in `needs`. `spread`: how much the linear score and
    the nearness weigh in the logits. `said`: the phrases as written; `spoken`: their words' marks, in order.
    `meanings`: where an embedding model was there to learn from.
    """

    needs: tuple[str, ...]
    rarity: Floats
    bias: Floats
    linear: Postings
    phrases: Postings
    need_of: NDArray[np.int32]
    said: Sequence[str]
    spoken: NDArray[np.uint32]
    spread: tuple[float, ...] = (1.0, 2.4)
    meanings: Meanings | None = None

    def speaks(self, word: str) -> bool:
        """Whether the folded `word` is one that people say: more than one phrase has it, so it is hardly a slip."""
        mark = mark_of(word)
        at = int(np.searchsorted(self.spoken, mark))
        return at < len(self.spoken) and int(self.spoken[at]) == mark

    def guesses(self, text: str, most: int = 5) -> list[Guess]:
        """The needs most likely meant, likeliest first; none where the text has no feature that was ever seen."""
        evidence = self.evidence(text)
        if evidence is None:
            return []
        spread = self.spread if evidence.meaning is None or self.meanings is None else self.meanings.spread
        probabilities = softmax(logits(spread, evidence.parts))
        order = np.argsort(-probabilities, kind="stable")[:most]
        return [
            Guess(self.needs[at], float(probabilities[at]), *evidence.nearest.get(int(at), ("", 0.0))) for at in order
        ]

    def evidence(self, text: str) -> "Evidence | None":
        """What speaks for each need, before it is calibrated; None where nothing was ever seen."""
        buckets, weights = weighed(features(text), self.rarity)  # type: ignore[arg-type]  # an array is a sequence too
        rows, shares = np.array(buckets, np.int64), np.array(weights, np.float32)
        known = self.linear.knows(rows)
        if not known.any():
            return None
        rows, shares = rows[known], shares[known]
        linear = self.linear.summed(rows, shares, len(self.needs)) + shares.sum() * self.bias
        nearness, nearest = self._nearest(self.phrases.summed(rows, shares, len(self.need_of)))
        meaning = self.meanings.similar(text) if self.meanings else None
        meant = None if meaning is None else self._nearest(meaning)[0]
        return Evidence(linear - linear.mean(), nearness, nearest, meant)

    def _nearest(self, similar: Floats) -> tuple[Floats, dict[int, tuple[str, float]]]:
        """By need how near its nearest phrases are, and the nearest of them."""
        near = np.flatnonzero(similar > FAINT)
        near = near if len(near) >= READ else np.arange(len(similar))
        near = near[np.argsort(-similar[near], kind="stable")[:READ]]
        nearness = np.zeros(len(self.needs), np.float32)
        seen: dict[int, int] = {}
        nearest: dict[int, tuple[str, float]] = {}
        found = (near.tolist(), self.need_of[near].tolist(), similar[near].tolist())
        for phrase, need, closeness in zip(*found, strict=True):
            rank = seen.get(need, 0)
            if rank < NEAREST and closeness > 0:
                nearness[need] += closeness * DECAY**rank
                if need not in nearest and (said := self.said[phrase]):
                    nearest[need] = said, closeness
            seen[need] = rank + 1
        return nearness, nearest


@dataclass(frozen=True)
class Evidence:
    """By place in `needs`: the linear score, the nearness, the nearest phrase with its cosine; and how near the phrases
    nearest in meaning are, where an embedding model says."""

    linear: Floats
    nearness: Floats
    nearest: Mapping[int, tuple[str, float]]
    meaning: Floats | None = None

    @property
    def parts(self) -> tuple[Floats, ...]:
        """What adds up to the logits."""
        return (self.linear, self.nearness) if self.meaning is None else (self.linear, self.nearness, self.meaning)


def logits(spread: Sequence[float], parts: Sequence[Floats]) -> Floats:
    """The parts of the evidence, each by its weight, added up."""
    found: Floats = np.sum([weight * part for weight, part in zip(spread, parts, strict=True)], axis=0)
    return found


def softmax(logits: Floats) -> Floats:
    """Logits as probabilities, along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares
