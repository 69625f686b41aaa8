"""Expressions of several words, looked for in what a person typed: longest first, each word once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from search import analysis

Meaning = TypeVar("Meaning")

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """An expression met: what it means, and the tokens from `start` until before `end` that say it."""

    meaning: Meaning
    start: int
    end: int


@dataclass
class Expressions(Generic[Meaning]):
    """Expressions as their tokens. Chinese has no spaces: there an expression is a run of characters."""

    _meanings: dict[Tokens, Meaning] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)
    """First token → how many the longest expression has that begins with it."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Meaning]]) -> "Expressions[Meaning]":
        """From texts with their meanings; of two equal texts the first counts."""
        made = cls()
        for text, meaning in pairs:
            if tokens := tuple(split(text)):
                made._meanings.setdefault(tokens, meaning)
                made._longest[tokens[0]] = max(made._longest.get(tokens[0], 0), len(tokens))
        return made

    def at(self, tokens: Sequence[str], start: int) -> Found[Meaning] | None:
        """The longest expression that begins at `start`."""
        for length in range(min(self._longest.get(tokens[start], 0), len(tokens) - start), 0, -1):
            if (expression := tuple(tokens[start : start + length])) in self._meanings:
                return Found(self._meanings[expression], start, start + length)
        return None

    def all_in(self, tokens: Sequence[str], free: Sequence[bool]) -> Iterator[Found[Meaning]]:
        """The expressions among the tokens that are still free, from the first on, none overlapping."""
        start = 0
        while start < len(tokens):
            found = self.at(tokens, start)
            if found and all(free[found.start : found.end]):
                yield found
                start = found.end
            else:
                start += 1


def split(text: str) -> list[str]:
    """Folded tokens, a run of Chinese as its characters, so that expressions can be met inside it."""
    return [part for token in analysis.split(text) for part in (token if analysis.is_chinese(token) else (token,))]


def join(tokens: Iterable[str]) -> str:
    """Tokens as a text that is analysed as they stood: characters of Chinese that follow each other as one run."""
    text = ""
    for token in tokens:
        chinese = analysis.is_chinese(token) and text and analysis.is_chinese(text[-1])
        text += token if chinese or not text else f" {token}"
    return text
