"""Records of a territory → lines, byte for byte as the API serves them in all languages."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson

from services_catalog.attributes import CHOOSING
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.models import ShippedRow, TaxonomyTerm
from services_catalog.publication.facets import EVERYWHERE
from services_catalog.publication.records import PublishedRecord


def export_lines(territory: str, reader: str) -> Iterator[bytes]:
    """The territory, the terms added to the shipped ones and the custom attributes; the services that `reader` may see,
    one a line; then the organizations and places that no service shows.

    Read from records alone, so a line holds nothing that the API would not serve to that reader. Ids decide the order.
    Values of an attribute, or a choice, that nobody reads, for its name told too much, are cut.
    """
    attributes = list(_bodies("attribute", reader, territory, EVERYWHERE))
    defined = {one["key"]: one for one in map(orjson.loads, attributes)}
    for text in (*_bodies("territory", reader, territory), *_own_terms(reader), *attributes):
        yield text.encode() + b"\n"
    shown: set[str] = set()
    for kind in ("service", "organization", "location"):
        for text in _bodies(kind, reader, territory):
            body = orjson.loads(text)
            if body["territory"] == territory and body["id"] not in shown:
                shown |= _quoted(body) if kind == "service" else set()
                yield (_defined_alone(text, body, defined) if kind == "service" else text.encode()) + b"\n"


def _bodies(kind: str, reader: str, *territories: str) -> Iterator[str]:
    records = PublishedRecord.objects.of(kind, reader, ALL_LANGUAGES)
    in_territory = records.having(reader, kind, {"territory": territories})
    yield from in_territory.values_list("body", flat=True).iterator(chunk_size=500)


def _own_terms(reader: str) -> Iterator[str]:
    """Terms that every installation does not have already."""
    shipped = ShippedRow.objects.filter(table=TaxonomyTerm._meta.model_name).values_list("key", flat=True)
    records = PublishedRecord.objects.of("term", reader, ALL_LANGUAGES).exclude(uuid__in=[UUID(key) for key in shipped])
    yield from records.values_list("body", flat=True)


def _quoted(service: dict[str, list[dict[str, dict[str, str]]]]) -> set[str]:
    organizations = {part["organization"]["id"] for part in service["organizations"]}
    return organizations | {part["location"]["id"] for part in service["locations"]}


def _defined_alone(text: str, body: dict[str, Any], defined: Mapping[str, dict[str, Any]]) -> bytes:
    """The body of a service with the values that the file does not define cut, as those are that name a place."""
    values = {key: _cut(value, defined.get(key)) for key, value in body["attributes"].items()}
    return text.encode() if values == body["attributes"] else orjson.dumps(body | {"attributes": values})


def _cut(value: Any, attribute: dict[str, Any] | None) -> Any:
    if attribute is None:
        return ""
    if attribute["type"] not in CHOOSING:
        return value
    offered = {choice["key"] for choice in attribute["choices"]}
    if isinstance(value, list):
        return [one if one in offered else "" for one in value]
    return value if value in offered else ""
