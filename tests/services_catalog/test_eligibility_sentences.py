"""For whom a service is, in short sentences. English sources; the Italian is in the locale's catalogue."""

from decimal import Decimal

import pytest
from django.utils import translation

from services_catalog.choices import VALUES_OF, Dimension, Strength
from services_catalog.eligibility import describe
from tests.services_catalog.bodies import rule


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def said(*rules, **names):
    return [str(sentence) for sentence in describe(rules, names)]


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (rule("age", minimum_age=18, maximum_age=65), "From 18 to 65 years old"),
        (rule("age", minimum_age=65), "From 65 years old"),
        (rule("age", maximum_age=17), "Up to 17 years old"),
        (rule("gender", values=("female",)), "Only women"),
        (rule("family", values=("with_minors", "pregnant")), "Only families with children or pregnant women"),
        (rule("homeless"), "Only people without a home"),
        (rule("violence"), "Only people who have suffered violence"),
        (rule("legal_status", values=("any_status",)), "Also without documents"),
        (rule("legal_status", values=("italian", "eu")), "Only Italian citizens or EU citizens"),
        (rule("residence", values=("anyone",)), "Wherever you live"),
        (rule("residence", values=("resident",), comuni=("E281", "E086")), "Only residents of Iglesias or E086"),
        (rule("residence", values=("resident",)), "Only residents of the territory"),
        (
            rule("residence", values=("present",), comuni=("E281",)),
            "People present in Iglesias, even if not resident",
        ),
        (rule("residence", values=("present",)), "People present in the territory, even if not resident"),
        (
            rule("isee", isee_maximum=Decimal("9360"), isee_household=1, isee_year=2026),
            "With an ISEE up to 9,360 euros of 2026 for a household of 1 person",
        ),
        (rule("isee", isee_maximum=Decimal("9360.50")), "With an ISEE up to 9,360.50 euros"),
        (rule("isee"), "With an ISEE"),
        (rule("referral", values=("social_services", "health")), "Only if sent by social services or health services"),
        (rule("referral", values=("citizens", "police")), "By yourself, or sent by police"),
        (rule("referral", values=("citizens",)), "By yourself"),
        (rule("homeless", strength="preferential"), "Precedence: people without a home"),
        (rule("age", strength="preferential", minimum_age=65), "Precedence: from 65 years old"),
        (rule("residence", strength="unconditional"), "Wherever you live"),
        (rule("age", subject="asker", minimum_age=18), "Who asks: from 18 years old"),
        (rule("gender", values=("female",), note={"it": "anche con figli"}), "Only women (anche con figli)"),
    ],
)
def test_one_rule(condition, sentence):
    assert said(condition, E281="Iglesias") == [sentence]


def test_alternatives_are_one_sentence():
    bands = rule("age", maximum_age=17), rule("age", minimum_age=65)
    assert said(*bands) == ["Up to 17 years old or from 65 years old"]


def test_a_condition_declared_not_to_matter_is_not_told():
    assert said(rule("gender", values=("female",)), rule("gender", strength="unconditional")) == ["Whatever the gender"]


def test_a_precedence_stands_beside_a_condition():
    sentences = said(rule("age", minimum_age=18), rule("age", strength="preferential", minimum_age=65))
    assert sentences == ["From 18 years old", "Precedence: from 65 years old"]


def test_a_rule_without_condition_says_its_note_or_nothing():
    assert said(rule("gender")) == []
    assert said(rule("gender", note="chiedere")) == ["chiedere"]
    assert said(rule("residence", comuni=("E281",)), E281="Iglesias") == ["Only people of Iglesias"]


@pytest.mark.parametrize("dimension", Dimension)
@pytest.mark.parametrize("strength", Strength)
def test_every_dimension_can_be_said_at_every_strength(dimension, strength):
    values = sorted(VALUES_OF.get(dimension, ()))
    for chosen in ([value] for value in values) if values else ([],):
        (sentence,) = said(rule(dimension, strength=strength, values=chosen, minimum_age=18))
        assert sentence.strip() == sentence
        assert len(sentence) > 5
