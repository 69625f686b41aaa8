"""Rows about a service, each as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.editor.facts.rows import FactsForm, FactsMeta, texts
from portal.editor.facts.subject import Subject
from services_catalog import models
from services_catalog.choices import VALUES_OF, Caller, Dimension, Value


class PlaceForm(FactsForm):
    """A place of the service."""

    sets = {"location": "locations"}

    class Meta(FactsMeta):
        model = models.ServiceAtLocation
        fields = ["location", *texts(models.ServiceAtLocation)]
        labels: ClassVar[dict[str, Any]] = {"location": _("help point")}


class ParticipationForm(FactsForm):
    """An organization in its role."""

    sets = {"organization": "organizations"}

    class Meta(FactsMeta):
        model = models.ServiceOrganization
        fields = ["organization", "role"]


class ShareForm(FactsForm):
    """Another territory."""

    class Meta(FactsMeta):
        model = models.ServiceShare
        fields = ["territory"]


class AreaForm(FactsForm):
    """Where the people served live."""

    class Meta(FactsMeta):
        model = models.ServiceArea
        fields = ["comune", "name"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _(
                "For an area that is not a comune: “north parishes”. A name alone, “whole territory”, for all of it."
            )
        }

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.offer_comuni()


def values_by_dimension() -> list[tuple[str, list[tuple[str, str]]]]:
    """Values of conditions under the name of what they are about."""
    labels = {**dict(Value.choices), **dict(Caller.choices)}
    order = list(labels)
    return [
        (str(Dimension(dimension).label), [(value, str(labels[value])) for value in sorted(values, key=order.index)])
        for dimension, values in VALUES_OF.items()
    ]


class EligibilityForm(FactsForm):
    """A condition on one dimension."""

    values = forms.MultipleChoiceField(
        label=_("which"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Several may be chosen (Ctrl)."),
    )
    comuni = forms.MultipleChoiceField(
        label=_("residents of"), required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )

    class Meta(FactsMeta):
        model = models.EligibilityRule
        fields = [
            "dimension",
            "strength",
            "subject",
            "values",
            "minimum_age",
            "maximum_age",
            "comuni",
            "isee_maximum",
            "isee_household",
            "isee_year",
            *texts(models.EligibilityRule),
        ]

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self._offer("values", values_by_dimension())
        self._offer("comuni", subject.comuni)


class StepForm(FactsForm):
    """A step on the way in."""

    sets = {"at_service": "steps_lead_to"}

    class Meta(FactsMeta):
        model = models.AccessStep
        fields = [
            "position",
            "kind",
            "at_service",
            "opens",
            "closes",
            "opening_hours",
            "waiting_days",
            *texts(models.AccessStep),
        ]
        help_texts: ClassVar[dict[str, Any]] = {"opening_hours": _("As in “Hours”: Mo-Fr 09:00-12:00.")}


class DocumentForm(FactsForm):
    """What to bring."""

    class Meta(FactsMeta):
        model = models.RequiredDocument
        fields = ["mandatory", *texts(models.RequiredDocument)]


class CostForm(FactsForm):
    """A price."""

    class Meta(FactsMeta):
        model = models.CostOption
        fields = ["amount", "isee_from", "isee_to", "valid_from", "valid_until", *texts(models.CostOption)]


class CapacityForm(FactsForm):
    """Places, and those free."""

    terms = {"unit": "unit", "population": "target"}

    class Meta(FactsMeta):
        model = models.Capacity
        fields = ["unit", "population", "maximum", "available", "reported_at", "expires_at", *texts(models.Capacity)]
        help_texts: ClassVar[dict[str, Any]] = {
            "expires_at": _("After this the portal no longer says how many are free."),
        }


class FigureForm(FactsForm):
    """A professional one meets."""

    terms = {"term": "figure", "languages": "language"}

    class Meta(FactsMeta):
        model = models.ServiceFigure
        fields = ["term", "number", "languages"]
