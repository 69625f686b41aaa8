"""Who works on what, and who opened what: for administrators."""

from typing import Any

from django.db import models as db
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.editor.veil import title
from services_catalog.models import Membership, SealedOpening


class MembershipViewSet(ModelViewSet):
    """Memberships: given and taken here, they hold from the next page."""

    model = Membership
    name = "memberships"
    icon = "user"
    menu_label = _("Memberships")
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("user", "role", "organization", "territory")
    list_display = ("user", Column("role", label=_("Role"), accessor="get_role_display"), "organization", "territory")
    search_fields = ("user__username", "user__first_name", "user__last_name", "organization__name")


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Administrators look; nobody writes, for a log that can be changed is not one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.is_active and user.is_superuser

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


class OpeningViewSet(ModelViewSet):
    """Openings of protected places."""

    model = SealedOpening
    name = "openings"
    icon = "lock"
    menu_label = _("Openings of protected places")
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("reason",)
    list_display = (
        "user",
        Column("what", label=_("What"), accessor=lambda row: title(row.service or row.location)),
        "reason",
        DateColumn("at", label=_("When"), sort_key="at"),
    )

    def get_queryset(self, request: HttpRequest) -> db.QuerySet[SealedOpening]:
        return SealedOpening.objects.select_related("user", "service", "location")
