"""Facts that services, places and organizations share: hours, phones, contacts."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.editor.facts.rows import FactsForm, FactsMeta, OwnedForm, texts
from portal.editor.facts.sections import Section, Table
from portal.editor.facts.subject import Subject
from services_catalog import models

HOURS_HELP = _(
    "Write the hours as “Mo-Fr 09:00-12:30; Sa 10:00-12:00” (Mo Tu We Th Fr Sa Su; PH for public holidays; “off” "
    "for closed). "
    "Past midnight: “22:00-08:00”. Always open: “24/7”. A season: “Nov-Mar: 20:00-08:00”."
)


class ScheduleForm(OwnedForm):
    """Hours, and of what."""

    owners = ("places", "phones")

    class Meta(FactsMeta):
        model = models.Schedule
        fields = [
            "kind",
            "rule",
            "opening_hours",
            "valid_from",
            "valid_until",
            "closes_on_comune_holidays",
            "audience",
            "callers",
            *texts(models.Schedule),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "opening_hours": forms.TextInput(attrs={"placeholder": "Mo-Fr 09:00-12:30", "spellcheck": "false"})
        }


class ExceptionForm(FactsForm):
    """Days on which other hours hold."""

    sets = {"schedule": "schedules"}

    class Meta(FactsMeta):
        model = models.ScheduleException
        fields = ["schedule", "starts", "ends", "opening_hours", *texts(models.ScheduleException)]
        labels: ClassVar[dict[str, Any]] = {"schedule": _("of the hours")}
        help_texts: ClassVar[dict[str, Any]] = {"opening_hours": _("“off” if it stays closed.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["starts"] > data["ends"]:
            self.add_error("ends", _("The last day is before the first."))
        return data


class PhoneForm(OwnedForm):
    """A number."""

    terms = {"languages": "language"}

    class Meta(FactsMeta):
        model = models.Phone
        fields = ["type", "number", "extension", "audience", "callers", "languages", *texts(models.Phone)]
        help_texts: ClassVar[dict[str, Any]] = {
            "audience": _("Left empty: everybody; of a person's own mobile, operators only."),
            "number": _("As people dial it. Unknown: leave it empty, the portal says so."),
        }


class ContactForm(OwnedForm):
    """Whom to ask for."""

    terms = {"languages": "language", "figure": "figure"}

    class Meta(FactsMeta):
        model = models.Contact
        fields = ["name", "email", "figure", "audience", "callers", "languages", *texts(models.Contact)]
        help_texts: ClassVar[dict[str, Any]] = {"name": _("Better a desk than a person: people change.")}


def owned(model: Any) -> Any:
    """The rows of `model` that belong to the subject or its places, or, for hours, its phones."""

    def rows(subject: Subject) -> QuerySet[Any]:
        mine = Q(**{subject.kind: subject.row}) if hasattr(model, subject.kind) else Q(pk__in=[])
        if subject.places:
            mine |= Q(service_at_location__in=subject.places)
        if hasattr(model, "phone"):
            mine |= Q(phone__in=subject.phones)
        found: QuerySet[Any] = model.objects.filter(mine).order_by("position", "id")
        return subject.seen(found)

    return rows


def exceptions(subject: Subject) -> QuerySet[Any]:
    return models.ScheduleException.objects.filter(schedule__in=subject.schedules).order_by("starts", "id")


HOURS = Section(
    "hours",
    _("Hours"),
    HOURS_HELP,
    tables=(
        Table(_("Hours"), ScheduleForm, owned(models.Schedule)),
        Table(
            _("Closures and other hours on certain days"),
            ExceptionForm,
            exceptions,
            help=_("First save the hours, then say on which days they do not hold."),
        ),
    ),
)

PHONES = Section(
    "phones",
    _("Phones and contacts"),
    _("The first phone is the one the portal offers to call."),
    tables=(
        Table(_("Phones"), PhoneForm, owned(models.Phone)),
        Table(_("Contacts"), ContactForm, owned(models.Contact)),
    ),
)
