"""Custom attributes as filters: which there are for whom, and which values they take."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from search.facets import attribute_facet
from services_catalog.attributes import NO, YES
from services_catalog.choices import AttributeType
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.feed import head
from services_catalog.publication.records import PublishedRecord

Filters = Mapping[str, tuple[str, ...]]


def filters_of(audience: str, territories: frozenset[str] | None = None) -> Filters:
    """Name of a filter → the values it takes. One query; another where something has been published since.

    `territories`: short names of those beyond which the asker reads nothing (None: of all). What is of another is not
    there.
    """
    return {
        name: values
        for name, (territory, values) in _read(str(head()), audience).items()
        if territories is None or territory is None or territory in territories
    }


@lru_cache(maxsize=4)
def _read(_position: str, audience: str) -> Mapping[str, tuple[str | None, tuple[str, ...]]]:
    """Name → the territory (None: every) and the values."""
    records = PublishedRecord.objects.of("attribute", audience, DEFAULT_LANGUAGE).values_list("body", flat=True)
    bodies = [orjson.loads(body) for body in records]
    return {attribute_facet(body["key"]): (body["territory"], _values(body)) for body in bodies if body["filterable"]}


def _values(body: Mapping[str, Any]) -> tuple[str, ...]:
    if body["type"] == AttributeType.YES_NO:
        return (YES, NO)
    return tuple(choice["key"] for choice in body["choices"])
