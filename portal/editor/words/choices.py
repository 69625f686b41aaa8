"""Choosing a need: those that people have words for, under the need they belong to."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from services_catalog.models import TaxonomyTerm

NO_NEED = _("No service helps with this")


def needs() -> QuerySet[TaxonomyTerm]:
    """The needs that phrases belong to, each with its parent, in the taxonomy's order."""
    return (
        TaxonomyTerm.objects.filter(taxonomy_id="need", parent__isnull=False)
        .select_related("parent")
        .order_by("parent__order", "parent__slug", "order", "slug")
    )


def need_name(need: TaxonomyTerm | None) -> str:
    """A need as the screens call it."""
    if need is None:
        return str(NO_NEED)
    return f"{need.parent} › {need}" if need.parent_id else str(need)


class NeedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is no generic when it runs
    """One need, or none."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"queryset": TaxonomyTerm.objects.none(), **options})
        self.queryset = needs()

    def label_from_instance(self, need: Any) -> str:
        return need_name(need)


class NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several needs."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "words-ticks"})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"queryset": TaxonomyTerm.objects.none(), **options})
        self.queryset = needs()

    def label_from_instance(self, need: Any) -> str:
        return need_name(need)
