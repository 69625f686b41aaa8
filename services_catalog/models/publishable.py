"""Prose with drafts and revisions, facts without.

A revision holds a record's prose and nothing else: approving an older draft must not bring back last month's hours
(measured: Monday became Sunday). Everything else of the row stays as the database has it, re-read under the lock.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin

from services_catalog.languages import DEFAULT_LANGUAGE, columns
from services_catalog.models.base import Compiled
from services_catalog.publication.transaction import publishing


class Translated(models.Model):
    """Translated columns that survive revisions and any language of the admin.

    modeltranslation points the plain name (`name`) at the active language's column, so its value is of whoever saves:
    it is left out of revisions and validation, and written as the default language's.
    """

    prose_fields: ClassVar[tuple[str, ...]] = ()
    translated_facts: ClassVar[tuple[str, ...]] = ()
    """Texts that are facts: they hold at once, outside drafts and revisions."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        names = options.get("update_fields")
        if names is not None:
            default = {field: columns(field)[DEFAULT_LANGUAGE] for field in self.translated_fields()}
            options["update_fields"] = {default.get(name, name) for name in names}
        with override(DEFAULT_LANGUAGE):
            super().save(*args, **options)

    @classmethod
    def translated_fields(cls) -> tuple[str, ...]:
        """Plain names of all translated fields."""
        return (*cls.prose_fields, *cls.translated_facts)

    @classmethod
    def prose_columns(cls) -> set[str]:
        """Names of all translated columns of the prose."""
        return {column for field in cls.prose_fields for column in columns(field).values()}

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude={*(exclude or ()), *self.translated_fields()})


class Publishable(Translated, Compiled, PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin):
    """A snippet whose prose is drafted, revised, approved and published, and whose facts hold at once."""

    kind: ClassVar[str]
    revised_besides_prose: ClassVar[frozenset[str]] = frozenset({"pk", "go_live_at", "expire_at"})
    in_no_body: ClassVar[frozenset[str]] = frozenset(
        {"latest_revision", "has_unpublished_changes", "locked", "locked_at", "locked_by"}
    )
    preview: ClassVar[Callable[["Publishable", HttpRequest, str], HttpResponse] | None] = None
    """Renders a draft; given by the portal, which alone knows the public pages."""

    class Meta:
        abstract = True

    def serializable_data(self) -> dict[str, Any]:
        kept = self.prose_columns() | self.revised_besides_prose
        return {name: value for name, value in super().serializable_data().items() if name in kept}

    def with_content_json(self, content: dict[str, Any]) -> "Publishable":
        kept = self.prose_columns() | self.revised_besides_prose
        aliases = self.translated_fields()
        revised: Publishable = super().with_content_json({k: v for k, v in content.items() if k in kept})
        for field in self._meta.concrete_fields:
            if field.name not in kept and field.name not in aliases and not field.primary_key:
                setattr(revised, field.attname, getattr(self, field.attname))
        revised._state.adding = self._state.adding
        return revised

    def publish(self, revision: Revision, *args: Any, **options: Any) -> Any:
        with publishing():
            # The facts of the row may have changed since the revision's object was read: read it again under the lock.
            revision._state.fields_cache.pop("content_object", None)
            revision.__dict__.pop("base_content_object", None)
            return super().publish(revision, *args, **options)

    def unpublish(self, *args: Any, **options: Any) -> Any:
        with publishing() as pending:
            pending.touch(self.affected([self.pk]), hides=True)
            # Somebody may hold an instance read before the last publication: its columns must not be written back.
            self.refresh_from_db()
            return super().unpublish(*args, **options)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        render = type(self).preview
        if render is None:
            raise LookupError(f"nobody renders previews of {self.kind}")
        return render(self, request, get_language() or DEFAULT_LANGUAGE)
