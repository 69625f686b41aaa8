"""Phrases → a model of needs, in seconds for tens of thousands; calibrated on questions that were held back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.needs.embedding import Embedder, Floats, Meanings, directions
from search.needs.features import BUCKETS, Features, features, mark_of, romanised, weighed, words_of
from search.needs.model import NeedsModel, logits, softmax
from search.needs.postings import Postings

SMOOTHING = 0.3
"""Added to every feature's count in the complement; a small one in the needs themselves, where zeros are the rule."""
SMOOTHING_WITHIN = 0.01
SHARE_WITHIN = 0.28
"""How much the multinomial score counts beside the complement's: best on the tuning half of the judged queries."""
MOST_SHARING = 2000
"""A feature that more phrases share tells none from another and is left out of their nearness: of 30,000 phrases this
saves four fifths of the work, and answers one question in 273 otherwise."""
FEWEST_TO_CALIBRATE = 60
STEPS = 40
SUCCESS_AT = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something people say, and the need they mean: a term's id, or "" for what no service helps with."""

    need: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question held back from learning, and the needs that answer it; none where no service does."""

    text: str
    needs: frozenset[str]


def learn(
    phrases: Iterable[Phrase], questions: Sequence[Question] = (), embedder: Embedder | None = None
) -> NeedsModel:
    """A model of `phrases`, each also as it is romanised, calibrated on `questions`.

    Raises ValueError where there are no phrases, and whatever `embedder` does.
    """
    learnt = [phrase for phrase in phrases if phrase.text.strip()]
    if not learnt:
        raise ValueError("nothing to learn from")
    written = [(phrase, text) for phrase in learnt for text in (phrase.text, romanised(phrase.text)) if text]
    needs = tuple(sorted({phrase.need for phrase in learnt}))
    place = {need: number for number, need in enumerate(needs)}
    found = [features(text) for _phrase, text in written]
    need_of = np.fromiter((place[phrase.need] for phrase, _text in written), np.int32)
    rarity = _rarity(found)
    buckets, numbers, weights = _weighed(found, rarity)
    bias, linear = _linear(buckets, need_of[numbers], weights, len(needs))
    telling = np.bincount(buckets, minlength=BUCKETS)[buckets] <= MOST_SHARING
    model = NeedsModel(
        needs=needs,
        rarity=rarity,
        bias=bias,
        linear=linear,
        phrases=Postings.of(buckets[telling], numbers[telling], weights[telling], BUCKETS),
        need_of=need_of,
        said=tuple(phrase.text for phrase, _text in written),
        spoken=_spoken(learnt),
    )
    if len(questions) >= FEWEST_TO_CALIBRATE:
        model = replace(model, spread=_best_spread(model, questions, model.spread))
    return _with_meanings(model, questions, embedder) if embedder else model


def _with_meanings(model: NeedsModel, questions: Sequence[Question], embedder: Embedder) -> NeedsModel:
    """`model` with what an embedder makes of its phrases; of one and its romanised copy the same."""
    said = list(dict.fromkeys(model.said))
    place = {text: number for number, text in enumerate(said)}
    rows = directions(embedder, said)[[place[text] for text in model.said]]
    meanings = Meanings(embedder, rows, (*model.spread, 1.0))
    found = replace(model, meanings=meanings)
    if len(questions) < FEWEST_TO_CALIBRATE:
        return found
    return replace(found, meanings=replace(meanings, spread=_best_spread(found, questions, meanings.spread)))


def success(model: NeedsModel, questions: Sequence[Question]) -> float:
    """The share of questions with one of their needs among the three likeliest; those that have one."""
    asked = [question for question in questions if question.needs]
    right = sum(
        bool(question.needs & {guess.need for guess in model.guesses(question.text, SUCCESS_AT + 1) if guess.need})
        for question in asked
    )
    return right / len(asked) if asked else 0.0


def _rarity(found: Sequence[Features]) -> Floats:
    """Inverse document frequency of every bucket; of one never seen, the highest."""
    seen = np.fromiter(chain.from_iterable(chain.from_iterable(one.values()) for one in found), np.int64)
    frequency = np.bincount(seen, minlength=BUCKETS)
    rarity: Floats = (np.log((1 + len(found)) / (1 + frequency)) + 1).astype(np.float32)
    return rarity


def _spoken(phrases: Iterable[Phrase]) -> NDArray[np.uint32]:
    """The words of more than one phrase, as their marks."""
    times = Counter(word for phrase in phrases for word in words_of(phrase.text))
    return np.array(sorted({mark_of(word) for word, count in times.items() if count > 1}), np.uint32)


def _weighed(
    found: Sequence[Features], rarity: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Every feature of every phrase: its bucket, the phrase's number, what it weighs there."""
    listed = rarity.tolist()
    weights = [weighed(one, listed) for one in found]
    buckets = np.fromiter(chain.from_iterable(buckets for buckets, _weights in weights), np.int64)
    values = np.fromiter(chain.from_iterable(values for _buckets, values in weights), np.float32)
    return buckets, np.repeat(np.arange(len(found)), [len(buckets) for buckets, _weights in weights]), values


