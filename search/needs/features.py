"""Text → features: words and pairs of words, stems, runs of letters, and the consonants across scripts.

Hashed into a fixed number of buckets, so that a model is an array and needs no dictionary. Each kind has its own norm:
a long word has many runs of letters and must not drown the rest.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from anyascii import anyascii

from search import analysis

VERSION = 4
"""Raised whenever a model that was learnt must not be read any more: the same text gets other features, or they are
weighed otherwise."""

BUCKETS = 1 << 17
KINDS: Mapping[str, float] = {"word": 0.5, "stem": 0.7, "letters": 1.0, "consonants": 0.6}
"""What each kind of feature weighs, relative to the others."""

RUNS = (2, 3, 4, 5)
"""Lengths of the runs of letters, word boundaries included."""

MAX_TOKENS = 40
"""What stands beyond these in a text is another subject, or an attack."""

Features = dict[str, dict[int, float]]
"""Kind → bucket → 1 + log of how often."""

_VOWELS = re.compile(r"[^a-z]|[aeiouyh]")
_DOUBLED = re.compile(r"(.)\1+")
# Sounds that scripts and keyboards confuse: the Arabic script has no p and v, romanised words know no rule.
_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "x": "s", "v": "b", "w": "b", "p": "b", "j": "g", "d": "t"})


def features(text: str) -> Features:
    """The features of `text`, by kind; of words without letters, none."""
    tokens = list(_tokens(text))
    found = {
        "word": [*tokens, *(f"{first} {second}" for first, second in pairwise(tokens))],
        "stem": [stem for token in tokens for stem in analysis.forms(token)],
        "letters": [run for token in tokens for run in _runs(token)],
        "consonants": [bones for token in tokens if len(bones := consonants(token)) > 1],
    }
    return {kind: _hashed(kind, names) for kind, names in found.items()}


def words_of(text: str) -> set[str]:
    """The words whose features `text` has."""
    return set(_tokens(text))


def mark_of(word: str) -> int:
    """A word as a number of 32 bits."""
    return crc32(word.encode())


def weighed(found: Features, rarity: Sequence[float]) -> tuple[list[int], list[float]]:
    """Buckets and their weights: rare features count more, and every kind has the norm of its weight in KINDS."""
    buckets: list[int] = []
    weights: list[float] = []
    for kind, counts in found.items():
        raw = [count * rarity[bucket] for bucket, count in counts.items()]
        norm = math.sqrt(sum(value * value for value in raw))
        buckets += counts
        weights += [KINDS[kind] * value / norm for value in raw]
    return buckets, weights


def romanised(text: str) -> str:
    """`text` as it may be typed on a Latin keyboard; "" where it is typed on one already."""
    return "" if text.isascii() else anyascii(text).lower().replace("'", "")


@lru_cache(maxsize=1 << 15)
def consonants(token: str) -> str:
    """The consonants of a word in Latin letters, those that sound alike as one: what is left of it in any script."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", anyascii(token).lower()).translate(_SOUNDS))


def _tokens(text: str) -> Iterator[str]:
    found = 0
    for token in analysis.split(text):
        for part in analysis.parts(token):
            yield part
            found += 1
            if found == MAX_TOKENS:
                return


def _runs(token: str) -> Iterator[str]:
    bounded = f" {token} "
    for length in RUNS:
        yield from (bounded[start : start + length] for start in range(len(bounded) - length + 1))


def _hashed(kind: str, names: Iterable[str]) -> dict[int, float]:
    counts = Counter(_bucket(kind, name) for name in names)
    return {bucket: 1 + math.log(count) for bucket, count in counts.items()}


def _bucket(kind: str, name: str) -> int:
    return crc32(f"{kind} {name}".encode()) % BUCKETS
