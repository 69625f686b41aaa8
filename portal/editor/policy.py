"""The catalogue's policy (`services_catalog.access`) in the terms of Wagtail's admin, and of Django's permissions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.db import models as db
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from services_catalog import access
from services_catalog.models import Membership
from services_catalog.models.membership import MembershipRole

EDITING_ROLES = (MembershipRole.EDITOR, MembershipRole.STAFF, MembershipRole.CUSTODIAN)


class ScopePolicy(BasePermissionPolicy):
    """What memberships reach, for one model."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return access.may(user, action, self.model)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return access.may_with(user, action, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> db.QuerySet[Any]:
        rows = self.model._default_manager.all()
        return access.in_scope(rows, user) if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> db.QuerySet[Any]:
        members = Membership.objects.filter(role__in=EDITING_ROLES).values("user_id")
        return (
            get_user_model()
            ._default_manager.filter(is_active=True)
            .filter(db.Q(is_superuser=True) | db.Q(pk__in=members))
        )

    def of(self, pk: Any) -> "RowPolicy":
        """The policy about the one row with this key."""
        return RowPolicy(self, pk)


class RowPolicy(ScopePolicy):
    """The policy about one row: Wagtail's views ask about the model where they should ask about the row."""

    def __init__(self, policy: ScopePolicy, pk: Any) -> None:
        super().__init__(policy.model)
        self.row = policy.model(pk=pk)

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "add":
            return super().user_has_permission(user, action)
        return access.may_with(user, action, self.row)


class MembershipBackend(BaseBackend):
    """Lets memberships count where Wagtail asks Django for permissions: entering the admin, showing a menu's item."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _dot, codename = perm.partition(".")
        if perm == "wagtailadmin.access_admin":
            return not access.scope_of(user_obj).is_empty
        if app != "services_catalog":
            return False
        action, _underscore, name = codename.partition("_")
        model = next((model for model in access.MODELS if model._meta.model_name == name), None)
        return model is not None and access.may(user_obj, action, model)


def register() -> None:
    """Give each model its policy, before anybody asks for one."""
    for model in access.MODELS:
        register_permission_policy(model, ScopePolicy(model))
