"""Prose of imported things: published with a revision of its own, or left as a draft."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Revision

from services_catalog import models
from services_catalog.exchange.store import ROWS, fetched, same
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.models.publishable import Publishable
from services_catalog.publication.inputs import Row, plain

PUBLISHABLE: tuple[type[Publishable], ...] = (models.Organization, models.Location, models.Service)


def pending(
    wanted: Mapping[UUID, Row], existing: Mapping[UUID, Row], model: type[Publishable]
) -> Iterator[tuple[UUID, str]]:
    """Things that somebody is working on: what they publish later would undo the import."""
    drafted = {key: row for key, row in existing.items() if key in wanted and row["has_unpublished_changes"]}
    contents = {
        row["id"]: row["content"]
        for row in fetched(Revision, "id", (row["latest_revision_id"] for row in drafted.values()))
    }
    scheduled = _scheduled(model, wanted)
    for key, row in existing.items():
        if key not in wanted:
            continue
        if row["locked"]:
            yield key, _("%s is locked by an editor") % key
        elif key in scheduled:
            yield key, _("%s has a publication scheduled, which would undo the import") % key
        elif key in drafted and not _says(contents.get(row["latest_revision_id"], {}), wanted[key], model):
            yield key, _("%s has a draft that is not published: publish or discard it first") % key


def _scheduled(model: type[Publishable], keys: Iterable[UUID]) -> set[UUID]:
    found = plain(Revision).filter(
        content_type=ContentType.objects.get_for_model(model), approved_go_live_at__isnull=False
    )
    return {UUID(key) for key in found.values_list("object_id", flat=True)} & set(keys)


def _says(content: Mapping[str, Any], row: Row, model: type[Publishable]) -> bool:
    """Whether the draft is what the file says, and nothing is undone by publishing either."""
    return all(same(content.get(name), row[name]) for name in model.prose_columns() if name in row)


def published(row: Row, current: Row | None) -> Row:
    """Columns of a thing published now: `row` with Wagtail's own."""
    now = timezone.now()
    first = (current and current["first_published_at"]) or now
    state = {"live": True, "has_unpublished_changes": False, "expired": False}
    return {**row, **state, "first_published_at": first, "last_published_at": now}


def drafted(row: Row, current: Row | None) -> Row:
    """Columns of a thing left as a draft: of one that is live nothing that a reader sees changes."""
    if current is not None and current["live"]:
        return {"id": row["id"], "has_unpublished_changes": True}
    return {**row, "live": False, "has_unpublished_changes": True}


def says_the_same(row: Row, current: Row | None, model: type[Publishable], *, live: bool) -> bool:
    """Whether the thing already is as the file has it: its prose, and whether it is published."""
    if current is None or (live and (not current["live"] or current["has_unpublished_changes"])):
        return False
    return all(same(row[name], current[name]) for name in model.prose_columns() if name in row)


def revise(model: type[Publishable], rows: Mapping[UUID, Row], *, live: bool) -> None:
    """A revision of each of these things as `rows` say them, the latest one, and the live one if published."""
    if not rows:
        return
    kind = ContentType.objects.get_for_model(model)
    now = timezone.now()
    with override(DEFAULT_LANGUAGE):
        instances = [model(**row) for row in rows.values()]
        revisions = [
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(instance.pk),
                created_at=now,
                content=instance.serializable_data(),
                object_str=str(instance),
            )
            for instance in instances
        ]
        Revision.objects.bulk_create(revisions, batch_size=ROWS)
    for instance, revision in zip(instances, revisions, strict=True):
        instance.latest_revision_id = revision.pk
        if live:
            instance.live_revision_id = revision.pk
    names = ["latest_revision_id", "live_revision_id"] if live else ["latest_revision_id"]
    plain(model).bulk_update(instances, [name.removesuffix("_id") for name in names], batch_size=ROWS)
