"""What waits for me: submissions to decide on, drafts of mine, things nobody has checked for long."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_latest_str
from wagtail.models import TaskState

from services_catalog import access, models
from services_catalog.choices import Audience, Status

OLD_AFTER = timedelta(days=180)
"""Facts not made sure of for this long are to be checked: half a year is a season of hours."""
MOST = 8


class WaitingPanel(Component):
    """The first panel of the admin's home."""

    template_name = "editor/waiting.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        services = (
            access.in_scope(models.Service.objects.all(), user)
            .exclude(audience=Audience.SEALED)
            .select_related("latest_revision")
        )
        drafts = services.filter(has_unpublished_changes=True)
        to_check = services.filter(live=True, status=Status.ACTIVE).filter(
            Q(assured_date__isnull=True) | Q(assured_date__lt=timezone.localdate() - OLD_AFTER)
        )
        return {
            "to_approve": [_submission(state) for state in _to_approve(user)[:MOST]],
            "drafts": [_entry(row, "edit") for row in drafts.order_by("-latest_revision__created_at")[:MOST]],
            "drafts_count": drafts.count(),
            "to_check": [_entry(row, "facts") for row in to_check.order_by("assured_date", "id")[:MOST]],
            "to_check_count": to_check.count(),
        }


def _to_approve(user: Any) -> Any:
    return TaskState.objects.reviewable_by(user).select_related("revision").order_by("started_at")


def _submission(state: TaskState) -> dict[str, Any]:
    row = state.revision.base_content_object
    return _entry(row, "edit") | {"name": state.revision.object_str, "since": state.started_at}


def _entry(row: Any, leads_to: str) -> dict[str, Any]:
    kind = row._meta.model_name
    if leads_to == "facts":
        url = reverse("catalogue_facts", args=[kind, row.pk, "state"])
    else:
        url = reverse(f"wagtailsnippets_services_catalog_{kind}:edit", args=[row.pk])
    return {"name": get_latest_str(row), "kind": row._meta.verbose_name, "url": url}
