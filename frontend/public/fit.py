"""Whether a service is for the person asked for, in a line: it fits, it doesn't and why, or what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.fit import Fit
from services_catalog.choices import Answer, Dimension
from services_catalog.eligibility import Verdict

ASK: Mapping[str, object] = {
    Dimension.AGE: gettext_lazy("the age"),
    Dimension.GENDER: gettext_lazy("whether it is for women or men only"),
    Dimension.FAMILY: gettext_lazy("the family"),
    Dimension.HOMELESS: gettext_lazy("whether only people without a home may come"),
    Dimension.NON_SELF_SUFFICIENT: gettext_lazy("whether only people who need care may come"),
    Dimension.DISABILITY: gettext_lazy("whether only people with a disability may come"),
    Dimension.VIOLENCE: gettext_lazy("whether only people who have suffered violence may come"),
    Dimension.LEGAL_STATUS: gettext_lazy("documents"),
    Dimension.RESIDENCE: gettext_lazy("where you must live"),
    Dimension.ISEE: gettext_lazy("the ISEE"),
    Dimension.REFERRAL: gettext_lazy("who must send you"),
}


@dataclass(frozen=True)
class FitLine:
    """`verdict` chooses the sign, `text` says it."""

    verdict: str
    text: str


def fit_line(fit: Fit | None) -> FitLine | None:
    """What to say on a card; nothing where nothing is known of the person, or the service says nothing of it."""
    if fit is None:
        return None
    if fit.verdict == Verdict.DOES_NOT:
        reasons = [str(reason.sentence) for reason in fit.match.because]
        reasons += [_("Animals can't come in")] if fit.animals == Answer.NO else []
        return FitLine(fit.verdict, _("Perhaps not for you: %(why)s") % {"why": "; ".join(reasons)})
    if fit.verdict == Verdict.ASK:
        asked = [str(ASK[question.dimension]) for question in fit.match.ask]
        asked += [_("whether animals may come in")] if fit.animals == Answer.NOT_STATED else []
        return FitLine(fit.verdict, capfirst(_("ask about: %(what)s") % {"what": ", ".join(asked)}))
    return FitLine(fit.verdict, _("It fits what you told"))
