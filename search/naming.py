"""The words of names, for who is still typing them: folded and not stemmed, because a beginning has no stem."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import without_article
from search.expressions import split


def name_words(name: str) -> frozenset[str]:
    """The words by which `name` is completed: Arabic with and without its article, every character of Chinese."""
    return frozenset(word for token in split(name) for word in (token, without_article(token)))


def name_tokens(text: str) -> list[str]:
    """What somebody has typed so far, in order, as `name_words` may hold it; the last may be a beginning."""
    return [without_article(token) for token in split(text)]


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and the words by which it is completed."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Name":
        return cls(text, name_words(text))

    def begins(self, tokens: Sequence[str]) -> bool:
        """Whether it has a word for each of `tokens`, the last perhaps only begun."""
        *whole, begun = tokens
        return self.words.issuperset(whole) and any(word.startswith(begun) for word in self.words)
