"""Shipped rows → a table, beside what people have made of it: their edits stand, corrections reach all the rest.

What was shipped is remembered by row and column. A column that no longer says so was edited, a row that is gone was
deleted, a row that nobody remembers shipping is somebody's own: each is left as it is.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models as db

from services_catalog.exchange.store import store
from services_catalog.models import ShippedRow
from services_catalog.publication.inputs import Row, plain

Remembered = Mapping[str, ShippedRow]


def ship(model: type[db.Model], wanted: Mapping[Any, Row], unique: tuple[str, ...] = ()) -> set[Any]:
    """Bring the rows of `model`, by primary key, to what is shipped. Returns the keys of those that changed.

    A new row waits while another has its `unique` columns, or while the row that it stands under (`parent_id`) is gone.
    """
    key_column = model._meta.pk.attname if model._meta.pk else "id"
    existing = {row[key_column]: row for row in plain(model).values()}
    remembered = {row.key: row for row in ShippedRow.objects.filter(table=model._meta.model_name)}
    taken = {tuple(row[name] for name in unique) for row in existing.values()} if unique else set()
    due: dict[Any, Row] = {}
    for key, row in wanted.items():
        parent = row.get("parent_id")
        if parent and parent not in existing and parent not in due:
            continue
        if key in existing:
            due[key] = _unedited(row, existing[key], remembered.get(str(key)))
        elif str(key) not in remembered and tuple(row[name] for name in unique) not in taken:
            due[key] = row
    _remember(model, {key: wanted[key] for key in due}, remembered)
    return store(model, due, existing)


def _unedited(row: Row, now: Row, shipped: ShippedRow | None) -> Row:
    """The columns that still say what was shipped before."""
    before = shipped.columns if shipped else _told(row)
    current = _told(now)
    return {name: value for name, value in row.items() if current[name] == before.get(name, "")}


def _remember(model: type[db.Model], rows: Mapping[Any, Row], remembered: Remembered) -> None:
    table = str(model._meta.model_name)
    told = {str(key): _told(row) for key, row in rows.items()}
    changed = [
        ShippedRow(table=table, key=key, columns=columns)
        for key, columns in told.items()
        if key not in remembered or remembered[key].columns != columns
    ]
    ShippedRow.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["table", "key"], update_fields=["columns"]
    )


def _told(row: Row) -> dict[str, str]:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    """A column as it is remembered: no text and no value are the same."""
    return "" if value is None else str(value)
