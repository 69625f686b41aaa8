"""Custom attributes as filters: which there are for whom, and which values they take."""

from collections.abc import Mapping
from functools import lru_cache

import orjson

from search.facets import attribute_facet
from services_catalog.attributes import NO, YES
from services_catalog.choices import AttributeType
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.feed import head
from services_catalog.publication.records import PublishedRecord

Filters = Mapping[str, tuple[str, ...]]


def filters_of(audience: str) -> Filters:
    """Name of a filter → the values it takes. One query; another where something has been published since."""
    return _read(str(head()), audience)


@lru_cache(maxsize=4)
def _read(_position: str, audience: str) -> Filters:
    records = PublishedRecord.objects.of("attribute", audience, DEFAULT_LANGUAGE).values_list("body", flat=True)
    bodies = [orjson.loads(body) for body in records]
    return {
        attribute_facet(body["key"]): (YES, NO)
        if body["type"] == AttributeType.YES_NO
        else tuple(choice["key"] for choice in body["choices"])
        for body in bodies
        if body["filterable"]
    }
