"""The port of embedding models: an optional extra, off by default.

A model of needs knows the words of its phrases. An embedding model, learnt elsewhere from much more text, gives texts
directions that are near where their meaning is, without a word in common. Who has one names it in NEEDS_EMBEDDER, as
`module:callable`; called without arguments it gives an Embedder. The follower's learner asks it for all phrases, every
web process for each question: it is to run on the same machine, as what people type goes to it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

logger = logging.getLogger("portolano.search")


class Embedder(Protocol):
    """What an embedding model has to do."""

    @property
    def name(self) -> str:
        """The model and its version: directions of different ones are not compared."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """A row for each text, all as long as each other. What it raises counts as no answer to a question."""


@dataclass(frozen=True)
class Meanings:
    """What an embedding model makes of the phrases of a model of needs: their `directions` (phrase × dimension, of
    length 1), and by how much the linear score, the nearness of words and that of meaning weigh in the logits."""

    embedder: Embedder
    directions: Floats
    spread: tuple[float, ...]

    def similar(self, text: str) -> Floats | None:
        """The cosine of `text` with every phrase; None where the embedder does not answer."""
        try:
            found: Floats = self.directions @ directions(self.embedder, [text])[0]
        except Exception as error:
            # Whatever somebody else's code does, the question is answered by its words; they stay out of the log.
            logger.warning("the embedding model does not answer: %s", type(error).__name__)
            return None
        return found


def directions(embedder: Embedder, texts: Sequence[str]) -> Floats:
    """The directions of texts, each of length 1; of 0 where it has none."""
    rows = np.asarray(embedder.embed(texts), np.float32)
    if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
        raise ValueError("the embedding model gave something else than a row a text")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Floats = rows / np.where(lengths, lengths, 1)
    return found


@cache
def embedder(path: str) -> Embedder | None:
    """The embedder of a `module:callable`; None for "". Raises ImproperlyConfigured where there is none."""
    if not path:
        return None
    module, _colon, name = path.partition(":")
    try:
        made: Embedder = getattr(import_module(module), name)()
        given = made.name
    except Exception as error:
        raise ImproperlyConfigured(f"NEEDS_EMBEDDER names no embedding model ({type(error).__name__})") from error
    if not given:
        raise ImproperlyConfigured("the embedding model of NEEDS_EMBEDDER has no name")
    return made


def in_use() -> Embedder | None:
    """The embedder that the settings name, if any. Raises ImproperlyConfigured."""
    return embedder(settings.NEEDS_EMBEDDER)