def _linear(
    buckets: NDArray[np.int64], needs_of: NDArray[np.integer[Any]], weights: Floats, needs: int
) -> tuple[Floats, Postings]:
    """The linear score: what any feature adds by need, and what each adds beyond for the needs it was ever seen with.

    Of a need it was not seen with all features say the same but for what they say of all needs alike, which tells
    nothing: a feature's row of a number a need is that sum.
    """
    counts = np.bincount(buckets * needs + needs_of, weights, BUCKETS * needs).reshape(BUCKETS, needs)
    others = counts.sum(axis=1, keepdims=True) - counts + SMOOTHING
    within = counts + SMOOTHING_WITHIN
    bias: Floats = (np.log(others.sum(axis=0)) - SHARE_WITHIN * np.log(within.sum(axis=0))).astype(np.float32)
    seen, needs_seen = np.nonzero(counts)
    count, other = counts[seen, needs_seen], others[seen, needs_seen]
    added = np.log1p(count / other) + SHARE_WITHIN * np.log1p(count / SMOOTHING_WITHIN)
    return bias - bias.mean(), Postings.of(seen, needs_seen, added, BUCKETS)


def _best_spread(model: NeedsModel, questions: Sequence[Question], start: tuple[float, ...]) -> tuple[float, ...]:
    """The spread under which the held-back questions' own needs are likeliest, found from `start`: by turns each weight
    is tried a little higher and lower, with ever smaller steps, as the surface is smooth."""
    place = {need: number for number, need in enumerate(model.needs)}
    found, right = [], []
    for question in questions:
        evidence = model.evidence(question.text)
        wanted = [place[need] for need in question.needs or {""} if need in place]
        if evidence is not None and wanted and len(evidence.parts) >= len(start):
            found.append(evidence.parts[: len(start)])
            right.append([number in wanted for number in range(len(model.needs))])
    if not found:
        return start
    parts, wanted_needs = [np.array(part) for part in zip(*found, strict=True)], np.array(right)

    def loss(spread: tuple[float, ...]) -> float:
        shares = softmax(logits(spread, parts))
        # A little doubt keeps one hopeless question from flattening all others.
        return float(-np.log((shares * wanted_needs).sum(axis=1) * 0.98 + 0.02 / wanted_needs.shape[1]).mean())

    best, step = start, 1.5
    for _step in range(STEPS):
        tries = [
            tuple(weight * by for weight, by in zip(best, factors, strict=True))
            for factors in product((1 / step, 1, step), repeat=len(best))
        ]
        nearer = min(tries, key=loss)
        step = step if nearer != best else 1 + (step - 1) * 0.6
        best = nearer
    return best
