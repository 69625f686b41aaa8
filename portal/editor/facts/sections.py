"""Sections: the pages into which a thing's facts are divided, each short enough for ten minutes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import QuerySet
from django.forms import ModelForm, modelformset_factory

from portal.editor.facts.subject import Subject

Text = Any


@dataclass(frozen=True)
class Table:
    """Rows about the subject, of one model."""

    title: Text
    form: type[ModelForm]  # type: ignore[type-arg]
    rows: Callable[[Subject], QuerySet[Any]]
    help: Text = ""
    extra: int = 1
    attach: str = ""
    """Column by which a new row belongs to the subject; "" where the form itself says whose it is."""

    @property
    def name(self) -> str:
        return str(self.form._meta.model._meta.model_name)

    def formset(self, subject: Subject, data: Any = None) -> Any:
        """The rows as a formset, with empty rows at the end."""
        made = modelformset_factory(self.form._meta.model, form=self.form, extra=self.extra, can_delete=True)
        return made(data, queryset=self.rows(subject), prefix=self.name, form_kwargs={"subject": subject})


@dataclass(frozen=True)
class Section:
    """A page of facts."""

    slug: str
    title: Text
    help: Text
    form: type[Any] | None = None
    tables: tuple[Table, ...] = ()
    staff_only: bool = False
    suits: Callable[[Any], bool] = lambda _row: True
    """Whether a thing has such facts at all."""

    def is_for(self, subject: Subject) -> bool:
        return (subject.is_of_staff or not self.staff_only) and self.suits(subject.row)

    def build(self, subject: Subject, data: Any = None) -> tuple[Any, list[tuple[Table, Any]]]:
        """The form (or None) and the tables' formsets, bound to `data` if given."""
        form = self.form(data, instance=subject.row, subject=subject, prefix="own") if self.form else None
        return form, [(table, table.formset(subject, data)) for table in self.tables]

    def fingerprint(self, subject: Subject) -> str:
        """A digest of what the page shows: tells whether somebody else has changed it meanwhile."""
        form, formsets = self.build(subject)
        shown: list[Any] = [_initial(form)] if form else []
        shown += [[str(row.instance.pk), _initial(row)] for _table, rows in formsets for row in rows.initial_forms]
        return hashlib.blake2b(orjson.dumps(shown, default=str), digest_size=12).hexdigest()


def _initial(form: Any) -> list[tuple[str, str]]:
    return [(name, str(form.get_initial_for_field(field, name))) for name, field in form.fields.items()]
