"""The one function that pages and API call to search."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import analysis
from search.analysis import Word
from search.engine import Correction, Results, SearchEngine, SearchQuery, get_engine

SHORTEST_CORRECTED = 4
"""Shorter words have too many neighbours for a correction to mean anything."""


def search(query: SearchQuery) -> Results:
    """Services that have every word asked; failing that, with unknown words corrected; failing that, with some of them.

    What was corrected or relaxed is said in the results. Raises EngineDown.
    """
    engine = get_engine(query.audience)
    words = analysis.words(query.text, query.language)
    found = engine.find(query, words, every=True)
    if found.total or not words:
        return found
    words, corrections = _corrected(engine, words, query.language)
    if corrections:
        found = replace(engine.find(query, words, every=True), corrections=corrections)
    if found.total or len(words) < 2:
        return found
    return replace(engine.find(query, words, every=False), relaxed=True, corrections=corrections)


def _corrected(
    engine: SearchEngine, words: Sequence[Word], language: str
) -> tuple[tuple[Word, ...], tuple[Correction, ...]]:
    """`words`, each that no service has replaced by the nearest that some service has; and what was replaced."""
    corrected: list[Word] = []
    corrections: list[Correction] = []
    for word, known in zip(words, engine.known(words), strict=True):
        nearest = None if known else _nearest(engine, word.typed)
        if nearest:
            corrections.append(Correction(word.typed, nearest))
        corrected.extend(analysis.words(nearest, language) if nearest else (word,))
    return tuple(corrected), tuple(corrections)


def _nearest(engine: SearchEngine, word: str) -> str | None:
    """The word at most one slip away, two in a long word; equally near ones by the alphabet. None hidden meanwhile."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return None
    slips = 1 if len(word) < 7 else 2
    near = process.extract(word, engine.vocabulary(), scorer=OSA.distance, score_cutoff=slips, limit=8)
    spelled = engine.spelled(found for found, _distance, _index in near) if near else ()
    return min(((distance, found) for found, distance, _index in near if found in spelled), default=(0, None))[1]
