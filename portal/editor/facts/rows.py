"""Forms of facts: of a thing's own columns, and of rows about it."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models as db
from django.forms.models import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal.editor.facts.subject import Subject
from services_catalog.choices import Caller
from services_catalog.languages import DEFAULT_LANGUAGE, columns
from services_catalog.models import Comune

NAMES = dict(settings.LANGUAGES)


def texts(model: Any, *fields: str) -> list[str]:
    """Columns of translated texts, for a form's `fields`."""
    return [column for field in fields or model.translated_fields() for column in columns(field).values()]


def facts_widgets(db_field: Any, **options: Any) -> Any:
    """Form fields of facts: dates with a picker, short texts in short boxes."""
    if isinstance(db_field, db.DateField) and not isinstance(db_field, db.DateTimeField):
        options["widget"] = AdminDateInput
    if isinstance(db_field, db.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 2})
    if isinstance(db_field, db.URLField):
        options["assume_scheme"] = "https"
    return db_field.formfield(**options)


class FactsMeta:
    """Base of the forms' Meta: Django takes the callback from there alone."""

    formfield_callback = staticmethod(facts_widgets)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Columns of a thing or of a row about it."""

    terms: ClassVar[dict[str, str]] = {}
    """Field → taxonomy whose terms it chooses among."""
    sets: ClassVar[dict[str, str]] = {}
    """Field → set of the subject's rows it chooses among."""

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self._narrow_languages()
        for name, taxonomy in self.terms.items():
            self._offer(name, subject.terms(taxonomy))
        for name, rows in self.sets.items():
            if name in self.fields:
                self.fields[name].queryset = getattr(subject, rows)  # type: ignore[attr-defined]
                self._offer(name, subject.choices(rows))
        if "callers" in self.fields:
            self.fields["callers"] = forms.MultipleChoiceField(
                choices=Caller.choices,
                required=False,
                label=_("who may call or come"),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("None ticked: everybody."),
            )

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields.get(name)
        if field is None:
            return
        single = isinstance(field, ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField)
        field.choices = [("", "—"), *choices] if single else choices

    def offer_comuni(self, name: str = "comune") -> None:
        """Offer the territory's comuni, and the one that is there already."""
        field: Any = self.fields[name]
        known = dict(self.subject.comuni)
        current = self.instance.comune
        if current is not None:
            known.setdefault(current.pk, str(current))
        field.queryset = Comune.objects.filter(pk__in=known)
        self._offer(name, list(known.items()))

    def _narrow_languages(self) -> None:
        for field in getattr(self._meta.model, "translated_fields", tuple)():
            label = self._meta.model._meta.get_field(field).verbose_name
            for language, column in columns(field).items():
                if column not in self.fields:
                    continue
                if language not in self.subject.languages:
                    del self.fields[column]
                    continue
                self.fields[column].label = label if language == DEFAULT_LANGUAGE else f"{label} · {NAMES[language]}"
                if language != DEFAULT_LANGUAGE:
                    self.fields[column].widget.attrs |= {"lang": language, "data-translation": language, "dir": "auto"}

    @property
    def main_fields(self) -> list[Any]:
        """Bound fields but the translations, which the page folds away."""
        return [field for field in self.visible_fields() if not _language(field)]

    @property
    def translations(self) -> list[Any]:
        """Bound fields of texts in languages other than the default."""
        return [field for field in self.visible_fields() if _language(field)]

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors on columns that are not in this form are said of the whole form."""
        if field is None and isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            kept = {name: found for name, found in error.error_dict.items() if name in self.fields}
            others = [e for name, found in error.error_dict.items() if name not in self.fields for e in found]
            if others:
                kept[NON_FIELD_ERRORS] = others
            error = ValidationError(kept)
        super().add_error(field, error)


def _language(field: Any) -> str:
    return str(field.field.widget.attrs.get("data-translation", ""))


class OwnedForm(FactsForm):
    """A row of one of several owners: the service as a whole, one of its places, one of its phones."""

    owners: ClassVar[tuple[str, ...]] = ("places",)

    owner = forms.ChoiceField(label=_("of"))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["owner"].choices = owner_choices(subject, self.owners)  # type: ignore[attr-defined]
        self.fields["owner"].initial = self._current() or subject.kind
        self.order_fields(["owner"])

    def _current(self) -> str:
        row = self.instance
        for prefix, column in (("at", "service_at_location_id"), ("phone", "phone_id")):
            if getattr(row, column, None):
                return f"{prefix}:{getattr(row, column)}"
        return ""

    def _post_clean(self) -> None:
        self._set_owner(self.cleaned_data.get("owner", ""))
        super()._post_clean()  # type: ignore[misc]  # Django's stubs leave it out

    def _set_owner(self, owner: str) -> None:
        row, subject = self.instance, self.subject
        prefix, _colon, key = owner.partition(":")
        columns_of = {subject.kind: subject.row.pk if prefix == subject.kind else None}
        columns_of["service_at_location"] = key if prefix == "at" else None
        columns_of["phone"] = key if prefix == "phone" else None
        for name, value in columns_of.items():
            if hasattr(row, f"{name}_id"):
                setattr(row, f"{name}_id", value)


def owner_choices(subject: Subject, sets: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a row may belong to."""
    whole = {"service": _("the service as a whole"), "location": _("this help point")}
    choices = [(subject.kind, str(whole.get(subject.kind, _("the organization"))))]
    if "places" in sets:
        choices += [(f"at:{place.pk}", str(place.location)) for place in subject.places]
    if "phones" in sets:
        choices += [(f"phone:{phone.pk}", f"☎ {phone}") for phone in subject.phones]
    return choices
