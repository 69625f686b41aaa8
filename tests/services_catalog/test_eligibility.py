"""Whom a service is for: Italian cases, one row each."""

from decimal import Decimal

import pytest

from services_catalog.choices import Caller, Dimension, Subject, Value
from services_catalog.eligibility import AsksFor, Person, Question, Verdict, match
from tests.services_catalog.bodies import rule

ADULTS = rule("age", minimum_age=18, maximum_age=65)
WOMEN = rule("gender", values=("female",))
FAMILIES = rule("family", values=("with_minors", "pregnant"))
HOMELESS = rule("homeless")
IGLESIAS_RESIDENT = rule("residence", values=("resident",), comuni=("E281", "E086"))
IGLESIAS_PRESENT = rule("residence", values=("present",), comuni=("E281",))
ISEE_ONE = rule("isee", isee_maximum=Decimal("9360"), isee_household=1, isee_year=2026)
ISEE_TWO = rule("isee", isee_maximum=Decimal("12000"), isee_household=2)
SENT = rule("referral", values=("social_services", "health"))

FITS, NO, ASK = Verdict.FITS, Verdict.DOES_NOT, Verdict.ASK
ROWS = [
    (ADULTS, Person(), ASK),
    (ADULTS, Person(age=18), FITS),
    (ADULTS, Person(age=65), FITS),
    (ADULTS, Person(age=17), NO),
    (ADULTS, Person(age=66), NO),
    (rule("age", minimum_age=65), Person(age=90), FITS),
    (rule("age", maximum_age=17), Person(age=0), FITS),
    (WOMEN, Person(gender=Value.FEMALE), FITS),
    (WOMEN, Person(gender=Value.OTHER_GENDER), NO),
    (FAMILIES, Person(family=frozenset({Value.PREGNANT})), FITS),
    (FAMILIES, Person(not_family=frozenset({Value.PREGNANT})), ASK),
    (FAMILIES, Person(not_family=frozenset({Value.PREGNANT, Value.WITH_MINORS})), NO),
    (HOMELESS, Person(homeless=True), FITS),
    (HOMELESS, Person(homeless=False), NO),
    (rule("violence"), Person(), ASK),
    (rule("disability"), Person(disability=True), FITS),
    (rule("non_self_sufficient"), Person(non_self_sufficient=False), NO),
    # legal status: the broader admits the narrower
    (rule("legal_status", values=("any_status",)), Person(), FITS),
    (rule("legal_status", values=("eu",)), Person(legal_status=Value.ITALIAN), FITS),
    (rule("legal_status", values=("italian",)), Person(legal_status=Value.EU), NO),
    (rule("legal_status", values=("permit",)), Person(legal_status=Value.ASYLUM), FITS),
    (rule("legal_status", values=("permit",)), Person(legal_status=Value.UNDOCUMENTED), NO),
    (rule("legal_status", values=("permit",)), Person(), ASK),
    # residence: residents are welcome where the merely present are
    (IGLESIAS_RESIDENT, Person(residence="E086"), FITS),
    (IGLESIAS_RESIDENT, Person(residence="", present_in="E281"), NO),
    (IGLESIAS_RESIDENT, Person(present_in="E281"), ASK),
    (IGLESIAS_PRESENT, Person(present_in="E281"), FITS),
    (IGLESIAS_PRESENT, Person(residence="E281"), FITS),
    (IGLESIAS_PRESENT, Person(residence="", present_in="H501"), NO),
    (IGLESIAS_PRESENT, Person(residence="H501"), ASK),
    (rule("residence", values=("anyone",)), Person(), FITS),
    (rule("residence", values=("resident",)), Person(residence="E281"), ASK),
    (rule("residence", comuni=("E281",)), Person(residence="E281"), FITS),
    (rule("residence", comuni=("E281",)), Person(residence="H501", present_in="E281"), ASK),
    (rule("residence", comuni=("E281",)), Person(residence="H501", present_in="H501"), NO),
    # a list left empty is no condition
    (rule("gender"), Person(), FITS),
    (rule("family"), Person(), FITS),
    (rule("age"), Person(), FITS),
    (rule("legal_status"), Person(), FITS),
    (rule("residence"), Person(), FITS),
    (rule("referral"), Person(), FITS),
    # ISEE: the ceiling is included, the household is the one it is for
    (ISEE_ONE, Person(isee=Decimal("9360"), household=1), FITS),
    (ISEE_ONE, Person(isee=Decimal("9360.01"), household=1), NO),
    (ISEE_ONE, Person(isee=Decimal("1")), ASK),
    (ISEE_ONE, Person(isee=Decimal("9999")), NO),
    (ISEE_ONE, Person(household=3), NO),
    (SENT, Person(referred_by=Caller.HEALTH), FITS),
    (SENT, Person(referred_by=Caller.CITIZENS), NO),
    (SENT, Person(), ASK),
]


