"""Records of a territory → lines, byte for byte as the API serves them in all languages."""

from collections.abc import Iterator
from uuid import UUID

import orjson

from services_catalog.languages import ALL_LANGUAGES
from services_catalog.models import ShippedRow, TaxonomyTerm
from services_catalog.publication.facets import EVERYWHERE
from services_catalog.publication.records import PublishedRecord


def export_lines(territory: str, reader: str) -> Iterator[bytes]:
    """The territory, the terms added to the shipped ones and the custom attributes; the services that `reader` may see,
    one a line; then the organizations and places that no service shows.

    Read from records alone, so a line holds nothing that the API would not serve to that reader. Ids decide the order.
    """
    attributes = _bodies("attribute", reader, territory, EVERYWHERE)
    for text in (*_bodies("territory", reader, territory), *_own_terms(reader), *attributes):
        yield text.encode() + b"\n"
    shown: set[str] = set()
    for kind in ("service", "organization", "location"):
        for text in _bodies(kind, reader, territory):
            body = orjson.loads(text)
            if body["territory"] == territory and body["id"] not in shown:
                shown |= _quoted(body) if kind == "service" else set()
                yield text.encode() + b"\n"


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
