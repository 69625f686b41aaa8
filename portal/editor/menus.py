"""Buttons of the edit screen, by what may be done to this row."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.search import SearchArea
from wagtail.permissions import policy_registry

from services_catalog import access

CLOSED_TO_OTHERS = {"reports", "help", "settings"}
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


def trim(request: HttpRequest, items: list[Any]) -> None:
    """Take the areas that are closed out of the menu of who is not an administrator."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in CLOSED_TO_OTHERS]


def search_services(request: HttpRequest, areas: list[Any]) -> None:
    """The admin's search box looks among services: what people of the catalogue look for."""
    url = reverse("wagtailsnippets_services_catalog_service:list")
    areas[:] = [SearchArea(_("Services"), url, name="services", icon_name="help")]
