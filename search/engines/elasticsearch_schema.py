"""The fields of an Elasticsearch index, and a row as its document."""

from typing import Any

from elasticsearch.dsl import Mapping

from search.document import Row
from search.engine import IndexState
from search.facets import COLUMNS
from search.texts import WEIGHTS

STATE = "state"
"""The id of the document that says where the index stands."""
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "-1"}


def make_mapping() -> Mapping:
    """Words count by presence alone, without lengths, as in the embedded engine."""
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for name in WEIGHTS:
        mapping.field(name, "text", analyzer="whitespace", norms=False, index_options="docs")
    for name in ("role", "uses", "spelling", "called", "service", "place", "checksum", "sort", *COLUMNS):
        mapping.field(name, "keyword")
    for name in ("open", "open_elsewhere", "unknown"):
        mapping.field(name, "keyword", doc_values=False)
    for name in ("assured", "free_until", "full_until"):
        mapping.field(name, "integer")
    mapping.field("point", "geo_point")
    mapping.field("state", "object", enabled=False)
    return mapping


def source_of(row: Row) -> dict[str, Any]:
    """`row` as a document under its own id: written twice it is there once."""
    source: dict[str, Any] = {
        "_id": row.id,
        **{name: " ".join(sorted(words)) for name, words in row.words.items()},
        **row.columns,
        "role": ["row", "single" if row.single else "several", *(["first"] if row.first else [])],
        "uses": row.uses,
        "spelling": sorted(row.spelling),
        "called": sorted(row.called),
        "service": str(row.service),
        "place": str(row.place) if row.place else None,
        "checksum": row.checksum,
        "sort": row.sort,
        "open": row.open_blocks,
        "open_elsewhere": row.open_elsewhere,
        "assured": row.assured,
        "free_until": row.free_until,
        "full_until": row.full_until,
        "unknown": row.unknown_blocks,
    }
    if row.latitude is not None and row.longitude is not None:
        source["point"] = {"lat": row.latitude, "lon": row.longitude}
    return source


def state_source(state: IndexState) -> dict[str, Any]:
    """The last document of a batch: a batch broken off is done again from the place before it."""
    return {"_id": STATE, "role": [STATE], "state": state.written()}
