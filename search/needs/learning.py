"""Phrases → a model of needs, in seconds for tens of thousands; calibrated on questions that were held back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from search.needs.features import BUCKETS, Features, features, romanised, weighed
from search.needs.model import Floats, NeedsModel, Postings, softmax

SMOOTHING = 0.3
"""Added to every feature's count in the complement; a small one in the needs themselves, where zeros are the rule."""
SMOOTHING_WITHIN = 0.01
SHARE_WITHIN = 0.28
"""How much the multinomial score counts beside the complement's: best on the tuning half of the judged queries."""
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


def learn(phrases: Iterable[Phrase], questions: Sequence[Question] = ()) -> NeedsModel:
    """A model of `phrases`, each also as it is romanised, calibrated on `questions`.

    Raises ValueError where there are no phrases.
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
    postings = _postings(found, rarity)
    model = NeedsModel(
        needs=needs,
        rarity=rarity,
        linear=_linear(postings, need_of, len(needs)),
        postings=postings,
        need_of=need_of,
        said=tuple(phrase.text for phrase, _text in written),
    )
    return _calibrated(model, questions) if len(questions) >= FEWEST_TO_CALIBRATE else model


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


def _postings(found: Sequence[Features], rarity: Floats) -> Postings:
    listed = rarity.tolist()
    weights = [weighed(one, listed) for one in found]
    buckets = np.fromiter(chain.from_iterable(buckets for buckets, _weights in weights), np.int64)
    values = np.fromiter(chain.from_iterable(values for _buckets, values in weights), np.float32)
    phrases = np.repeat(np.arange(len(found), dtype=np.int32), [len(buckets) for buckets, _weights in weights])
    order = np.argsort(buckets, kind="stable")
    starts = np.zeros(BUCKETS + 1, np.int32)
    starts[1:] = np.cumsum(np.bincount(buckets, minlength=BUCKETS))
    return Postings(starts, phrases[order], values[order].astype(np.float16))


def _linear(postings: Postings, need_of: NDArray[np.int32], needs: int) -> Floats:
    """The linear score of every feature for every need, centred: what speaks for all needs alike speaks for none."""
    buckets = np.repeat(np.arange(BUCKETS), np.diff(postings.starts))
    cells = buckets * needs + need_of[postings.phrases]
    counts = np.bincount(cells, postings.weights, BUCKETS * needs).reshape(BUCKETS, needs).astype(np.float32)
    others = counts.sum(axis=1, keepdims=True) - counts + SMOOTHING
    linear = -np.log(others / others.sum(axis=0))
    within = counts + np.float32(SMOOTHING_WITHIN)
    linear += SHARE_WITHIN * np.log(within / within.sum(axis=0))
    centred: Floats = (linear - linear.mean(axis=1, keepdims=True)).astype(np.float16)
    return centred


def _calibrated(model: NeedsModel, questions: Sequence[Question]) -> NeedsModel:
    """`model` with the spread under which the held-back questions' own needs are likeliest."""
    place = {need: number for number, need in enumerate(model.needs)}
    linear, nearness, right = [], [], []
    for question in questions:
        evidence = model.evidence(question.text)
        wanted = [place[need] for need in question.needs or {""} if need in place]
        if evidence is not None and wanted:
            linear.append(evidence.linear)
            nearness.append(evidence.nearness)
            right.append([number in wanted for number in range(len(model.needs))])
    parts = np.array(linear), np.array(nearness), np.array(right)
    return replace(model, spread=_best_spread(*parts, start=model.spread))


def _best_spread(
    linear: Floats, nearness: Floats, right: NDArray[np.bool_], start: tuple[float, float]
) -> tuple[float, float]:
    """By turns each weight is tried a little higher and lower, with ever smaller steps: the surface is smooth."""

    def loss(spread: tuple[float, float]) -> float:
        shares = softmax(spread[0] * linear + spread[1] * nearness)
        # A little doubt keeps one hopeless question from flattening all others.
        return float(-np.log((shares * right).sum(axis=1) * 0.98 + 0.02 / right.shape[1]).mean())

    best, step = start, 1.5
    for _step in range(STEPS):
        tries = [(best[0] * a, best[1] * b) for a in (1 / step, 1, step) for b in (1 / step, 1, step)]
        found = min(tries, key=loss)
        step = step if found != best else 1 + (step - 1) * 0.6
        best = found
    return best
