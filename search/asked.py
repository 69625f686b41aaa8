"""Questions that search did not understand, or found nothing for: counted, and kept in words only if many share them.

Until five askings have the same words, only a keyed hash of the words is kept, with how often, the hour of the last
asking and its comune. From the fifth on the words are kept too. A question that holds a number of five digits or more,
a phone number or an e-mail address is never counted at all. What nobody asks for 90 days is forgotten.

Texts that differ in endings or vowels are one group. An editor gives a group its need: its texts become phrases, or,
one group in four, questions held back, so that what is learnt from askings is also judged by askings.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search import analysis
from search.answer import Answer
from search.engine import SearchQuery
from search.models import AskedQuestion, Decision, HeldQuestion, LexiconHead, Phrase, Source
from search.needs.features import consonants
from services_catalog.models import TaxonomyTerm

SHARED = 5
"""Askings of the same words from which the words are kept."""
FORGOTTEN_AFTER = timedelta(days=90)
HELD_BACK_ONE_IN = 4
MOST_KEPT = 50_000
"""Different questions counted at a time: who makes up more than that fills no disk."""
LONGEST = 200
PATIENCE_MS = 50
"""How long a busy database may keep a search waiting for this."""
SHORTEST_BONES = 3
"""Consonants of a word from which they stand for it: "fame" and "fumo" have the same two."""

_TELLING = re.compile(r"@|chiocciola|\w\.[^\W\d_]{2}|(?:\d[\W_]*){5}|(?<!\S)(?:[^\s\d]*\d){5}")
"""Of folded text: e-mail and web addresses, phone numbers and dates of birth, codes of people and cards."""
_CADASTRAL = re.compile(r"[A-Z]\d{3}")

logger = logging.getLogger("portolano.search")


def record(
    query: SearchQuery, answer: Answer, now: datetime | None = None, *, within: frozenset[str] = frozenset()
) -> None:
    """Count the question if it was not understood. Never raises, and waits for nothing longer than PATIENCE_MS.

    `now` (aware) is the real present if None. `within`: the territories of the site or the reader, a filter that nobody
    chose.
    """
    try:
        if not _is_narrowed(query, within) and _was_missed(query, answer) and (words := countable(query.text)):
            with _briefly():
                _count(words, query, answer, now or timezone.now())
    except Exception as error:
        # Its kind alone: a database's own words may quote the question.
        logger.warning("a question that was not understood could not be counted (%s)", type(error).__name__)


def countable(text: str) -> list[str]:
    """The folded words of a text that may be counted; none where it may tell who somebody is, or says nothing."""
    words = analysis.split(text) if len(text) <= LONGEST else []
    return [] if _TELLING.search(analysis.fold(text)) or len(" ".join(words)) > LONGEST else words


def forget(now: datetime) -> None:
    """Drop what nobody has asked for FORGOTTEN_AFTER before `now`."""
    AskedQuestion.objects.filter(last_hour__lt=now - FORGOTTEN_AFTER).delete()


def waiting() -> QuerySet[AskedQuestion]:
    """Questions with words that nobody has decided on; those of a group that is ignored are not asked about again."""
    ignored = AskedQuestion.objects.filter(decision=Decision.IGNORED).values("group")
    return AskedQuestion.objects.exclude(text="").filter(decision=Decision.WAITING).exclude(group__in=ignored)


def is_held_back(group: str) -> bool:
    """Whether the texts of a group, if assigned, are to judge what is learnt instead of being learnt. Of one group all
    are, or none: its texts differ too little to judge one by the other."""
    return int(group[:8], 16) % HELD_BACK_ONE_IN == 0


def assign(group: str, need: TaxonomyTerm | None) -> int:
    """Say what a group's waiting texts mean, None for "no service helps with this"; answers how many were added."""
    with transaction.atomic():
        rows = list(waiting().filter(group=group))
        known = set(Phrase.objects.filter(text__in=[row.text for row in rows]).values_list("language", "text"))
        held = set(HeldQuestion.objects.filter(text__in=[row.text for row in rows]).values_list("language", "text"))
        fresh = [row for row in rows if (row.language, row.text) not in known | held]
        _hold_back(fresh, need) if is_held_back(group) else _have_learnt(fresh, need)
        AskedQuestion.objects.filter(pk__in=[row.pk for row in rows]).update(decision=Decision.ASSIGNED)
        LexiconHead.move("phrases")
    return len(fresh)


