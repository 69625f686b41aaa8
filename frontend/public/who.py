"""Who may come, in words a person can hold themselves against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.public.prose import text
from services_catalog.choices import Caller, Dimension, Strength, Subject, Value
from services_catalog.publication.document import EligibilityRule

CONDITIONS = {
    Dimension.HOMELESS: lambda: _("people without a home"),
    Dimension.NON_SELF_SUFFICIENT: lambda: _("people who cannot look after themselves alone"),
    Dimension.DISABILITY: lambda: _("people with a disability"),
    Dimension.VIOLENCE: lambda: _("people who suffer violence"),
}
DOES_NOT_MATTER = {
    Dimension.AGE: lambda: _("You can come at any age."),
    Dimension.GENDER: lambda: _("For women and men alike."),
    Dimension.FAMILY: lambda: _("Alone or with your family."),
    Dimension.HOMELESS: lambda: _("With or without a home."),
    Dimension.LEGAL_STATUS: lambda: _("Also without a residence permit."),
    Dimension.RESIDENCE: lambda: _("Also if you live elsewhere."),
    Dimension.ISEE: lambda: _("Whatever you earn."),
    Dimension.REFERRAL: lambda: _("Nobody has to send you: you can come on your own."),
}


def conditions(rules: Sequence[EligibilityRule], comuni: Mapping[str, str]) -> list[str]:
    """One sentence a dimension and strength, in the order in which the rules are. `comuni`: cadastral code → name."""
    groups: dict[tuple[Dimension, Strength, Subject], list[EligibilityRule]] = {}
    for rule in rules:
        groups.setdefault((Dimension(rule.dimension), Strength(rule.strength), Subject(rule.subject)), []).append(rule)
    return [sentence for group, alternatives in groups.items() if (sentence := _sentence(group, alternatives, comuni))]


def _sentence(
    group: tuple[Dimension, Strength, Subject], rules: Sequence[EligibilityRule], comuni: Mapping[str, str]
) -> str:
    dimension, strength, subject = group
    notes = " ".join(note for rule in rules if (note := text(rule.note)))
    if strength == Strength.UNCONDITIONAL:
        said = DOES_NOT_MATTER[dimension]() if dimension in DOES_NOT_MATTER else ""
        return f"{said} {notes}".strip()
    who = _(" or ").join(dict.fromkeys(words for rule in rules if (words := _words(rule, comuni))))
    if not who:
        return notes
    if subject == Subject.ASKER:
        said = _("Who asks: %(who)s.") % {"who": who}
    elif strength == Strength.PREFERENTIAL:
        said = _("First: %(who)s.") % {"who": who}
    else:
        said = _("Only: %(who)s.") % {"who": who}
    return f"{said} {notes}".strip()


def _words(rule: EligibilityRule, comuni: Mapping[str, str]) -> str:
    match rule.dimension:
        case Dimension.AGE:
            return age(rule.minimum_age, rule.maximum_age)
        case Dimension.RESIDENCE:
            return _residence(rule, comuni)
        case Dimension.ISEE:
            return _isee(rule)
        case Dimension.REFERRAL:
            senders = ", ".join(str(Caller(value).label) for value in rule.values)
            return _("people sent by %(senders)s") % {"senders": senders}
        case Dimension.GENDER | Dimension.FAMILY | Dimension.LEGAL_STATUS:
            return ", ".join(str(Value(value).label) for value in rule.values)
        case _:
            return CONDITIONS[Dimension(rule.dimension)]()


def age(minimum: int | None, maximum: int | None) -> str:
    """An age range in words, both ends included; "" without either."""
    if minimum is not None and maximum is not None:
        return _("from %(minimum)d to %(maximum)d years old") % {"minimum": minimum, "maximum": maximum}
    if minimum is not None:
        return _("%(minimum)d years old or more") % {"minimum": minimum}
    return _("up to %(maximum)d years old") % {"maximum": maximum} if maximum is not None else ""


def _residence(rule: EligibilityRule, comuni: Mapping[str, str]) -> str:
    names = ", ".join(comuni.get(code, code) for code in rule.comuni)
    if Value.RESIDENT in rule.values and names:
        return _("residents of %(comuni)s") % {"comuni": names}
    if Value.PRESENT in rule.values and names:
        return _("people present in %(comuni)s, even if not resident") % {"comuni": names}
    return ", ".join(str(Value(value).label) for value in rule.values) or names


def _isee(rule: EligibilityRule) -> str:
    if rule.isee_maximum is None:
        return _("people with an ISEE certificate")
    said = _("ISEE (the family's income certificate) up to %(amount)s") % {"amount": euros(rule.isee_maximum)}
    if rule.isee_household:
        said += " " + ngettext(
            "for a family of %(count)d person", "for a family of %(count)d people", rule.isee_household
        ) % {"count": rule.isee_household}
    return f"{said} ({rule.isee_year})" if rule.isee_year else said


def euros(amount: Decimal) -> str:
    """An amount of euros as the active language writes it, without cents where there are none."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"€ {number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)}"
