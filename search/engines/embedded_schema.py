"""The embedded index's fields, and a row as its document.

Ids travel as numbers in columns: hits are read without a document store. Text ids are what deletion looks up
(deleting by a term of a number field deletes nothing, silently).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from tantivy import Document, Schema, SchemaBuilder

from search.cells import cells_of
from search.document import Row
from search.engine import IndexState
from search.facets import COLUMNS
from search.texts import WEIGHTS

NUMBERS: Final = ("assured", "free_until", "full_until")
"""Columns of a row that its hits carry as they are."""
_HALF: Final = (1 << 64) - 1


def make_schema() -> Schema:
    """The schema of SCHEMA_VERSION. Words hold presence alone: neither frequency nor position is scored."""
    builder = SchemaBuilder()
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("role", "uses", "spelling", "called"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("open", "open_elsewhere", "unknown", "cells"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("sort", "point", *COLUMNS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("service", tokenizer_name="raw", index_option="basic", fast=True, stored=True)
    builder.add_text_field("checksum", tokenizer_name="raw", index_option="basic", stored=True)
    for name in ("service_high", "service_low", "place_high", "place_low", *NUMBERS):
        builder.add_unsigned_field(name, fast=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def document_of(row: Row, schema: Schema) -> Document:
    """`row` for the writer."""
    values: dict[str, Any] = {
        **{name: " ".join(sorted(words)) for name, words in row.words.items()},
        **row.columns,
        "role": _roles(row),
        "uses": row.uses,
        "spelling": sorted(row.spelling),
        "open": " ".join(row.open_blocks),
        "open_elsewhere": " ".join(row.open_elsewhere),
        "unknown": " ".join(row.unknown_blocks),
        "called": sorted(row.called),
        "service": str(row.service),
        "checksum": row.checksum,
        "sort": row.sort,
        "service_high": row.service.int >> 64,
        "service_low": row.service.int & _HALF,
    }
    values |= {name: value for name in NUMBERS if (value := getattr(row, name)) is not None}
    if row.place:
        values |= {"place_high": row.place.int >> 64, "place_low": row.place.int & _HALF}
    if row.latitude is not None and row.longitude is not None:
        point = f"{row.latitude:.7f},{row.longitude:.7f}"
        cells = cells_of(row.latitude, row.longitude)
        values |= {"latitude": row.latitude, "longitude": row.longitude, "point": point, "cells": " ".join(cells)}
    return Document.from_dict({name: _listed(value) for name, value in values.items()}, schema)


def state_document(state: IndexState, schema: Schema) -> Document:
    """Where the index stands, written in the commit that brings it there."""
    return Document.from_dict({"role": ["state"], "state": json.dumps(state.written())}, schema)


def state_of(document: Mapping[str, list[str]], rows: int) -> IndexState:
    """Read what `state_document` wrote."""
    return IndexState.read(json.loads(document["state"][0]), rows)


def _roles(row: Row) -> list[str]:
    return ["row", "single" if row.single else "several", *(["first"] if row.first else [])]


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
