"""The one workflow of the catalogue: a partner submits, the territory's staff approve, and it is public."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from services_catalog import models

NAME = "Approvazione del territorio"
SUBMITTED = (models.Service, models.Location, models.Organization)


def ensure(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Have the workflow exist and hold for everything that is drafted. After each migration; leaves what stands."""
    from portal.editor.models import TerritoryApprovalTask

    if TerritoryApprovalTask._meta.db_table not in connections[using].introspection.table_names():
        return  # a part of the migrations has been run, or taken back

    task = TerritoryApprovalTask.objects.first() or TerritoryApprovalTask.objects.create(name=NAME)
    step = WorkflowTask.objects.filter(task=task).select_related("workflow").first()
    workflow = step.workflow if step else Workflow.objects.create(name=NAME)
    if step is None:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for model in SUBMITTED:
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
