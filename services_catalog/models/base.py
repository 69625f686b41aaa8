"""What every table that a record is made of shares: its id, and that no change of it escapes the compiler."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog import opening_hours
from services_catalog.choices import Audience, Caller
from services_catalog.publication.transaction import SEALED, Key, publishing

Row = TypeVar("Row", bound="Compiled")


class CompiledQuerySet(models.QuerySet[Row]):
    """Bulk writes that compile what they touch, in their own transaction."""

    def delete(self) -> tuple[int, dict[str, int]]:
        with publishing() as pending:
            pending.touch(self.model.affected(self._ids()), hides=True)
            return super().delete()

    def update(self, **values: Any) -> int:
        with publishing() as pending:
            ids = self._ids()
            pending.touch(self.model.affected(ids), hides=True)
            changed = super().update(**values)
            pending.touch(self.model.affected(ids), hides=True)
            return changed

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        with publishing() as pending:
            created = super().bulk_create(objs, *args, **options)
            pending.touch(self.model.affected([row.pk for row in created]))
            return created

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **options: Any) -> int:
        rows = list(objs)
        with publishing():
            return super().bulk_update(rows, fields, *args, **options)

    def _ids(self) -> list[Any]:
        return list(self.order_by().values_list("pk", flat=True))


class CompiledManager(models.Manager[Row]):
    """The manager of such rows. Written out: the type checker can't follow `from_queryset` here."""

    def get_queryset(self) -> CompiledQuerySet[Row]:
        return CompiledQuerySet(self.model, using=self._db)


class Compiled(models.Model):
    """A row that published bodies are made of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects: ClassVar[models.Manager[Self]] = CompiledManager()

    touches: ClassVar[dict[str, str]] = {}
    """Path to an id → kind of the thing with this id, whose records hold what this row says."""

    in_no_body: ClassVar[frozenset[str]] = frozenset()
    """Columns that no body shows. Saving these alone takes its turn at the head, for no two writers to deadlock, and
    compiles nothing."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        names = options.get("update_fields")
        with publishing() as pending:
            if names and set(names) <= self.in_no_body:
                super().save(*args, **options)
                return
            if not self._state.adding:
                pending.touch(self.affected([self.pk]), hides=self.hides_on_save)
            super().save(*args, **options)
            pending.touch(self.affected([self.pk]), hides=self.hides_on_save)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with publishing() as pending:
            pending.touch(self.affected([self.pk]), hides=True)
            return super().delete(*args, **options)

    @classmethod
    def affected(cls, ids: Iterable[Any]) -> set[Key]:
        """What the rows with these ids are part of, as the database has them now, and SEALED if one is. One query."""
        ids = list(ids)
        if not ids:
            return set()
        columns = {*cls.touches, *(["audience"] if hasattr(cls, "audience") else [])}
        rows = list(cls._base_manager.filter(pk__in=ids).values(*columns))
        found = {Key(kind, row[path]) for row in rows for path, kind in cls.touches.items() if row[path]}
        return found | {SEALED for row in rows if row.get("audience") == Audience.SEALED}

    @property
    def hides_on_save(self) -> bool:
        """Whether saving may take something from a reader: then no dependent record waits for a later batch."""
        return hasattr(self, "audience")


class Ordered(models.Model):
    """A row with its place among its siblings."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("position", "id")


class Addressed(models.Model):
    """A row with an audience, and the callers it admits (none named: all)."""

    audience = models.CharField(
        _("who may see it"), max_length=8, choices=Audience, default=Audience.PUBLIC, db_index=True
    )
    callers = models.JSONField(_("who may call or come"), default=list, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        validate_callers(self.callers)


class Sourced(models.Model):
    """A row that says where what it states comes from, and when somebody last made sure."""

    sources = models.JSONField(_("sources"), default=list, blank=True)
    assured_date = models.DateField(_("last checked on"), null=True, blank=True)

    class Meta:
        abstract = True


def validate_callers(values: object) -> None:
    """Raises ValidationError unless `values` is a list of Caller values."""
    if not isinstance(values, list) or not set(values) <= set(Caller.values):
        raise ValidationError({"callers": _("Unknown callers: choose among %s.") % ", ".join(Caller.values)})


def validate_hours(field: str, text: str) -> None:
    """Raises ValidationError, on `field`, where `text` is not OSM's opening_hours."""
    try:
        opening_hours.validate(text)
    except opening_hours.OpeningHoursError as error:
        raise ValidationError({field: str(error)}) from None
