"""What words mean beside themselves: an editor's synonyms, stop phrases and best bets, effective at once.

A process keeps them until the head's counter moves: one query a question tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from search import analysis
from search.analysis import Word
from search.expressions import Expressions, split
from search.models import BestBet, LexiconHead, RankingWeights, StopPhrase, Synonym
from search.ranking import Weights


@dataclass(frozen=True)
class Lexicon:
    """`stops` mean nothing; `synonyms`: a word, or several, → the words that say the same; `bets`: a question's tokens
    → services; `weights` by slug of territory, "" for everywhere."""

    stops: Expressions[str]
    synonyms: Expressions[tuple[str, ...]]
    bets: Mapping[tuple[str, ...], tuple[UUID, ...]]
    weights: Mapping[str, Weights]

    def widened(self, word: Word) -> Word:
        """`word` with the forms of its synonyms: documents may hold any."""
        found = self.synonyms.at((word.typed,), 0)
        if found is None:
            return word
        more = (form for synonym in found.meaning for form in analysis.forms(synonym))
        return Word(word.typed, tuple(dict.fromkeys((*word.forms, *more))))

    def bets_on(self, text: str) -> tuple[UUID, ...]:
        """Services that an editor chose for just this question."""
        return self.bets.get(tuple(split(text)), ())

    def weights_of(self, territories: frozenset[str]) -> Weights:
        """The weights of the one territory asked about, else everybody's."""
        own = self.weights.get(next(iter(territories))) if len(territories) == 1 else None
        return own or self.weights.get("") or Weights()


EMPTY = Lexicon(Expressions(), Expressions(), {}, {})
"""For a question without words."""


def lexicon() -> Lexicon:
    """The words as they are now. One query; five where one has changed."""
    return _read(LexiconHead.now().words)


@lru_cache(maxsize=2)
def _read(_version: int) -> Lexicon:
    stops = StopPhrase.objects.filter(switched_on=True).values_list("text", flat=True)
    groups = [group.members() for group in Synonym.objects.filter(switched_on=True)]
    bets: dict[tuple[str, ...], tuple[UUID, ...]] = {}
    for text, service in BestBet.objects.filter(switched_on=True).values_list("text", "service"):
        key = tuple(split(text))
        bets[key] = (*bets.get(key, ()), service)
    weights = RankingWeights.objects.filter(switched_on=True).select_related("territory")
    return Lexicon(
        stops=Expressions.of((text, "") for text in stops),
        synonyms=Expressions.of((member, _single(group)) for group in groups for member in group),
        bets=bets,
        weights={row.territory.slug if row.territory else "": row.weights() for row in weights},
    )


def _single(group: list[str]) -> tuple[str, ...]:
    """The members that are one word: only these can stand for another word."""
    tokens = (analysis.split(member) for member in group)
    return tuple(found[0] for found in tokens if len(found) == 1)