def ignore(group: str) -> None:
    """Leave a group and what comes to it later out."""
    waiting().filter(group=group).update(decision=Decision.IGNORED)


def group_of(words: list[str], language: str) -> str:
    """The digest by which texts are one group: the consonants of their words' stems, in any order and script, without
    words that say nothing."""
    telling = [word.typed for word in analysis.words(" ".join(words), language)] or words
    return _digest("group", sorted(set(map(_bones, telling))))


def language_of(words: list[str], language: str) -> str:
    """The language of a text asked on a page in `language`: that one, unless it is written otherwise."""
    script = analysis.script_of(words[0])
    spoken = analysis.SCRIPTS[script]
    return language if language in spoken else spoken[0]


def _was_missed(query: SearchQuery, answer: Answer) -> bool:
    return bool(query.text) and (not answer.confident or not answer.total)


def _is_narrowed(query: SearchQuery, within: frozenset[str]) -> bool:
    """Whether somebody asks on: the same words once more, with something chosen by hand."""
    own = {"territory": within} if within else {}
    chosen = query.literally or query.open_at or query.near or query.on_foot or query.facts or query.filters != own
    return bool(chosen) or query.page > 1 or query.order != "relevance"


def _count(words: list[str], query: SearchQuery, answer: Answer, now: datetime) -> None:
    key = _digest("words", sorted(words))
    last = {"last_hour": now.replace(minute=0, second=0, microsecond=0), "comune": _comune(answer)}
    row = AskedQuestion.objects.filter(pk=key).only("count", "text").first()
    if row is None:
        if AskedQuestion.objects.count() < MOST_KEPT:
            AskedQuestion.objects.bulk_create([AskedQuestion(key=key, **last)], ignore_conflicts=True)
        return
    shared = row.count + 1 >= SHARED and not row.text
    said = _said(words, query.language) if shared else {}
    AskedQuestion.objects.filter(pk=key).update(count=F("count") + 1, **last, **said)


def _said(words: list[str], page: str) -> dict[str, str]:
    language = language_of(words, page)
    return {"text": " ".join(words), "language": language, "group": group_of(words, language)}


def _comune(answer: Answer) -> str:
    place = answer.understood.place
    return place.code if place and _CADASTRAL.fullmatch(place.code) else ""


def _have_learnt(rows: list[AskedQuestion], need: TaxonomyTerm | None) -> None:
    # Somebody else may have assigned the group, or said the same, at this very moment.
    Phrase.objects.bulk_create(
        [Phrase(need=need, language=row.language, text=row.text, source=Source.ASKED) for row in rows],
        ignore_conflicts=True,
    )


def _hold_back(rows: list[AskedQuestion], need: TaxonomyTerm | None) -> None:
    for row in rows:
        held, is_new = HeldQuestion.objects.get_or_create(
            language=row.language, text=row.text, defaults={"source": Source.ASKED}
        )
        if is_new:
            held.needs.set([need] if need else [])


def _bones(word: str) -> str:
    """What of a word stays the same whatever its ending, its vowels and its script."""
    stem = min(analysis.forms(word), key=lambda form: (len(form), form))
    bones = consonants(stem) if stem.isalpha() else ""
    return bones if len(bones) >= SHORTEST_BONES else stem


def _digest(salt: str, words: list[str]) -> str:
    return salted_hmac(f"search.asked.{salt}", "\n".join(words), algorithm="sha256").hexdigest()


@contextmanager
def _briefly() -> Iterator[None]:
    """A transaction that gives up rather than wait for who writes meanwhile."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            with transaction.atomic():
                if not sqlite:
                    cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
                yield
                if not sqlite:
                    cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
        finally:
            if sqlite:
                seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
                cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
