"""The step at which a territory's staff approve what partners submit."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from services_catalog import access


class TerritoryApprovalTask(Task):
    """Approval by who has the last word on the thing submitted: its territory's staff, or a sealed thing's custodian.

    One task serves every territory: it looks at the thing, not at groups, so that a new territory is moderated at once.
    """

    class Meta:
        verbose_name = _("approval by the territory's staff")
        verbose_name_plural = _("approvals by the territory's staff")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return access.may_with(user, "publish", obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not access.may_with(user, "publish", obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not access.may_with(user, "publish", obj):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), False),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Submissions in progress of things on which `user` decides. Two queries for each kind of thing."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
        decided = [
            state.pk
            for state in waiting
            if (row := state.revision.base_content_object) is not None and access.may_with(user, "publish", row)
        ]
        states: QuerySet[TaskState] = TaskState.objects.filter(pk__in=decided)
        return states

    @classmethod
    def get_description(cls) -> str:
        return str(_("The staff of the thing's territory approve it"))
