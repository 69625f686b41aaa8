"""The column that says where a thing stands between draft and public, in one query for the whole page.

Wagtail's own asks two questions for each row.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.models import WorkflowState

from services_catalog.choices import Audience

PROTECTED = _("protected")
PUBLIC, PUBLIC_WITH_DRAFT, WAITING, DRAFT = _("public"), _("public, with a draft"), _("to approve"), _("draft")


def mark_waiting(rows: Iterable[Any]) -> None:
    """Note on each row whether it waits for approval. One query."""
    rows = [row for row in rows if hasattr(row, "has_unpublished_changes")]
    if not rows:
        return
    waiting = set(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(type(rows[0]), for_concrete_model=False),
            object_id__in=[str(row.pk) for row in rows],
            status=WorkflowState.STATUS_IN_PROGRESS,
        ).values_list("object_id", flat=True)
    )
    for row in rows:
        row.waits_for_approval = str(row.pk) in waiting


def standing(row: Any) -> Any:
    """Where the thing stands, in a word or two."""
    if getattr(row, "waits_for_approval", False):
        return WAITING
    if row.live and getattr(row, "audience", "") == Audience.SEALED:
        return PROTECTED
    if not row.live:
        return DRAFT
    return PUBLIC_WITH_DRAFT if row.has_unpublished_changes else PUBLIC


def standing_column() -> StatusTagColumn:
    return StatusTagColumn(
        "standing", label=_("Texts"), accessor=standing, primary=lambda row: row.live, width="14%", sort_key="live"
    )
