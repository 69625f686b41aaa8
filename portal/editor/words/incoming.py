"""Phrases that come in, pasted or in a CSV file: checked one by one, and all refused if one is wrong."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from search import analysis
from search.models import HeldQuestion, Phrase
from services_catalog.languages import LANGUAGES
from services_catalog.models import TaxonomyTerm

MOST = 1000
"""Phrases taken at a time: nobody reads through more."""
LONGEST = 200
COLUMNS = ("language", "text")


class Line(NamedTuple):
    """A phrase as it came, and the line it stands on, from 1."""

    number: int
    language: str
    text: str


@dataclass(frozen=True)
class Incoming:
    """`fresh` phrases of a need; `known`, those it has already; `wrong`, a sentence for each line that is refused."""

    fresh: list[Line] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def pasted(text: str, language: str) -> list[Line]:
    """A phrase a line; empty lines count, and are left out."""
    lines = enumerate(text.splitlines(), 1)
    return [Line(number, language, line.strip()) for number, line in lines if line.strip()]


def in_csv(content: bytes) -> list[Line]:
    """The rows of a file with the columns `language` and `text`, separated by commas or semicolons.

    Raises ValueError, with words for a person, where the file cannot be read at all.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_("The file is not in UTF-8: save it again as “CSV UTF-8”.")) from None
    header = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",")
    if not set(COLUMNS) <= {name.strip() for name in rows.fieldnames or () if name}:
        raise ValueError(_("The first line must name the columns: language,text."))
    try:
        return list(_lines(rows))
    except csv.Error:
        raise ValueError(_("The file cannot be read as CSV.")) from None


def checked(lines: Iterable[Line], need: TaxonomyTerm | None) -> Incoming:
    """What to make of `lines` as phrases of `need`. Three queries."""
    found = Incoming()
    held, have = held_texts(), {plain(text) for text in _texts(Phrase.objects.filter(need=need))}
    seen: dict[str, int] = {}
    for line in lines:
        folded = plain(line.text)
        if reason := _refusal(line, held):
            found.wrong.append(_said(line, reason))
        elif folded in seen:
            found.wrong.append(_said(line, _("the same as line %d") % seen[folded]))
        elif len(seen) == MOST:
            found.wrong.append(_said(line, _("more than %d phrases at a time") % MOST))
            break
        else:
            (found.known if folded in have else found.fresh).append(line)
            seen[folded] = line.number
    return found


def plain(text: str) -> str:
    """A text by which it is told from others: its words, without capitals, accents and signs."""
    return " ".join(analysis.split(text))


def held_texts() -> set[str]:
    """The questions held back, plain. One query."""
    return {plain(text) for text in _texts(HeldQuestion.objects.all())}


def phrase_texts() -> set[str]:
    """The phrases, plain. One query, of tens of thousands of rows."""
    return {plain(text) for text in _texts(Phrase.objects.all())}


def _texts(rows: Any) -> Iterator[str]:
    return rows.order_by().values_list("text", flat=True).iterator(chunk_size=5000)  # type: ignore[no-any-return]


def _lines(rows: "csv.DictReader[str]") -> Iterator[Line]:
    for row in rows:
        cells = {str(name).strip(): value for name, value in row.items()}
        language, text = (str(cells.get(name) or "").strip() for name in COLUMNS)
        if language or text:
            yield Line(rows.line_num, language.lower(), " ".join(text.split()))


def _refusal(line: Line, held: set[str]) -> str:
    if line.language not in LANGUAGES:
        return _("“%(language)s” is none of the languages: %(all)s") % {
            "language": line.language,
            "all": ", ".join(LANGUAGES),
        }
    if not plain(line.text):
        return _("there are no words")
    if len(line.text) > LONGEST:
        return _("it is longer than %d characters") % LONGEST
    return _("it is a question held back, by which what is learnt is judged") if plain(line.text) in held else ""


def _said(line: Line, reason: str) -> str:
    return _("Line %(number)d: %(reason)s.") % {"number": line.number, "reason": reason}
