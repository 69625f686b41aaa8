"""The words shipped in `search/data/`, and how they come into the tables without undoing what an editor did."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from search.models import HeldQuestion, LexiconHead, Phrase, Source, StopPhrase, Synonym
from services_catalog.data import reference
from services_catalog.models import TaxonomyTerm

FOLDER = Path(__file__).parent / "data"
NO_NEED = "none"
"""How the files name phrases that no service helps with."""


def load() -> bool:
    """Add what the files have and the tables lack; answers whether there was anything to look at.

    A row that is there stays as it is, also switched off. Terms are those of `load_reference`, which comes before.
    """
    digest = _digest()
    if LexiconHead.now().shipped == digest:
        return False
    with transaction.atomic():
        terms = {str(term.pk): term for term in TaxonomyTerm.objects.filter(taxonomy_id="need")}
        _add_phrases(terms)
        _add_questions(terms)
        _add_words()
        LexiconHead.objects.filter(pk=1).update(shipped=digest)
    LexiconHead.move("words", "phrases")
    return True


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one of the files, by their header."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def phrase_files() -> dict[str, Path]:
    """Language → its file of phrases, `need,text`."""
    return {path.stem: path for path in sorted((FOLDER / "phrases").glob("*.csv"))}


def need_id(slug: str) -> str:
    """The id of a need by its short name, "" for none. Raises KeyError for a name that is not shipped."""
    return "" if slug == NO_NEED else str(reference.term_id("need", slug))


def _digest() -> str:
    total = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.csv")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _add_phrases(terms: dict[str, TaxonomyTerm]) -> None:
    have = set(Phrase.objects.values_list("need_id", "language", "text"))
    found = [
        Phrase(need=terms.get(key), language=language, text=row["text"], source=Source.SHIPPED)
        for language, path in phrase_files().items()
        for row in rows(path)
        if (key := need_id(row["need"])) in terms or not key
    ]
    missing = {(one.need_id, one.language, one.text): one for one in found}
    Phrase.objects.bulk_create((one for key, one in missing.items() if key not in have), batch_size=2000)


def _add_questions(terms: dict[str, TaxonomyTerm]) -> None:
    have = set(HeldQuestion.objects.values_list("language", "text"))
    shipped = [row for row in rows(FOLDER / "held_questions.csv") if (row["language"], row["text"]) not in have]
    HeldQuestion.objects.bulk_create(
        HeldQuestion(language=row["language"], text=row["text"], source=Source.SHIPPED) for row in shipped
    )
    ids = {(one.language, one.text): one.pk for one in HeldQuestion.objects.only("language", "text")}
    answers = HeldQuestion.needs.through
    answers.objects.bulk_create(
        answers(heldquestion_id=ids[row["language"], row["text"]], taxonomyterm_id=term.pk)
        for row in shipped
        for term in _terms(row["needs"].split(), terms)
    )


def _terms(slugs: Iterable[str], terms: dict[str, TaxonomyTerm]) -> Iterator[TaxonomyTerm]:
    for slug in slugs:
        if term := terms.get(need_id(slug)):
            yield term


def _add_words() -> None:
    have = set(Synonym.objects.values_list("language", "words"))
    Synonym.objects.bulk_create(
        Synonym(language=row["language"], words=row["words"], origin=row["source"], source=Source.SHIPPED)
        for row in rows(FOLDER / "synonyms.csv")
        if (row["language"], row["words"]) not in have
    )
    stops = set(StopPhrase.objects.values_list("language", "text"))
    StopPhrase.objects.bulk_create(
        StopPhrase(language=row["language"], text=row["phrase"], source=Source.SHIPPED)
        for row in rows(FOLDER / "stop.csv")
        if (row["language"], row["phrase"]) not in stops
    )
