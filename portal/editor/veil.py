"""No title of a sealed thing in the admin's own records: log entries and revisions freeze titles, reports list them."""

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext, override
from wagtail.models import ModelLogEntry, Revision

from services_catalog import access, models
from services_catalog.languages import DEFAULT_LANGUAGE

SEALABLE = (models.Service, models.Location)


def veiled(row: Any) -> str:
    """What a sealed thing is called where it is not opened: what it is, and the first digits of its id."""
    with override(DEFAULT_LANGUAGE):
        return f"{gettext('Protected')}: {row._meta.verbose_name} {str(row.pk)[:8]}"


def title(row: Any) -> str:
    """The thing's title, veiled where it is sealed; "—" where it is gone."""
    if row is None:
        return "—"
    return veiled(row) if access.is_sealed(row) else str(row)


def connect() -> None:
    pre_save.connect(_veil_log, sender=ModelLogEntry, dispatch_uid="portolano.veil_log")
    pre_save.connect(_veil_revision, sender=Revision, dispatch_uid="portolano.veil_revision")


def draw_over_sealed(row: Any) -> None:
    """Veil what was written before it was sealed: of a sealed thing, and of the places a sealed service is at."""
    if not access.is_sealed(row):
        return
    _draw_over(row)
    if isinstance(row, models.Service):
        for place in models.Location.objects.filter(services__service=row):
            _draw_over(place)


def _draw_over(row: Any) -> None:
    name = veiled(row)
    kind = row.get_base_content_type()
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(label=name)
    Revision.objects.filter(base_content_type=kind, object_id=str(row.pk)).update(object_str=name)


def _veil_log(instance: ModelLogEntry, **_signal: Any) -> None:
    model = instance.content_type.model_class() if instance.content_type_id else None
    if model in SEALABLE and _is_sealed(model, instance.object_id):
        instance.label = veiled(model(pk=instance.object_id))


def _veil_revision(instance: Revision, **_signal: Any) -> None:
    model = instance.base_content_type.model_class()
    if model in SEALABLE and _is_sealed(model, instance.object_id):
        instance.object_str = veiled(model(pk=instance.object_id))


def _is_sealed(model: Any, key: Any) -> bool:
    return bool(model._base_manager.filter(access.sealed(model), pk=key).exists())
