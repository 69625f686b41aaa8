"""Deleting several rows at once: of the person's scope alone, one by one, so that each leaves its change."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from services_catalog import access
from services_catalog.publication.transaction import publishing


class ScopedDelete(DeleteBulkAction):
    """Wagtail's own would name what the person may not see, and "all" would mean everybody's."""

    models = list(access.MODELS)

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        rows: QuerySet[Any] = access.in_scope(self.model._base_manager.all(), self.request.user)
        keys = self.request.GET.getlist("id")
        if "all" not in keys:
            rows = rows.filter(pk__in=[key for key in keys if _is_key(key)])
        deletable = [row for row in rows if access.may_with(self.request.user, "delete", row)]
        return deletable, {"items_with_no_access": []}

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        user = user or kwargs["self"].request.user
        with publishing():
            for row in objects:
                log(instance=row, action="wagtail.delete", user=user, deleted=True)
                row.delete()
        return len(objects), 0


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
