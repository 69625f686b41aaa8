"""Embedding models for tests: a few words that mean the same, as somebody's extra package would give them."""

from collections.abc import Sequence

import numpy as np

from search.needs.embedding import Floats

MEAN_THE_SAME = (("fame", "mangia", "pasto", "mensa", "sfamarmi"), ("dormire", "letto", "dormo", "giaciglio"))


class Meaning:
    """A direction for each set of words; a little of one more, so that no text has none."""

    name = "meaning-1"

    def embed(self, texts: Sequence[str]) -> Floats:
        """See Embedder."""
        rows = [[sum(text.count(word) for word in words) for words in MEAN_THE_SAME] + [0.1] for text in texts]
        return np.array(rows, np.float32)


class Newer(Meaning):
    """Another version."""

    name = "meaning-2"


class Nameless(Meaning):
    """One that does not say what it is."""

    name = ""


class Failing(Meaning):
    """Learns, and answers no question."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """See Embedder."""
        if len(texts) == 1:
            raise ConnectionError(texts[0])
        return super().embed(texts)


class Odd(Meaning):
    """Gives no row a text."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """See Embedder."""
        return np.zeros(3, np.float32)


class Endless(Meaning):
    """Gives numbers that are none."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """See Embedder."""
        return np.full((len(texts), 2), np.nan, np.float32)
