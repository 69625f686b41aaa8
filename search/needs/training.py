"""From the tables to the model in force: what is learnt, what is held back, and what is refused."""

import hashlib
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from search import models
from search.needs import embedding, features, store
from search.needs.learning import Phrase, Question, learn, success
from search.needs.model import NeedsModel
from search.needs.store import About
from services_catalog.languages import columns
from services_catalog.models import TaxonomyTerm
from services_catalog.publication.feed import head

WORSE_BY = 0.005
"""A model may answer this much less of the held-back questions and still be put in force: one question more or less
is chance."""

logger = logging.getLogger("portolano.search")


@dataclass(frozen=True)
class Outcome:
    """What came of learning. `before` is the success of the model in force on the same questions, None without one."""

    about: About
    in_force: bool
    before: float | None


def state() -> str:
    """What tells that phrases have changed: the life of the database and a counter. Two queries."""
    return f"{head().epoch}:{models.LexiconHead.now().phrases}"


def is_due() -> bool:
    """Whether there is something to learn, or to learn again because what was learnt is damaged."""
    return has_changed() or store.is_damaged()


def has_changed() -> bool:
    """Whether phrases, or what NEEDS_EMBEDDER says, have changed since the model in force, or one refused, was learnt.

    No embedding model is loaded for it: a new version under the same path is noticed where one is, by who learns, and
    by web processes, which then answer by words alone until it is learnt again.
    """
    known = {(about.state, about.embedder_path) for about in (store.about_in_force(), store.about_refused()) if about}
    return (state(), settings.NEEDS_EMBEDDER) not in known


def update() -> Outcome | None:
    """Learn from the tables and put the model in force, unless it answers the held-back questions worse.

    None where there is nothing to learn from.
    """
    asked, phrases, questions = state(), learnt_phrases(), held_questions()
    if not phrases:
        return None
    embedder = embedding.in_use()
    model, digest = learn(phrases, questions, embedder), _digest(phrases, questions)
    answered = round(success(model, questions), 4)
    used = (embedder.name, settings.NEEDS_EMBEDDER) if embedder else ("", "")
    about = About(digest, asked, len(phrases), len(questions), answered, *used)
    current = store.model_in_force()
    before = success(current, questions) if current else None
    if current and before is not None and about.success < before - WORSE_BY:
        logger.warning("what was learnt from %d phrases answers less than before: not put in force", len(phrases))
        _quote_only(phrases, current)
        store.refuse(about)
        return Outcome(about, in_force=False, before=before)
    store.put_in_force(model, about)
    return Outcome(about, in_force=True, before=before)


def _quote_only(phrases: Iterable[Phrase], model: NeedsModel) -> None:
    """Let a model that stays in force quote no phrase any more that is not in use: it may hold somebody's name."""
    texts, about = {phrase.text for phrase in phrases}, store.about_in_force()
    before = tuple(model.said)
    said = tuple(text if text in texts else "" for text in before)
    if about and said != before:
        store.put_in_force(replace(model, said=said), about)


def candidate(added: Iterable[Phrase], taken: Collection[Phrase] = ()) -> tuple[list[Phrase], list[Question]]:
    """What there would be to learn from with some phrases more and others less, and the questions to judge it on."""
    kept = [phrase for phrase in learnt_phrases() if phrase not in taken]
    return list(dict.fromkeys([*kept, *added])), held_questions()


def has_phrases() -> bool:
    """Whether there is anything to learn from."""
    return models.Phrase.objects.filter(switched_on=True).exists()


def learnt_phrases() -> list[Phrase]:
    """The phrases in use, and the names of the needs in every language. Two queries."""
    rows = models.Phrase.objects.filter(switched_on=True).order_by("pk").values_list("need_id", "text")
    terms = TaxonomyTerm.objects.filter(taxonomy_id="need", parent__isnull=False).order_by("slug")
    labels = [Phrase(str(term.pk), text) for term in terms for text in _names(term)]
    found = [*(Phrase(str(need or ""), text) for need, text in rows), *labels]
    return list(dict.fromkeys(found))


def held_questions() -> list[Question]:
    """The questions held back and in use. Two queries."""
    rows = models.HeldQuestion.objects.filter(switched_on=True).order_by("pk").prefetch_related("needs")
    return [Question(row.text, frozenset(str(need.pk) for need in row.needs.all())) for row in rows]


def _names(term: TaxonomyTerm) -> set[str]:
    return {name for column in columns("name").values() if (name := getattr(term, column))}


def _digest(phrases: list[Phrase], questions: list[Question]) -> str:
    total = hashlib.sha256(str(features.VERSION).encode())
    for phrase in sorted(phrases, key=lambda one: (one.need, one.text)):
        total.update(f"{phrase.need}\t{phrase.text}\n".encode())
    total.update(str(sorted(question.text for question in questions)).encode())
    return total.hexdigest()
