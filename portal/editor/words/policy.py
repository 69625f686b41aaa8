"""Who edits the words of search: the staff of a territory, and administrators. Partners reach nothing of it.

Words hold on every territory's pages, so that any staff edits them; weights are a territory's, a best bet is its
service's.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models as db
from django.http import Http404, HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import BestBet, HeldQuestion, LexiconRow, Phrase, RankingWeights, Source, StopPhrase, Synonym
from services_catalog import access
from services_catalog.models import Membership, Service
from services_catalog.models.membership import MembershipRole

MODELS: tuple[type[LexiconRow], ...] = (Phrase, HeldQuestion, Synonym, StopPhrase, BestBet, RankingWeights)

SPACES = frozenset({"search_needs", "search_asked", *(f"search_{model._meta.model_name}" for model in MODELS)})
"""The spaces of the admin's addresses in which all this is."""


def may_edit(user: Any) -> bool:
    """Whether the words of search are the person's to edit."""
    scope = access.scope_of(user)
    return scope.everywhere or bool(scope.edits.territories)


def rows_of(model: type[db.Model], user: Any) -> db.QuerySet[Any]:
    """The rows of `model` that the person works on."""
    rows: db.QuerySet[Any] = model._default_manager.all()
    scope = access.scope_of(user)
    if not may_edit(user):
        return rows.none()
    if model is BestBet:
        return rows.filter(service__in=access.in_scope(Service.objects.all(), user).values("pk"))
    if model is RankingWeights and not scope.everywhere:
        return rows.filter(territory__in=scope.edits.territories)
    return rows


class WordsPolicy(BasePermissionPolicy):
    """The same, in Wagtail's terms. What is shipped is not deleted: the next version would bring it back."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return may_edit(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete" and instance.source == Source.SHIPPED:
            return False
        return rows_of(self.model, user).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions: Iterable[str]) -> db.QuerySet[Any]:
        staff = Membership.objects.filter(role=MembershipRole.STAFF, territory__isnull=False).values("user_id")
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(db.Q(is_superuser=True) | db.Q(pk__in=staff))


class OfStaff:
    """Goes first among a view's bases: refuses who may not, and rows out of the person's scope."""

    model: Any
    permission_required: str | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not may_edit(request.user):
            raise PermissionDenied
        if "pk" in kwargs:
            row = rows_of(self.model, request.user).filter(pk=kwargs["pk"]).first()
            if row is None:
                raise Http404
            if self.permission_required == "delete" and row.source == Source.SHIPPED:
                raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class StaffMenuItem(MenuItem):
    """A menu item that partners do not see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request.user)


def register() -> None:
    """Give each model its policy, before anybody asks for one."""
    for model in MODELS:
        register_permission_policy(model, WordsPolicy(model))
