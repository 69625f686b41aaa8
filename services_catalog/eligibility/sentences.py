"""Rules as sentences for people: "Only women", "From 18 to 65 years old", "Also without documents"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from services_catalog.choices import Caller, Dimension, Strength, Subject, Value
from services_catalog.eligibility.conditions import says_something
from services_catalog.publication.document import EligibilityRule
from services_catalog.texts import text_of

DOES_NOT_MATTER: Mapping[str, object] = {
    Dimension.AGE: gettext_lazy("At any age"),
    Dimension.GENDER: gettext_lazy("Whatever the gender"),
    Dimension.FAMILY: gettext_lazy("Whatever the family"),
    Dimension.HOMELESS: gettext_lazy("With or without a home"),
    Dimension.NON_SELF_SUFFICIENT: gettext_lazy("Self-sufficient or not"),
    Dimension.DISABILITY: gettext_lazy("With or without a disability"),
    Dimension.VIOLENCE: gettext_lazy("Having suffered violence or not"),
    Dimension.LEGAL_STATUS: gettext_lazy("Also without documents"),
    Dimension.RESIDENCE: gettext_lazy("Wherever you live"),
    Dimension.ISEE: gettext_lazy("Whatever the ISEE"),
    Dimension.REFERRAL: gettext_lazy("Without being sent by anybody"),
}
PEOPLE: Mapping[str, object] = {
    Dimension.HOMELESS: gettext_lazy("people without a home"),
    Dimension.NON_SELF_SUFFICIENT: gettext_lazy("people who are not self-sufficient"),
    Dimension.DISABILITY: gettext_lazy("people with a disability"),
    Dimension.VIOLENCE: gettext_lazy("people who have suffered violence"),
}
# Values that admit everybody, whatever else the rule lists beside them.
EVERYBODY: frozenset[Value | Caller] = frozenset({Value.ANY_STATUS, Value.ANYONE})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Rules of one dimension, subject and strength, told as one sentence: `str()`, in the language in use.

    `names` gives comuni's names by cadastral code; a code without one is shown as it is.
    """

    rules: tuple[EligibilityRule, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        rule = self.rules[0]
        notes = "; ".join(dict.fromkeys(filter(None, (text_of(rule.note) for rule in self.rules))))
        telling = [rule for rule in self.rules if says_something(rule)]
        said = _strongly(rule.strength, rule.dimension, telling, self.names) if telling else notes
        if rule.subject == Subject.ASKER:
            said = _("Who asks: %(condition)s") % {"condition": said[:1].lower() + said[1:]}
        return f"{said} ({notes})" if notes and telling else said


def sentences(rules: Iterable[EligibilityRule], names: Mapping[str, str] | None = None) -> list[Sentence]:
    """One sentence for each dimension, subject and strength, in the order in which the rules first name them.

    A condition that another rule declares not to matter is left out: it would exclude people who are welcome. So is
    a rule without a condition or note.
    """
    grouped: dict[tuple[Dimension, Subject, Strength], list[EligibilityRule]] = {}
    for rule in rules:
        if not says_something(rule) and not text_of(rule.note):
            continue
        grouped.setdefault((rule.dimension, rule.subject, rule.strength), []).append(rule)
    return [
        Sentence(tuple(group), names or {})
        for (dimension, subject, strength), group in grouped.items()
        if strength != Strength.EXCLUSIVE or (dimension, subject, Strength.UNCONDITIONAL) not in grouped
    ]


def _strongly(strength: str, dimension: str, rules: Sequence[EligibilityRule], names: Mapping[str, str]) -> str:
    if strength == Strength.UNCONDITIONAL or any(EVERYBODY & set(rule.values) for rule in rules):
        return str(DOES_NOT_MATTER[dimension])
    who = admitted(rules, names)
    if strength == Strength.PREFERENTIAL:
        return _("Precedence: %(who)s") % {"who": who}
    if dimension == Dimension.REFERRAL and any(Caller.CITIZENS in rule.values for rule in rules):
        return capfirst(who)
    if dimension in (Dimension.AGE, Dimension.ISEE) or _merely_present(rules):
        return capfirst(who)
    return _("Only %(who)s") % {"who": who}


def admitted(rules: Iterable[EligibilityRule], names: Mapping[str, str]) -> str:
    """Whom rules of one dimension admit, as words that stand after "only" and "it accepts"."""
    return alternatives(_phrase(rule, names) for rule in rules)


def _merely_present(rules: Sequence[EligibilityRule]) -> bool:
    return any(Value.PRESENT in rule.values for rule in rules)


def _phrase(rule: EligibilityRule, names: Mapping[str, str]) -> str:
    """Whom one rule admits, as words that stand after "only" and "precedence:"."""
    if rule.dimension == Dimension.AGE:
        return _age(rule.minimum_age, rule.maximum_age)
    if rule.dimension == Dimension.ISEE:
        return _isee(rule)
    if rule.dimension == Dimension.RESIDENCE:
        return _residence(rule, names)
    if rule.dimension == Dimension.REFERRAL:
        return _referral(rule)
    return str(PEOPLE.get(rule.dimension) or alternatives(str(Value(value).label) for value in rule.values))


def _age(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return _("from %(least)d to %(most)d years old") % {"least": least, "most": most}
    if least is not None:
        return _("from %(least)d years old") % {"least": least}
    return _("up to %(most)d years old") % {"most": most}


def _isee(rule: EligibilityRule) -> str:
    if rule.isee_maximum is None:
        said = _("with an ISEE")
    else:
        said = _("with an ISEE up to %(amount)s euros") % {"amount": _euros(rule.isee_maximum)}
    if rule.isee_year:
        said = _("%(isee)s of %(year)d") % {"isee": said, "year": rule.isee_year}
    if rule.isee_household:
        people = ngettext("%(number)d person", "%(number)d people", rule.isee_household)
        said = _("%(isee)s for a household of %(people)s") % {
            "isee": said,
            "people": people % {"number": rule.isee_household},
        }
    return said


def _euros(amount: Decimal) -> str:
    places = 0 if amount == amount.to_integral_value() else 2
    return formats.number_format(amount, places, use_l10n=True, force_grouping=True)


def _residence(rule: EligibilityRule, names: Mapping[str, str]) -> str:
    where = alternatives(names.get(code, code) for code in rule.comuni)
    if Value.PRESENT in rule.values:
        if not where:
            return _("people present in the territory, even if not resident")
        return _("people present in %(comuni)s, even if not resident") % {"comuni": where}
    if not rule.values:
        return _("people of %(comuni)s") % {"comuni": where}
    return _("residents of %(comuni)s") % {"comuni": where} if where else _("residents of the territory")


def _referral(rule: EligibilityRule) -> str:
    by = alternatives(str(Caller(value).label) for value in rule.values if value != Caller.CITIZENS)
    if Caller.CITIZENS not in rule.values:
        return _("if sent by %(who)s") % {"who": by}
    return _("by yourself, or sent by %(who)s") % {"who": by} if by else _("by yourself")


def alternatives(parts: Iterable[str]) -> str:
    """Alternatives as one phrase, each once."""
    listed = list(dict.fromkeys(part for part in parts if part))
    if len(listed) < 2:
        return "".join(listed)
    first = pgettext("between items of a list", ", ").join(listed[:-1])
    return _("%(first)s or %(last)s") % {"first": first, "last": listed[-1]}
