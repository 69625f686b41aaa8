"""One rule against one person: does its condition hold, three-valued."""

from collections.abc import Callable, Collection, Mapping

from services_catalog.choices import VALUES_OF, Dimension, Strength, Subject, Value
from services_catalog.eligibility.facts import Person, all_of, any_of, known_in
from services_catalog.publication.document import EligibilityRule

# A rule for the broader status admits the narrower: Italians are citizens of the Union; asylum seekers and refugees
# hold a residence permit (d.lgs. 142/2015, art. 4; d.lgs. 251/2007, art. 23).
NARROWER: Mapping[str, frozenset[str]] = {
    Value.EU: frozenset({Value.EU, Value.ITALIAN}),
    Value.PERMIT: frozenset({Value.PERMIT, Value.ASYLUM}),
}


def holds(rule: EligibilityRule, person: Person, territory: Collection[str] = ()) -> bool | None:
    """Whether a rule's condition is true of who it looks at; None while a fact is missing.

    `territory` are the codes of the comuni that a rule on residence means when it names none.
    """
    if rule.strength == Strength.UNCONDITIONAL:
        return True
    subject = person.who_asks() if rule.subject == Subject.ASKER else person
    if rule.dimension == Dimension.REFERRAL:
        by = person.kind_of_asker() if rule.subject == Subject.ASKER else person.referred_by
        return known_in(by, rule.values) if rule.values else True
    if rule.dimension == Dimension.RESIDENCE:
        return _residence(rule, subject, frozenset(rule.comuni or territory))
    return CONDITIONS[rule.dimension](rule, subject)


def says_something(rule: EligibilityRule) -> bool:
    """Whether a rule has a condition: one that lists values or ages and has none admits everybody."""
    if rule.strength == Strength.UNCONDITIONAL:
        return True
    if rule.dimension == Dimension.AGE:
        return rule.minimum_age is not None or rule.maximum_age is not None
    return rule.dimension not in VALUES_OF or bool(rule.values or rule.comuni)


def _age(rule: EligibilityRule, person: Person) -> bool | None:
    if rule.minimum_age is None and rule.maximum_age is None:
        return True
    if person.age is None:
        return None
    return (rule.minimum_age or 0) <= person.age and (rule.maximum_age is None or person.age <= rule.maximum_age)


def _gender(rule: EligibilityRule, person: Person) -> bool | None:
    return known_in(person.gender, rule.values) if rule.values else True


def _family(rule: EligibilityRule, person: Person) -> bool | None:
    if not rule.values:
        return True
    return any_of(True if v in person.family else False if v in person.not_family else None for v in rule.values)


def _legal_status(rule: EligibilityRule, person: Person) -> bool | None:
    if not rule.values or Value.ANY_STATUS in rule.values:
        return True
    admitted = frozenset().union(*(NARROWER.get(value, {value}) for value in rule.values))
    return known_in(person.legal_status, admitted)


def _residence(rule: EligibilityRule, person: Person, comuni: frozenset[str]) -> bool | None:
    """Residents are also welcome where those merely present are. Without any comune to compare, nobody can say.

    A rule that names comuni and not which tie to them leaves in doubt those who are there without residence.
    """
    if Value.ANYONE in rule.values or not (rule.values or rule.comuni):
        return True
    if not comuni:
        return None
    tests = [known_in(person.residence, comuni)]
    if Value.PRESENT in rule.values:
        tests.append(known_in(person.present_in, comuni))
    elif not rule.values:
        tests.append(False if known_in(person.present_in, comuni) is False else None)
    return any_of(tests)


def _isee(rule: EligibilityRule, person: Person) -> bool | None:
    tests: list[bool | None] = []
    if rule.isee_maximum is not None:
        tests.append(None if person.isee is None else person.isee <= rule.isee_maximum)
    if rule.isee_household is not None:
        tests.append(None if person.household is None else person.household == rule.isee_household)
    return all_of(tests)


CONDITIONS: Mapping[str, Callable[[EligibilityRule, Person], bool | None]] = {
    Dimension.AGE: _age,
    Dimension.GENDER: _gender,
    Dimension.FAMILY: _family,
    Dimension.HOMELESS: lambda _rule, person: person.homeless,
    Dimension.NON_SELF_SUFFICIENT: lambda _rule, person: person.non_self_sufficient,
    Dimension.DISABILITY: lambda _rule, person: person.disability,
    Dimension.VIOLENCE: lambda _rule, person: person.violence,
    Dimension.LEGAL_STATUS: _legal_status,
    Dimension.ISEE: _isee,
}
