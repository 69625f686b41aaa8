"""Why another service fits where one does not: what it accepts of the dimensions that failed there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_catalog.choices import VALUES_OF, Caller, Dimension, Strength, Subject, Value
from services_catalog.eligibility.sentences import EVERYBODY, Sentence, admitted, alternatives
from services_catalog.publication.document import EligibilityRule

EVERYBODY_TOO: Mapping[str, object] = {
    Dimension.AGE: gettext_lazy("it accepts any age"),
    Dimension.GENDER: gettext_lazy("it accepts any gender"),
    Dimension.FAMILY: gettext_lazy("it accepts any family"),
    Dimension.HOMELESS: gettext_lazy("it accepts people with a home too"),
    Dimension.NON_SELF_SUFFICIENT: gettext_lazy("it accepts people who are self-sufficient too"),
    Dimension.DISABILITY: gettext_lazy("it accepts people without a disability too"),
    Dimension.VIOLENCE: gettext_lazy("it accepts people who have not suffered violence too"),
    Dimension.LEGAL_STATUS: gettext_lazy("it accepts people without documents too"),
    Dimension.RESIDENCE: gettext_lazy("it accepts non-residents too"),
    Dimension.ISEE: gettext_lazy("it accepts any ISEE"),
    Dimension.REFERRAL: gettext_lazy("nobody has to send you"),
}
LISTED = (Dimension.GENDER, Dimension.FAMILY, Dimension.LEGAL_STATUS)
"""Dimensions whose values are kinds of people, each with a name."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the rules of one dimension accept, beside what was `refusing`: `str()`, in the language in use."""

    accepting: tuple[EligibilityRule, ...]
    refusing: tuple[EligibilityRule, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        dimension = self.accepting[0].dimension
        if any(_is_for_everybody(rule) for rule in self.accepting):
            return str(EVERYBODY_TOO[dimension])
        if dimension == Dimension.REFERRAL:
            return admitted(self.accepting, self.names)
        if dimension in (Dimension.AGE, Dimension.ISEE):
            return _("it accepts people %(which)s") % {"which": admitted(self.accepting, self.names)}
        here, there = _values(self.accepting), _values(self.refusing)
        if dimension in LISTED and there and there < here:
            more = (value for value in Value if value in here - there and value in VALUES_OF[dimension])
            return _("it accepts %(who)s too") % {"who": alternatives(str(value.label) for value in more)}
        return _("it accepts %(who)s") % {"who": admitted(self.accepting, self.names)}


def acceptances(
    failed: Iterable[Sentence], rules: Sequence[EligibilityRule], names: Mapping[str, str] | None = None
) -> list[Acceptance]:
    """What `rules`, of a service that fits, accept where another's `failed` sentences refuse. Of what they do not state
    nothing is said, nor of who asks for somebody else. `names`: comuni's names by cadastral code."""
    found = []
    for sentence in failed:
        refusing = sentence.rules
        if refusing[0].subject != Subject.BENEFICIARY:
            continue
        alike = [
            rule for rule in rules if (rule.dimension, rule.subject) == (refusing[0].dimension, Subject.BENEFICIARY)
        ]
        if accepting := tuple(rule for rule in alike if rule.strength != Strength.PREFERENTIAL):
            found.append(Acceptance(accepting, refusing, names or {}))
    return found


def _is_for_everybody(rule: EligibilityRule) -> bool:
    open_to = EVERYBODY | {Caller.CITIZENS}
    return rule.strength == Strength.UNCONDITIONAL or bool(open_to.intersection(rule.values))


def _values(rules: Iterable[EligibilityRule]) -> set[str]:
    return {value for rule in rules for value in rule.values}