@pytest.mark.parametrize(("condition", "person", "verdict"), ROWS)
def test_one_condition(condition, person, verdict):
    found = match((condition,), person)
    assert found.verdict == verdict
    if verdict == NO:
        assert found.because[0].rules == (condition.id,)
        assert str(found.because[0].sentence)
    if verdict == ASK:
        assert found.ask == (Question(condition.dimension, Subject.BENEFICIARY),)


def test_rules_of_a_dimension_are_alternatives():
    couple = Person(isee=Decimal("11000"), household=2)
    assert match((ISEE_ONE, ISEE_TWO), couple).verdict == FITS
    found = match((ISEE_ONE, ISEE_TWO), Person(isee=Decimal("13000")))
    assert found.because[0].rules == (ISEE_ONE.id, ISEE_TWO.id)


def test_dimensions_hold_together():
    assert match((ADULTS, WOMEN), Person(age=30, gender=Value.FEMALE)).verdict == FITS
    found = match((ADULTS, WOMEN, HOMELESS), Person(age=30, gender=Value.MALE))
    assert [reason.dimension for reason in found.because] == [Dimension.GENDER]
    assert [question.dimension for question in found.ask] == [Dimension.HOMELESS]
    assert found.verdict == NO


def test_said_not_to_matter_is_more_than_silence():
    anybody = rule("legal_status", strength="unconditional")
    found = match((anybody,), Person())
    assert found.verdict == FITS
    assert Dimension.LEGAL_STATUS not in found.not_stated
    assert Dimension.LEGAL_STATUS in match((), Person()).not_stated


def test_said_not_to_matter_outweighs_a_condition():
    assert match((WOMEN, rule("gender", strength="unconditional")), Person(gender=Value.MALE)).verdict == FITS


def test_a_precedence_is_noted_and_excludes_nobody():
    first = rule("homeless", strength="preferential")
    assert [reason.rules for reason in match((first,), Person(homeless=True)).preferences] == [(first.id,)]
    for person in (Person(), Person(homeless=False)):
        found = match((first,), person)
        assert (found.verdict, found.preferences) == (FITS, ())


def test_the_territory_is_meant_where_no_comune_is_named():
    residents = rule("residence", values=("resident",))
    assert match((residents,), Person(residence="E281"), territory={"E281"}).verdict == FITS
    assert match((residents,), Person(residence="H501"), territory={"E281"}).verdict == NO


class TestWhoAsks:
    adult = rule("age", subject="asker", minimum_age=18)
    professionals = rule("referral", subject="asker", values=("police", "health"))

    def test_is_looked_at_apart_from_who_is_helped(self):
        daughter = Person(age=85, asks_for=AsksFor.OTHER, asker=Person(age=17))
        assert match((self.adult,), daughter).verdict == NO
        assert match((self.adult,), Person(age=85)).ask == (Question(Dimension.AGE, Subject.ASKER),)

    def test_is_the_person_who_asks_for_themselves(self):
        assert match((self.adult,), Person(age=20, asks_for=AsksFor.SELF)).verdict == FITS

    def test_has_a_kind(self):
        assert match((self.professionals,), Person(asker_kind=Caller.POLICE)).verdict == FITS
        assert match((self.professionals,), Person(asks_for=AsksFor.SELF)).verdict == NO
        assert match((self.professionals,), Person(asks_for=AsksFor.OTHER)).verdict == ASK

    def test_is_one_person_or_two(self):
        for other in ({"asker": Person()}, {"asker_kind": Caller.POLICE}):
            with pytest.raises(ValueError, match="somebody else"):
                Person(asks_for=AsksFor.SELF, **other)

    def test_says_nothing_of_who_is_helped(self):
        assert Dimension.AGE in match((self.adult,), Person()).not_stated
