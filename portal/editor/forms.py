"""Forms of prose: the texts of a thing in its territory's languages, and, for a new one, whose it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from services_catalog import access, models
from services_catalog.choices import Role
from services_catalog.languages import LANGUAGES, columns
from services_catalog.publication.transaction import publishing


def languages_for(user: Any, row: Any) -> set[str]:
    """Languages switched on: by the row's territory, or, for a new row, by any territory of the person."""
    if getattr(row, "territory_id", None):
        return set(row.territory.languages)
    if isinstance(row, models.Territory) and not row._state.adding:
        return set(row.languages)
    territories = territories_for(user).values_list("languages", flat=True)
    return {language for group in territories for language in group} or set(LANGUAGES)


def territories_for(user: Any) -> Any:
    """Territories in which the person may start something: theirs, and those of the organizations they edit."""
    scope = access.scope_of(user)
    rows = models.Territory.objects.all()
    if scope.everywhere:
        return rows
    of_organizations = models.Organization.objects.filter(pk__in=scope.edits.organizations).values("territory_id")
    return rows.filter(pk__in=scope.edits.territories) | rows.filter(pk__in=of_organizations)


class ProseForm(WagtailAdminModelForm):
    """Holds the columns of the languages switched on, and no others.

    A field that is in a form but on no panel comes back empty, and blanks its column.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = languages_for(self.for_user, self.instance)
        for field in self._meta.model.prose_fields:
            for language, column in columns(field).items():
                if language not in on:
                    self.fields.pop(column, None)
                elif column in self.fields and len(on) > 1:
                    self.fields[column].widget.attrs.setdefault("lang", language)
                    self.fields[column].widget.attrs.setdefault("dir", "rtl" if language in {"ar", "ur"} else "auto")


class NewForm(ProseForm):
    """Asks for the territory of a new thing; of one that exists nothing but prose is here."""

    only_when_new: tuple[str, ...] = ("territory",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for name in self.only_when_new:
                self.fields.pop(name, None)
            return
        territory = self.fields["territory"]
        territory.queryset = territories_for(self.for_user)
        territory.initial = territory.queryset.first()


class OwnedForm(NewForm):
    """Asks also for the organization of a new service or place, among those the person works on."""

    only_when_new = ("territory", "organization")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organization" not in self.fields:
            return
        organizations = access.in_scope(models.Organization.objects.all(), self.for_user)
        field = self.fields["organization"]
        field.queryset = organizations
        field.required = not access.scope_of(self.for_user).edits.territories and not self.for_user.is_superuser
        if organizations[:2].count() == 1:
            field.initial = organizations.first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        organization, territory = data.get("organization"), data.get("territory")
        scope = access.scope_of(self.for_user)
        if organization and territory and not scope.everywhere:
            of_staff = territory.pk in scope.edits.territories
            if not of_staff and organization.territory_id != territory.pk:
                self.add_error("territory", _("Choose the territory of your organization."))
        return data


class ServiceForm(OwnedForm):
    """A service's prose; a new one says who runs it, which is a fact and a row of its own."""

    organization = forms.ModelChoiceField(
        models.Organization.objects.none(),
        label=_("Organization that runs it"),
        help_text=_("The service is then edited by the people of this organization."),
    )

    def save(self, commit: bool = True) -> Any:
        if not commit or not self.instance._state.adding:
            return super().save(commit)
        with publishing():
            service = super().save(commit)
            if runs := self.cleaned_data.get("organization"):
                models.ServiceOrganization.objects.create(service=service, organization=runs, role=Role.RUNS)
        return service


class AttributeForm(ProseForm):
    """The definition of a custom attribute: of every territory, if an administrator says so, or of the person's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and self.instance.is_used:
            for name in models.Attribute.lasting:
                self.fields[name].disabled = True
        scope = access.scope_of(self.for_user)
        if scope.everywhere:
            return
        if not self.instance._state.adding:
            del self.fields["territory"]
            return
        field = self.fields["territory"]
        field.queryset = models.Territory.objects.filter(pk__in=scope.edits.territories)
        field.required, field.initial = True, field.queryset.first()
