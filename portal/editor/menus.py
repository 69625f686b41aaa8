"""Buttons of the edit screen, by what may be done to this row."""

from typing import Any

from django.http import HttpRequest
from wagtail.permissions import policy_registry

from services_catalog import access

DECIDING = {"action-publish", "action-unpublish"}


def narrow(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take out what the person may do to others of the kind, but not to this one."""
    row = context.get("instance")
    if row is None or type(row) not in access.MODELS:
        return
    policy = policy_registry.get_by_type(type(row))
    exists = not row._state.adding
    publishes = policy.user_has_permission_for_instance(request.user, "publish", row) if exists else True
    if not publishes:
        items[:] = [item for item in items if item.name not in DECIDING]
