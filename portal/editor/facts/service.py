"""A service's facts, section by section."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.editor.facts.attributes import AttributesForm, has_attributes
from portal.editor.facts.rows import FactsForm, FactsMeta, texts
from portal.editor.facts.sections import Section, Table
from portal.editor.facts.service_rows import (
    AreaForm,
    CapacityForm,
    CostForm,
    DocumentForm,
    EligibilityForm,
    FigureForm,
    ParticipationForm,
    PlaceForm,
    ShareForm,
    StepForm,
)
from portal.editor.facts.shared import HOURS, PHONES
from portal.editor.facts.subject import Subject
from portal.editor.facts.terms import TermsForm
from services_catalog import models


class StateForm(FactsForm):
    """Whether it is there, and for whose eyes."""

    sets = {"program": "programs"}

    class Meta(FactsMeta):
        model = models.Service
        fields = [
            "status",
            *texts(models.Service, "status_reason"),
            "valid_from",
            "valid_until",
            "audience",
            "callers",
            "url",
            "email",
            "assured_date",
            "program",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "status": _("“Suspended” takes it out of “open now” at once, in every language."),
            "audience": _("“Nobody” hides it from every list, also from yours: only custodians then open it."),
            "assured_date": _("The day on which you last made sure that all this is true."),
        }

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if not subject.is_of_staff:
            del self.fields["program"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("valid_from") and data.get("valid_until") and data["valid_from"] > data["valid_until"]:
            self.add_error("valid_until", _("It ends before it begins."))
        return data


class AccessForm(FactsForm):
    """Limits that hold for everybody."""

    class Meta(FactsMeta):
        model = models.Service
        fields = ["appointment", "identity_document", "animals", "most_nights", "quota_amount", "quota_per"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("quota_amount")) != bool(data.get("quota_per")):
            self.add_error("quota_per", _("Say both how many and over how long, or neither."))
        return data


class ServiceTermsForm(TermsForm):
    """What the service is classified by."""

    taxonomies: ClassVar[dict[str, Any]] = {
        "need": _("What it answers to"),
        "target": _("For whom"),
        "life_event": _("Moments of life"),
        "language": _("Languages spoken"),
        "access": _("Ways of access"),
    }


def of_service(model: Any) -> Any:
    """The service's rows of `model`."""

    def rows(subject: Subject) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(service=subject.row)
        return found

    return rows


def places(subject: Subject) -> QuerySet[Any]:
    return models.ServiceAtLocation.objects.filter(pk__in=[place.pk for place in subject.places])


def table(title: Any, form: type[FactsForm], help_text: Any = "", rows: Any = None) -> Table:
    return Table(title, form, rows or of_service(form._meta.model), help=help_text, attach="service")


SECTIONS = (
    Section("state", _("State"), _("Is it there, until when, and who may know of it?"), form=StateForm),
    HOURS,
    PHONES,
    Section(
        "places",
        _("Places"),
        _("Where one goes. A place not in the list is made under “Help points” first."),
        tables=(table(_("Places"), PlaceForm, rows=places),),
    ),
    Section(
        "who",
        _("Who may come"),
        _("Leave out what nobody has decided: silence is not a no."),
        tables=(
            table(
                _("Conditions"),
                EligibilityForm,
                _("Conditions on the same subject are alternatives; different subjects hold together."),
            ),
            table(_("Area served"), AreaForm, _("No row: not stated.")),
        ),
    ),
    Section(
        "access",
        _("How to get in"),
        _("The steps in their order, and what to bring."),
        form=AccessForm,
        tables=(
            table(_("Steps"), StepForm),
            table(_("What to bring"), DocumentForm),
        ),
    ),
    Section(
        "costs",
        _("Costs"),
        _("Zero is free. Empty is “not stated”."),
        tables=(table(_("Costs"), CostForm),),
    ),
    Section(
        "capacity",
        _("Places free and people"),
        _("How many beds, meals or parcels, and whom one meets."),
        tables=(table(_("Capacity"), CapacityForm), table(_("Professionals"), FigureForm)),
    ),
    Section(
        "terms",
        _("Needs and words"),
        _("By these the search finds it. Few and right are better than many."),
        form=ServiceTermsForm,
    ),
    Section(
        "more",
        _("More to know"),
        _("What your territory wants to know beside. Leave out what nobody knows: silence is not a no."),
        form=AttributesForm,
        suits=has_attributes,
    ),
    Section(
        "organizations",
        _("Who runs it"),
        _("Organizations in their roles; whoever runs it edits it."),
        tables=(
            table(_("Organizations"), ParticipationForm),
            table(_("Open also to the people of"), ShareForm),
        ),
        staff_only=True,
    ),
)
