"""How a search was understood, in words: what was read out of the question, what may be meant, what was let go.

Each thing understood is a chip that the person can take off: the search is then made with the words as they stand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontend.public.catalogue import Reference
from frontend.public.days import long_date
from search.answer import Answer, Relaxed
from search.opening import DayPart, Part
from search.person import Facts
from search.walking import MOST_MINUTES
from services_catalog.choices import Value

FAR_ENOUGH_TO_SAY = 0.6
"""Needs are offered to choose from where none is likelier than this."""


@dataclass(frozen=True)
class Chip:
    """Something the search is narrowed or ordered by, and the address without it."""

    name: str
    url: str


@dataclass(frozen=True)
class Said:
    """What the page says of how it understood. `instead`: a word that was corrected, what was searched, and the
    address of the search as typed."""

    chips: tuple[Chip, ...]
    needs: tuple[Chip, ...]
    relaxed: tuple[str, ...]
    typed: str
    searched: str
    instead_url: str
    lost: bool


def said(asked: QueryDict, answer: Answer, known: Reference) -> Said:
    """Of an answer to what a person `asked`."""
    return Said(
        chips=tuple(_chips(asked, answer)),
        needs=tuple(_needs(asked, answer, known)),
        relaxed=tuple(RELAXED[name](answer) for name in answer.relaxed if name in RELAXED),
        typed=", ".join(correction.typed for correction in answer.corrections),
        searched=", ".join(correction.searched for correction in answer.corrections),
        instead_url=literally(asked, "spelling"),
        lost=not answer.confident,
    )


def literally(asked: QueryDict, kind: str) -> str:
    """The address of this search with one kind of thing taken as the words it is said with."""
    changed = asked.copy()
    changed.pop("page", None)
    changed.setlist("literally", sorted({*changed.getlist("literally"), kind}))
    return f"{reverse('frontend:search')}?{changed.urlencode()}"


def _chips(asked: QueryDict, answer: Answer) -> Iterable[Chip]:
    read = answer.understood
    if read.place and "place" not in answer.relaxed:
        name = _("near %(place)s") if read.near or not read.place.ours else _("in %(place)s")
        yield Chip(capfirst(name % {"place": read.place.name}), literally(asked, "place"))
    if read.on_foot and "on_foot" not in answer.relaxed and not asked.get("on_foot"):
        yield Chip(within_a_walk(), literally(asked, "on_foot"))
    if read.urgent:
        yield Chip(_("Open now first"), literally(asked, "time"))
    if read.moment and "time" not in answer.relaxed:
        yield Chip(capfirst(moment_name(read.moment)), literally(asked, "time"))
    if names := fact_names(read.facts):
        yield Chip(capfirst(", ".join(names)), literally(asked, "who"))


def within_a_walk() -> str:
    """How far one goes on foot."""
    return _("On foot (%(minutes)d minutes)") % {"minutes": MOST_MINUTES}


def _needs(asked: QueryDict, answer: Answer, known: Reference) -> Iterable[Chip]:
    """The likely needs to choose from, where none is sure."""
    if not answer.guesses or answer.guesses[0].probability >= FAR_ENOUGH_TO_SAY or asked.get("need"):
        return
    for guess in answer.guesses[:3]:
        if name := known.label_of_id(guess.need):
            chosen = asked.copy()
            chosen.pop("page", None)
            chosen["need"] = guess.need
            yield Chip(name, f"{reverse('frontend:search')}?{chosen.urlencode()}")


def moment_name(moment: datetime | DayPart) -> str:
    """A moment as people say it: "open now", "open tonight", "open on Sunday 29 November, in the morning"."""
    if isinstance(moment, DayPart):
        today = timezone.localdate()
        day = {0: _("today"), 1: _("tomorrow")}.get((moment.day - today).days, long_date(moment.day))
        if moment.part == "night" and moment.day == today:
            return _("open tonight")
        return _("open %(day)s") % {"day": str(PARTS[moment.part]) % {"day": day}}
    if abs(moment - timezone.now()) < timedelta(minutes=2):
        return _("open now")
    local = timezone.localtime(moment)
    return _("open on %(day)s at %(time)s") % {
        "day": long_date(local.date()),
        "time": formats.time_format(local.time(), "H:i"),
    }


PARTS: Mapping[Part, object] = {
    "day": gettext_lazy("%(day)s"),
    "morning": gettext_lazy("%(day)s, in the morning"),
    "afternoon": gettext_lazy("%(day)s, in the afternoon"),
    "evening": gettext_lazy("%(day)s, in the evening"),
    "night": gettext_lazy("%(day)s, at night"),
    "weekend": gettext_lazy("%(day)s or the day after"),
}

FACTS: Mapping[tuple[str, str], object] = {
    ("gender", Value.FEMALE): gettext_lazy("a woman"),
    ("gender", Value.MALE): gettext_lazy("a man"),
    ("gender", Value.OTHER_GENDER): gettext_lazy("another gender"),
    ("family", Value.ALONE): gettext_lazy("alone"),
    ("family", Value.LIVES_ALONE): gettext_lazy("living alone"),
    ("family", Value.COUPLE): gettext_lazy("a couple"),
    ("family", Value.WITH_MINORS): gettext_lazy("with children"),
    ("family", Value.PREGNANT): gettext_lazy("pregnant"),
    ("legal_status", Value.UNDOCUMENTED): gettext_lazy("without documents"),
    ("legal_status", Value.ASYLUM): gettext_lazy("asylum seeker or refugee"),
    ("legal_status", Value.PERMIT): gettext_lazy("with a residence permit"),
    ("legal_status", Value.EU): gettext_lazy("EU citizen"),
    ("legal_status", Value.ITALIAN): gettext_lazy("Italian citizen"),
    ("homeless", "yes"): gettext_lazy("without a home"),
    ("disability", "yes"): gettext_lazy("with a disability"),
    ("non_self_sufficient", "yes"): gettext_lazy("not self-sufficient"),
    ("violence", "yes"): gettext_lazy("has suffered violence"),
    ("animals", "yes"): gettext_lazy("with an animal"),
    ("asks_for", "other"): gettext_lazy("for somebody else"),
}


def fact_names(facts: Facts) -> list[str]:
    """What is known of the person, as a list of words."""
    names = [
        str(FACTS[name, value]) for name, values in facts.items() for value in sorted(values) if (name, value) in FACTS
    ]
    ages = [_("%(age)s years old") % {"age": age} for age in facts.get("age", ())]
    return [*names, *ages]


RELAXED: Mapping[Relaxed, Callable[[Answer], str]] = {
    "on_foot": lambda _answer: _("Nothing like this is within reach on foot: here is what is farther away."),
    "place": lambda answer: (
        (
            _("We know of nothing in %(place)s: the nearest come first.")
            if answer.query.near
            else _("We know of nothing in %(place)s or near it: here is what there is elsewhere.")
        )
        % {"place": answer.understood.place.name if answer.understood.place else ""}
    ),
    "time": lambda answer: (
        _("Nothing is %(open)s, as far as we know: here is when it opens.")
        % {"open": moment_name(answer.understood.moment) if answer.understood.moment else ""}
    ),
    "words": lambda _answer: _("Nothing has all your words: here is what has some of them."),
    "need": lambda _answer: _("Nobody here does just this: here is what comes near."),
}
