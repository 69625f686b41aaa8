"""Slips of the finger: words that nobody has or says, and the nearest that somebody does."""

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import Word
from search.answer import Correction
from search.engine import Filters, SearchEngine, SearchQuery
from search.expressions import join, split
from search.gazetteer import gazetteer
from search.needs.meant import is_said
from search.understanding import words_of_places, words_of_time

SHORTEST_CORRECTED = 4
"""Shorter words have too many neighbours for a correction to mean anything."""

MOST_NEAREST = 32
"""Words that may be meant of which it is asked whether they are said here."""


def corrections_of(engine: SearchEngine, words: Sequence[Word], query: SearchQuery) -> tuple[Correction, ...]:
    """Of `words` those that no service has and nobody says, each with the nearest that a service or a place has, or
    that says a time.

    Who asks within territories is told of no word of another: it may be one that the asker is not to read.
    """
    within = {name: values for name, values in query.filters.items() if name == "territory"}
    unknown = [word.typed for word, known in zip(words, engine.known(words, within), strict=True) if not known]
    unknown = [word for word in unknown if len(word) >= SHORTEST_CORRECTED and word.isalpha() and not is_said(word)]
    if not unknown:
        return ()
    read = words_of_time(query.language)
    read |= words_of_places(gazetteer(query.audience), within.get("territory", ()))
    nearest = ((word, _nearest(engine, word, within, read)) for word in unknown)
    return tuple(Correction(word, found) for word, found in nearest if found)


def _nearest(engine: SearchEngine, word: str, within: Filters, read: Collection[str]) -> str | None:
    """The word at most one slip away, two in a long word; equally near ones by the alphabet. None hidden meanwhile.
    `read`: words beside the engine's."""
    slips = 1 if len(word) < 7 else 2
    near = [
        (distance, found)
        for words in (engine.vocabulary(), list(read))
        for found, distance, _index in process.extract(
            word, words, scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAREST
        )
    ]
    spelled = engine.spelled((found for _distance, found in near if found not in read), within) if near else set()
    meant = [(distance, found) for distance, found in near if found in read or found in spelled]
    return min(meant, default=(0, None))[1]


def corrected(text: str, corrections: Iterable[Correction]) -> str:
    """`text` with its words corrected."""
    used = {one.typed: one.searched for one in corrections}
    return join(used.get(token, token) for token in split(text))
