"""The terms of a service, taxonomy by taxonomy, as boxes to tick."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from portal.editor.facts.subject import Subject
from services_catalog import models


class TermsForm(forms.Form):
    """Ticks are rows of ServiceTerm; terms of taxonomies not shown stay as they are."""

    taxonomies: ClassVar[dict[str, Any]] = {}

    def __init__(self, data: Any, *, instance: Any, subject: Subject, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.subject, self.instance = subject, instance
        chosen: dict[str, list[str]] = {}
        for taxonomy, term in models.ServiceTerm.objects.filter(service=instance).values_list(
            "term__taxonomy_id", "term_id"
        ):
            chosen.setdefault(taxonomy, []).append(str(term))
        for taxonomy, label in self.taxonomies.items():
            self.fields[taxonomy] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[(str(key), name) for key, name in subject.terms(taxonomy)],
                initial=sorted(chosen.get(taxonomy, [])),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "catalogue-ticks"}),
            )

    @property
    def main_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def translations(self) -> list[Any]:
        return []

    def save(self) -> Any:
        """Write the difference, in the transaction that is open."""
        shown = models.ServiceTerm.objects.filter(service=self.instance, term__taxonomy__in=self.taxonomies)
        before = set(shown.values_list("term_id", flat=True))
        after = {UUID(key) for taxonomy in self.taxonomies for key in self.cleaned_data[taxonomy]}
        shown.filter(term__in=before - after).delete()
        models.ServiceTerm.objects.bulk_create(
            models.ServiceTerm(service=self.instance, term_id=term) for term in sorted(after - before)
        )
        return self.instance
