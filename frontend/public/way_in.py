"""How to get in, what to bring, what it costs: the facts of a service in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.public.days import long_date
from frontend.public.hours import hours_of_step
from services_catalog.choices import Answer, QuotaPeriod, StepKind
from services_catalog.publication.document import Access, AccessStep, CostOption, RequiredDocument
from services_catalog.texts import text_of


@dataclass(frozen=True)
class Step:
    """One step on the way in. `service` is where it is taken, when it is another service."""

    title: str
    details: tuple[str, ...]
    service: UUID | None


def steps(access: Access, now: datetime) -> list[Step]:
    """The steps in order, with the hours and days on which each is taken."""
    return [Step(_capital(str(StepKind(step.kind).label)), _details(step, now), step.service) for step in access.steps]


def _details(step: AccessStep, now: datetime) -> tuple[str, ...]:
    said = [text_of(step.description), hours_of_step(step, now)]
    if step.opens and step.closes:
        said.append(
            _("From %(opens)s to %(closes)s.") % {"opens": long_date(step.opens), "closes": long_date(step.closes)}
        )
    elif step.closes:
        said.append(_("Until %(closes)s.") % {"closes": long_date(step.closes)})
    elif step.opens:
        said.append(_("From %(opens)s.") % {"opens": long_date(step.opens)})
    if step.waiting_days is not None:
        said.append(
            ngettext("You wait about %(days)d day.", "You wait about %(days)d days.", step.waiting_days)
            % {"days": step.waiting_days}
        )
    return tuple(filter(None, said))


def rules(access: Access) -> list[str]:
    """What holds for everybody who comes; what is not stated is left out."""
    said = [
        {Answer.YES: _("You need an appointment."), Answer.NO: _("No appointment needed.")}.get(
            Answer(access.appointment)
        ),
        {
            Answer.YES: _("You need an identity document."),
            Answer.NO: _("No identity document needed."),
        }.get(Answer(access.identity_document)),
        {Answer.YES: _("Animals may come in."), Answer.NO: _("Animals may not come in.")}.get(Answer(access.animals)),
    ]
    if access.most_nights:
        said.append(
            ngettext(
                "You can stay at most %(nights)d night.", "You can stay at most %(nights)d nights.", access.most_nights
            )
            % {"nights": access.most_nights}
        )
    if access.quota:
        said.append(
            _("At most %(amount)d %(per)s.")
            % {"amount": access.quota.amount, "per": QuotaPeriod(access.quota.per).label}
        )
    return [sentence for sentence in said if sentence]


def documents(required: Sequence[RequiredDocument]) -> list[str]:
    """What to bring, one line each."""
    return [" ".join(filter(None, [_document(one), text_of(one.note)])) for one in required]


def _document(one: RequiredDocument) -> str:
    name = text_of(one.document)
    return name if one.mandatory else _("%(document)s (if you have it)") % {"document": name}


def costs(options: Sequence[CostOption]) -> list[str]:
    """Prices, one line each; an amount that no document states is not a price of zero."""
    return [line for option in options if (line := _cost(option))]


def _cost(option: CostOption) -> str:
    price = " · ".join(filter(None, [_amount(option), text_of(option.description)]))
    return ": ".join(filter(None, [_isee_band(option), price]))


def _amount(option: CostOption) -> str:
    if option.amount is None:
        return ""
    return _("Free") if option.amount == 0 else euros(option.amount)


def _isee_band(option: CostOption) -> str:
    if option.isee_from is not None and option.isee_to is not None:
        return _("ISEE from %(lower)s to %(upper)s") % {
            "lower": euros(option.isee_from),
            "upper": euros(option.isee_to),
        }
    if option.isee_to is not None:
        return _("ISEE below %(upper)s") % {"upper": euros(option.isee_to)}
    return _("ISEE from %(lower)s") % {"lower": euros(option.isee_from)} if option.isee_from is not None else ""


def euros(amount: Decimal) -> str:
    """An amount of euros as the active language writes it, without cents where there are none."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"€ {number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
