"""Why another service fits where one does not, in short words."""

import pytest
from django.utils import translation

from services_catalog.choices import Value
from services_catalog.eligibility import Person, acceptances, match
from tests.services_catalog.bodies import rule


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


MAN = Person(gender=Value.MALE, legal_status=Value.UNDOCUMENTED, residence="F822", age=70, homeless=False)


def said(refusing, *accepting):
    failed = match([refusing], MAN).because
    assert failed
    return [str(one) for one in acceptances([one.sentence for one in failed], accepting, {"F822": "Musei"})]


WOMEN = rule("gender", values=("female",))
RESIDENTS = rule("residence", values=("resident",), comuni=("E281",))
CITIZENS = rule("legal_status", values=("italian", "eu"))


@pytest.mark.parametrize(
    ("refusing", "accepting", "why"),
    [
        (WOMEN, rule("gender", values=("male",)), "it accepts men"),
        (WOMEN, rule("gender", values=("female", "male")), "it accepts men too"),
        (WOMEN, rule("gender", strength="unconditional"), "it accepts any gender"),
        (RESIDENTS, rule("residence", values=("anyone",)), "it accepts non-residents too"),
        (RESIDENTS, rule("residence", strength="unconditional"), "it accepts non-residents too"),
        (
            RESIDENTS,
            rule("residence", values=("resident",), comuni=("F822",)),
            "it accepts residents of Musei",
        ),
        (CITIZENS, rule("legal_status", values=("any_status",)), "it accepts people without documents too"),
        (rule("age", maximum_age=65), rule("age", minimum_age=18), "it accepts people from 18 years old"),
        (rule("age", maximum_age=65), rule("age", strength="unconditional"), "it accepts any age"),
        (rule("homeless"), rule("homeless", strength="unconditional"), "it accepts people with a home too"),
    ],
)
def test_what_refused_there_is_accepted_here(refusing, accepting, why):
    assert said(refusing, accepting) == [why]


def test_what_did_not_refuse_is_no_reason():
    assert said(WOMEN, rule("gender", values=("male",)), rule("age", minimum_age=18)) == ["it accepts men"]


def test_of_what_is_not_stated_nothing_is_said():
    assert said(WOMEN, rule("age", minimum_age=18)) == []
    assert said(WOMEN, rule("gender", strength="preferential", values=("male",))) == []
