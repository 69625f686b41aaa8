"""Custom attributes: the choices of a definition, and what a service states."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.editor.facts.rows import FactsForm, FactsMeta, texts
from portal.editor.facts.sections import Section, Table
from portal.editor.facts.subject import Subject
from services_catalog import models
from services_catalog.attributes import CHOOSING, GREATEST, LONGEST, NO, YES, Value
from services_catalog.choices import Answer, AttributeType, Audience
from services_catalog.publication.inputs import definitions


class ChoiceForm(FactsForm):
    """A value that the attribute offers."""

    class Meta(FactsMeta):
        model = models.AttributeChoice
        fields = ["key", *texts(models.AttributeChoice), "position"]

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["key"].disabled = not self.instance._state.adding


def choices_of(subject: Subject) -> QuerySet[Any]:
    found: QuerySet[Any] = models.AttributeChoice.objects.filter(attribute=subject.row)
    return found


CHOICES = (
    Section(
        "choices",
        _("Choices"),
        _("A choice taken away is stated no more. Its key stays as it is: services hold it."),
        tables=(Table(_("Choices"), ChoiceForm, choices_of, attach="attribute"),),
        suits=lambda attribute: attribute.type in CHOOSING,
    ),
)


def attributes_of(service: Any) -> QuerySet[Any]:
    """The definitions in use of which the service can state a value."""
    of_territory = Q(territory=None) | Q(territory=service.territory_id)
    found: QuerySet[Any] = models.Attribute.objects.filter(of_territory, active=True)
    return found


def has_attributes(service: Any) -> bool:
    return attributes_of(service).exists()


class AttributesForm(forms.Form):
    """A field for each definition. Only what is changed is written: values of definitions not shown, and those that no
    longer fit theirs, stay as they are."""

    def __init__(self, data: Any, *, instance: Any, subject: Subject, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.subject, self.instance = subject, instance
        known = {one.key: one for one in definitions()}
        for attribute in attributes_of(instance).prefetch_related("choices"):
            value = known[attribute.key].reads(instance.attributes.get(attribute.key))
            self.fields[attribute.key] = _field(attribute, value)

    @property
    def main_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def translations(self) -> list[Any]:
        return []

    def save(self) -> Any:
        """Write what is changed, in the transaction that is open."""
        values: dict[str, Value] = dict(self.instance.attributes)
        for key in self.changed_data:
            said = self.cleaned_data[key]
            values.pop(key, None)
            if said not in (None, "", []):
                values[key] = said
        self.instance.attributes = values
        self.instance.save(update_fields=["attributes"])
        return self.instance


def _field(attribute: Any, value: Value | None) -> forms.Field:
    options: dict[str, Any] = {"label": str(attribute), "required": False, "initial": value}
    if attribute.audience != Audience.PUBLIC:
        options["help_text"] = _("Only phone operators and professionals see it.")
    offered = [(choice.key, str(choice)) for choice in attribute.choices.all()]
    match attribute.type:
        case AttributeType.YES_NO:
            return YesNoField(**options)
        case AttributeType.NUMBER:
            return forms.IntegerField(min_value=0, max_value=GREATEST, **options)
        case AttributeType.ONE:
            return forms.ChoiceField(choices=[("", "—"), *offered], **options)
        case AttributeType.SEVERAL:
            ticks = forms.CheckboxSelectMultiple(attrs={"class": "catalogue-ticks"})
            return forms.MultipleChoiceField(choices=offered, widget=ticks, **options)
    return forms.CharField(max_length=LONGEST, **options)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not stated."""

    def __init__(self, *, initial: Any, **options: Any) -> None:
        said = {True: YES, False: NO, None: ""}[initial]
        choices = [("", "—"), (YES, Answer.YES.label), (NO, Answer.NO.label)]
        super().__init__(choices=choices, coerce=YES.__eq__, empty_value=None, initial=said, **options)
