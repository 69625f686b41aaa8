"""Rows as they should be → the tables, writing only what differs. The caller has opened the publishing transaction.

Rows are written past the managers that compile at every call: whoever calls says once, at the end, what was touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models as db
from django.utils.translation import override

from services_catalog.languages import DEFAULT_LANGUAGE, columns
from services_catalog.models.publishable import Translated
from services_catalog.publication.inputs import Row, plain

BATCH = 2_000
"""Ids in one query: SQLite takes 32,766 variables, and a row has up to 150 columns."""
ROWS = 200


def fetched(model: type[db.Model], column: str, values: Iterable[Any]) -> list[Row]:
    """Rows whose `column` has one of the values, in as few queries as the database allows."""
    wanted = [value for value in dict.fromkeys(values) if value is not None]
    return [
        row
        for start in range(0, len(wanted), BATCH)
        for row in plain(model).filter(**{f"{column}__in": wanted[start : start + BATCH]}).values()
    ]


def texts(field: str, text: Mapping[str, str] | str) -> Row:
    """The columns of a translated text; a language without text has NULL."""
    by_language = text if isinstance(text, Mapping) else {}
    return {column: by_language.get(language) or None for language, column in columns(field).items()}


def differing(wanted: Mapping[Any, Row], existing: Mapping[Any, Row]) -> Iterator[tuple[Any, set[str]]]:
    """Keys of existing rows that are wanted otherwise, with the columns that differ."""
    for key, row in wanted.items():
        if (current := existing.get(key)) is not None:
            changed = {name for name, value in row.items() if not same(value, current[name])}
            if changed:
                yield key, changed


def same(one: Any, other: Any) -> bool:
    """Whether two column values say the same. A text that is NULL or "" is no text; 0 places are not unknown places."""
    return one == other or (one in (None, "") and other in (None, ""))


def store(model: type[db.Model], wanted: Mapping[Any, Row], existing: Mapping[Any, Row]) -> set[Any]:
    """Create and change rows of `model`, keyed by primary key. Returns the keys that were created or changed."""
    changes = dict(differing(wanted, existing))
    new = [key for key in wanted if key not in existing]
    with override(DEFAULT_LANGUAGE):
        plain(model).bulk_create([model(**wanted[key]) for key in new], batch_size=ROWS)
        if changes:
            names = {name for changed in changes.values() for name in changed} | _plain_names(model)
            rows = [model(**{**existing[key], **wanted[key]}) for key in changes]
            plain(model).bulk_update(rows, sorted(names), batch_size=ROWS)
    return {*new, *changes}


def _plain_names(model: type[db.Model]) -> set[str]:
    """Translated fields' own columns, which follow the default language's."""
    return set(model.translated_fields()) if issubclass(model, Translated) else set()


def relink(model: type[db.Model], field: str, wanted: Mapping[Any, Iterable[Any]]) -> set[Any]:
    """Bring a many-to-many of terms to what is wanted, by owner. Returns the owners whose terms changed."""
    through: Any = model._meta.get_field(field).remote_field.through  # type: ignore[union-attr]
    column = f"{model._meta.model_name}_id"
    existing = {(row[column], row["taxonomyterm_id"]): row["id"] for row in fetched(through, column, wanted)}
    pairs = {(owner, term) for owner, terms in wanted.items() for term in terms}
    gone, new = existing.keys() - pairs, pairs - existing.keys()
    if gone:
        plain(through).filter(pk__in=[existing[pair] for pair in gone]).delete()
    plain(through).bulk_create(
        [through(**{column: owner, "taxonomyterm_id": term}) for owner, term in sorted(new)], batch_size=ROWS
    )
    return {owner for owner, _term in gone | new}
