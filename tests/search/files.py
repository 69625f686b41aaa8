"""The words in an embedded index's files, those of dropped rows too: what whoever holds a copy could put together.

Bytes alone don't tell: text fields hold folded tokens, in dictionaries that share their words' beginnings.
"""

from collections.abc import Iterable
from pathlib import Path

from tantivy import Index

from search import analysis

FIELDS = ("name", "labels", "summary", "prose", "spelling", "sort")


def words_in(folder: Path) -> set[str]:
    """Every word of the version in use, whether or not a row still has it."""
    searcher = Index.open(str(folder / (folder / "current").read_text())).searcher()
    return {word for field in FIELDS for word, _rows in searcher.terms_with_prefix(field, "")}


def told_by(words: set[str], markers: Iterable[str]) -> list[str]:
    """The markers that `words` hold whole, as written or stemmed."""
    return [marker for marker in markers if any(form and words >= form for form in _forms(marker))]


def _forms(marker: str) -> tuple[set[str], set[str]]:
    return set(analysis.plain_words(marker, "it")), set(analysis.tokens(marker, "it"))
