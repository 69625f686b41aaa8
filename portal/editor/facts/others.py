"""Facts of help points, organizations, programs and territories."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.editor.facts.rows import FactsForm, FactsMeta, texts
from portal.editor.facts.sections import Section, Table
from portal.editor.facts.shared import HOURS, PHONES
from portal.editor.facts.subject import Subject
from services_catalog import models


class PlaceFactsForm(FactsForm):
    """Where it is, and for whose eyes."""

    terms = {"accessibility": "accessibility"}
    sets = {"organization": "organizations"}

    class Meta(FactsMeta):
        model = models.Location
        fields = [
            "type",
            "street",
            "postal_code",
            "locality",
            "comune",
            "latitude",
            "longitude",
            "accessibility",
            "audience",
            "callers",
            "url",
            "assured_date",
            "organization",
        ]
        widgets: ClassVar[dict[str, Any]] = {"accessibility": forms.CheckboxSelectMultiple}
        help_texts: ClassVar[dict[str, Any]] = {
            "audience": _("“Nobody” takes address, phone and comune out of every page and list at once."),
            "latitude": _("In degrees, as 45.4642. Copied from a map, with the longitude."),
        }

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.offer_comuni()
        if not subject.is_of_staff:
            del self.fields["organization"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Latitude and longitude go together."))
        return data


LOCATION = (
    Section("place", _("Place"), _("The address as one writes it on an envelope."), form=PlaceFactsForm),
    HOURS,
    PHONES,
)


class OrganizationFactsForm(FactsForm):
    """What registers know."""

    class Meta(FactsMeta):
        model = models.Organization
        fields = ["name", "alternate_name", "legal_form", "founded", "dissolved", "url", "email", "assured_date"]


class IdentifierForm(FactsForm):
    """A code in a register."""

    class Meta(FactsMeta):
        model = models.OrganizationIdentifier
        fields = ["scheme", "value", "valid_from", "valid_until"]


def of(model: Any, column: str) -> Any:
    """The rows of `model` whose `column` is the subject."""

    def rows(subject: Subject) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(**{column: subject.row})
        return found

    return rows


def table(title: Any, form: type[FactsForm], column: str, help_text: Any = "") -> Table:
    return Table(title, form, of(form._meta.model, column), help=help_text, attach=column)


ORGANIZATION = (
    Section(
        "identity",
        _("Name and codes"),
        _("A change of name is at once on every service it runs."),
        form=OrganizationFactsForm,
        tables=(table(_("Codes"), IdentifierForm, "organization"),),
    ),
    PHONES,
)


class ProgramFactsForm(FactsForm):
    """Act, dates and money."""

    class Meta(FactsMeta):
        model = models.Program
        fields = ["status", "valid_from", "valid_until", "act", "cup", "amount", "spent", "assured_date"]


class FundForm(FactsForm):
    """Who pays."""

    class Meta(FactsMeta):
        model = models.ProgramFund
        fields = ["name", "amount", "logo_owed"]


class PartnerForm(FactsForm):
    """An organization in the program."""

    sets = {"organization": "organizations"}

    class Meta(FactsMeta):
        model = models.ProgramPartner
        fields = ["organization", "role"]


class ResultForm(FactsForm):
    """What was aimed at or reached."""

    class Meta(FactsMeta):
        model = models.ProgramResult
        fields = ["value", "measured_on", *texts(models.ProgramResult)]


PROGRAM = (
    Section(
        "act",
        _("Act, money, partners"),
        _("As the act says it. What no act says stays empty."),
        form=ProgramFactsForm,
        tables=(
            table(_("Funds"), FundForm, "program"),
            table(_("Partners"), PartnerForm, "program"),
            table(_("Results"), ResultForm, "program"),
        ),
        staff_only=True,
    ),
)


class TerritoryFactsForm(FactsForm):
    """How the territory shows itself."""

    languages = forms.MultipleChoiceField(
        label=_("languages switched on"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A language switched off keeps its texts: they come back when it is switched on."),
    )

    class Meta(FactsMeta):
        model = models.Territory
        fields = ["type", "languages", "demonstration", "show_as_of", "assured_date"]


class TerritoryComuneForm(FactsForm):
    """A comune and its social office."""

    class Meta(FactsMeta):
        model = models.TerritoryComune
        fields = ["comune", "office_phone", "office_opening_hours"]
        widgets: ClassVar[dict[str, Any]] = {"comune": forms.TextInput(attrs={"size": 6, "placeholder": "F205"})}
        help_texts: ClassVar[dict[str, Any]] = {
            "comune": _("Its cadastral code."),
            "office_opening_hours": _("As in “Hours”: Mo-Fr 09:00-12:00."),
        }


class EmergencyNumberForm(FactsForm):
    """A number on every page."""

    class Meta(FactsMeta):
        model = models.EmergencyNumber
        fields = ["number", "source", "checked_on", *texts(models.EmergencyNumber)]


TERRITORY = (
    Section(
        "territory",
        _("Languages and life"),
        _("What every page of the territory shows."),
        form=TerritoryFactsForm,
        staff_only=True,
    ),
    Section(
        "comuni",
        _("Comuni"),
        _("The comuni of the territory, with their social offices."),
        tables=(table(_("Comuni"), TerritoryComuneForm, "territory"),),
        staff_only=True,
    ),
    Section(
        "numbers",
        _("Emergency numbers"),
        _("On every page. Say where each number comes from and when you checked it."),
        tables=(table(_("Numbers"), EmergencyNumberForm, "territory"),),
        staff_only=True,
    ),
)
