"""Filling in the admin's forms as a browser does: what the page shows, with a few changes."""

from typing import Any

from django.test import Client
from django.urls import reverse


def space(row: Any) -> str:
    return f"wagtailsnippets_services_catalog_{row._meta.model_name}"


def edit_address(row: Any) -> str:
    return reverse(f"{space(row)}:edit", args=[row.pk])


def facts_address(row: Any, section: str) -> str:
    return reverse("catalogue_facts", args=[row._meta.model_name, row.pk, section])


def shown(form: Any) -> dict[str, Any]:
    """What a browser would send of a form as it is shown."""
    values: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        values[bound.html_name] = [str(item) for item in value] if isinstance(value, list | tuple) else str(value)
    return values


def edit(client: Client, row: Any, action: str = "", **changes: Any) -> Any:
    """Change texts and press a button: "" saves a draft, else publish, submit."""
    page = client.get(edit_address(row))
    assert page.status_code == 200
    values = shown(page.context["form"]) | changes
    if action:
        values[f"action-{action}"] = "1"
    return client.post(edit_address(row), values)


def facts(client: Client, row: Any, section: str, **changes: Any) -> Any:
    """Change facts and save; names of changes as in the page, with dots for dashes."""
    page = client.get(facts_address(row, section))
    assert page.status_code == 200
    values = posted(page) | changes
    return client.post(facts_address(row, section), values)


def posted(page: Any) -> dict[str, Any]:
    """All that a browser would send of a page of facts."""
    values: dict[str, Any] = {"seen": page.context["seen"]}
    if page.context["form"]:
        values |= shown(page.context["form"])
    for _table, rows in page.context["tables"]:
        values |= shown(rows.management_form)
        for row in rows:
            values |= shown(row)
    return values
