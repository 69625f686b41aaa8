"""What new phrases would change: how each is understood today, and how the questions held back would be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.editor.words.choices import need_name, needs
from portal.editor.words.incoming import Line, plain
from portal.editor.words.state import per_cent
from search.models import Phrase
from search.needs import learning, store, training
from search.needs.learning import Question
from search.needs.trial import Outcome, judge, tried
from services_catalog.models import TaxonomyTerm

READ = 200
"""Phrases of which today's understanding is shown: each takes some milliseconds."""


@dataclass(frozen=True)
class Reading:
    """A new phrase, the need it is taken for today with its probability in per cent and the phrase that says so;
    `elsewhere`: other needs that have the same phrase. `right`: it is understood already."""

    line: Line
    need: str
    probability: int
    phrase: str
    right: bool
    elsewhere: list[str]


@dataclass(frozen=True)
class Change:
    """A question held back whose first need would be another. `better` is None where both answers are as good."""

    question: str
    wanted: str
    before: str
    after: str
    better: bool | None


@dataclass(frozen=True)
class Trial:
    """Success in per cent before (None without a model) and after; `refused`: the set would not be put in force."""

    questions: int
    before: float | None
    after: float
    refused: bool
    changes: list[Change]


def readings(lines: Sequence[Line], need: TaxonomyTerm | None) -> list[Reading]:
    """How the first READ of `lines` are understood today, those that another need has first. Two queries."""
    names, key = _names(), str(need.pk) if need else ""
    others = _others(lines, need)
    model = store.model_in_force()
    found = []
    for line in sorted(lines, key=lambda line: plain(line.text) not in others)[:READ]:
        guesses = model.guesses(line.text, 1) if model else []
        guess = guesses[0] if guesses else None
        elsewhere = [names.get(other, "") for other in others.get(plain(line.text), ())]
        if guess is None:
            found.append(Reading(line, "", 0, "", right=False, elsewhere=elsewhere))
        else:
            probability, right = round(100 * guess.probability), guess.need == key
            found.append(Reading(line, names.get(guess.need, ""), probability, guess.phrase, right, elsewhere))
    return found


def trial(lines: Sequence[Line], need: TaxonomyTerm | None) -> Trial:
    """What learning `lines` beside all else would do. Takes some seconds. Raises TrialBusy and TrialFailed."""
    key = str(need.pk) if need else ""
    phrases, questions = training.candidate(learning.Phrase(key, line.text) for line in lines)
    after = tried(phrases, questions, Path(settings.VAR_DIR) / "needs")
    model = store.model_in_force()
    before = judge(model, questions) if model else None
    return Trial(
        questions=len(questions),
        before=per_cent(before.success) if before else None,
        after=per_cent(after.success),
        refused=before is not None and after.success < before.success - training.WORSE_BY,
        changes=_changes(questions, before, after) if before else [],
    )


def _changes(questions: Sequence[Question], before: Outcome, after: Outcome) -> list[Change]:
    names = _names()

    def named(need: str | None) -> str:
        return "—" if need is None else names.get(need, "")

    found = []
    for question, was, will in zip(questions, before.first, after.first, strict=True):
        if was != will:
            wanted = question.needs or {""}
            better = (will in wanted) if (was in wanted) != (will in wanted) else None
            said = ", ".join(sorted(map(named, wanted)))
            found.append(Change(question.text, said, named(was), named(will), better))
    return sorted(found, key=lambda change: (change.better is not False, change.better is None))


def _others(lines: Sequence[Line], need: TaxonomyTerm | None) -> dict[str, list[str]]:
    """Plain text → ids of other needs that have it. One query, of tens of thousands of rows."""
    wanted = {plain(line.text) for line in lines}
    found: dict[str, list[str]] = {}
    for other, text in Phrase.objects.filter(switched_on=True).order_by().values_list("need_id", "text"):
        if other != (need.pk if need else None) and (folded := plain(text)) in wanted:
            key = str(other or "")
            if key not in found.setdefault(folded, []):
                found[folded].append(key)
    return found


def _names() -> dict[str, str]:
    return {"": need_name(None)} | {str(need.pk): need_name(need) for need in needs()}
