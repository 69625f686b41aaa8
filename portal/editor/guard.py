"""The guard before every screen about one row: out of scope is not found, sealed is opened in writing first.

Wagtail's views ask whether somebody may edit services, not whether this one: of 120 addresses, 60 showed another
partner's data.
"""

from typing import Any
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

from services_catalog import access


def found_in_scope(model: Any, user: Any, pk: Any) -> Any:
    """The row, as the database has it; raises Http404 where it is not the person's to edit, as where there is none."""
    try:
        key = UUID(unquote(str(pk)))
    except ValueError:
        raise Http404 from None
    row = access.in_scope(model._base_manager.all(), user).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def must_open(user: Any, row: Any) -> bool:
    """Whether the row is sealed and the person, its custodian, has not opened it yet."""
    return access.is_sealed(row) and not access.is_open(user, row)


def to_opening(request: HttpRequest, row: Any) -> HttpResponseBase:
    """To the screen that asks for the reason, and comes back."""
    address = reverse("catalogue_open", args=[row._meta.model_name, row.pk])
    return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


class Guarded:
    """Goes first among a view's bases; asks before Wagtail reads anything."""

    model: Any
    request: HttpRequest
    guarded_row: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if "pk" in kwargs:
            self.guarded_row = found_in_scope(self.model, request.user, kwargs["pk"])
            self._refuse_foreign_states(kwargs)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.guarded_row is not None and must_open(request.user, self.guarded_row):
            return to_opening(request, self.guarded_row)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    @cached_property
    def permission_policy(self) -> Any:
        """The model's policy, about the one row where the view is about one."""
        policy = policy_registry.get_by_type(self.model)
        return policy if self.guarded_row is None else policy.of(self.guarded_row.pk)

    def _refuse_foreign_states(self, kwargs: dict[str, Any]) -> None:
        """A task or workflow of another row in this row's address: Wagtail would act on the other."""
        row = self.guarded_row
        mine = (
            {"object_id": str(row.pk), "base_content_type": row.get_base_content_type()}
            if kwargs.keys() & STATES
            else {}
        )
        if "task_state_id" in kwargs:
            of_mine = {f"workflow_state__{name}": value for name, value in mine.items()}
            if not TaskState.objects.filter(pk=kwargs["task_state_id"], **of_mine).exists():
                raise Http404
        if (
            "workflow_state_id" in kwargs
            and not WorkflowState.objects.filter(pk=kwargs["workflow_state_id"], **mine).exists()
        ):
            raise Http404


STATES = {"task_state_id", "workflow_state_id"}
