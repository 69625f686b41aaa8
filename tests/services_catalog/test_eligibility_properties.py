"""What holds of every set of rules and every person."""

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from services_catalog.choices import VALUES_OF, Caller, Dimension, Strength, Subject, Value
from services_catalog.eligibility import AsksFor, Person, Verdict, deciding, describe, match, verdict_of
from tests.services_catalog.bodies import rule

FEW = settings(max_examples=25, deadline=None)
comuni = st.sampled_from(["E281", "E086", "H501"])
ages, incomes = st.integers(0, 100), st.integers(0, 20).map(lambda thousands: Decimal(thousands * 1000))
family_values = st.sampled_from(sorted(VALUES_OF[Dimension.FAMILY]))
genders = st.sampled_from(sorted(VALUES_OF[Dimension.GENDER]))
statuses = st.sampled_from(sorted(VALUES_OF[Dimension.LEGAL_STATUS] - {Value.ANY_STATUS}))


@st.composite
def rules(draw):
    dimension = draw(st.sampled_from(list(Dimension)))
    allowed = sorted(VALUES_OF.get(dimension, ()))
    low, high = sorted((draw(ages), draw(ages)))
    return rule(
        dimension,
        strength=draw(st.sampled_from([*Strength, Strength.EXCLUSIVE])),
        subject=draw(st.sampled_from(list(Subject))),
        values=tuple(draw(st.lists(st.sampled_from(allowed), max_size=2, unique=True))) if allowed else (),
        minimum_age=draw(st.none() | st.just(low)),
        maximum_age=draw(st.none() | st.just(high)),
        comuni=tuple(draw(st.lists(comuni, max_size=2, unique=True))),
        isee_maximum=draw(st.none() | incomes),
        isee_household=draw(st.none() | st.integers(1, 3)),
    )


@st.composite
def people(draw, asker=True):
    family = draw(st.frozensets(family_values))
    maybe = st.none() | st.booleans()
    return Person(
        age=draw(st.none() | ages),
        gender=draw(st.none() | genders),
        family=family,
        not_family=draw(st.frozensets(family_values)) - family,
        homeless=draw(maybe),
        non_self_sufficient=draw(maybe),
        disability=draw(maybe),
        violence=draw(maybe),
        legal_status=draw(st.none() | statuses),
        residence=draw(st.none() | comuni | st.just("")),
        present_in=draw(st.none() | comuni),
        isee=draw(st.none() | incomes),
        household=draw(st.none() | st.integers(1, 3)),
        referred_by=draw(st.none() | st.sampled_from(list(Caller))),
        **draw(asking() if asker else st.just({})),
    )


@st.composite
def asking(draw):
    if draw(st.booleans()):
        return {"asks_for": AsksFor.SELF, "asker_kind": draw(st.sampled_from([None, Caller.CITIZENS]))}
    return {
        "asks_for": draw(st.sampled_from([None, AsksFor.OTHER])),
        "asker_kind": draw(st.none() | st.sampled_from(list(Caller))),
        "asker": draw(st.none() | people(asker=False)),
    }


several = st.lists(rules(), max_size=5)
facts = st.sampled_from([f.name for f in fields(Person)])


def forgotten(person, names):
    """The same person, of whom some facts are not known."""
    blank = Person()
    return replace(person, **{name: getattr(blank, name) for name in names})


def excluded(found):
    return {(reason.dimension, reason.subject) for reason in found.because}


def asked(found):
    return {(question.dimension, question.subject) for question in found.ask}


@FEW
@given(several, people(), st.sets(facts))
def test_a_definite_answer_survives_what_is_learnt_later(conditions, person, unknown):
    before, after = match(conditions, forgotten(person, unknown)), match(conditions, person)
    assert excluded(before) <= excluded(after)
    assert asked(after) <= asked(before)
    if before.verdict != Verdict.ASK:
        assert after.verdict == before.verdict
    assert {reason.rules for reason in before.preferences} <= {
        ids for reason in after.preferences for ids in _subsets(reason.rules)
    }


def _subsets(ids):
    return {tuple(i for n, i in enumerate(ids) if mask >> n & 1) for mask in range(1, 1 << len(ids))}


@FEW
@given(several, people())
def test_a_dimension_is_excluded_or_asked_or_neither(conditions, person):
    found = match(conditions, person)
    assert not excluded(found) & asked(found)
    assert found.verdict == (Verdict.DOES_NOT if found.because else Verdict.ASK if found.ask else Verdict.FITS)


@FEW
@given(several, people())
def test_the_verdict_alone_is_that_of_the_whole_match(conditions, person):
    assert verdict_of(deciding(conditions), person) == match(conditions, person).verdict


@FEW
@given(several, people(), rules())
def test_declaring_that_a_dimension_does_not_matter_never_excludes(conditions, person, condition):
    open_to_all = rule(condition.dimension, strength="unconditional", subject=condition.subject)
    before, after = match(conditions, person), match([*conditions, open_to_all], person)
    assert excluded(after) <= excluded(before)
    assert (condition.dimension, condition.subject) not in excluded(after) | asked(after)


@FEW
@given(several, people(), rules())
def test_a_precedence_changes_no_verdict(conditions, person, condition):
    first = condition.model_copy(update={"strength": Strength.PREFERENTIAL})
    assert match([*conditions, first], person).verdict == match(conditions, person).verdict


@FEW
@given(several, people())
def test_the_order_of_rules_does_not_matter(conditions, person):
    one, other = match(conditions, person), match(conditions[::-1], person)
    assert (excluded(one), asked(one), one.not_stated) == (excluded(other), asked(other), other.not_stated)


@FEW
@given(several)
def test_every_sentence_can_be_read(conditions):
    sentences = [str(sentence) for sentence in describe(conditions)]
    assert all(sentence and "%" not in sentence and "None" not in sentence for sentence in sentences)
