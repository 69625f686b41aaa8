"""Territories to exchange."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.utils.translation import override
from wagtail.models import Revision

from services_catalog import models
from services_catalog.demonstration.load import load
from services_catalog.exchange.export import export_lines
from services_catalog.exchange.file import import_file
from services_catalog.exchange.importing import Summary
from services_catalog.exchange.lines import read
from services_catalog.exchange.tables import PARTS
from services_catalog.publication.inputs import plain
from tests.services_catalog.reference import load_reference

LINKS = (
    (models.Location, "accessibility"),
    (models.Phone, "languages"),
    (models.Contact, "languages"),
    (models.ServiceFigure, "languages"),
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Messages as they are written here, whatever the language of the installation."""
    with override("en"):
        yield


@pytest.fixture
def reference(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    load_reference(monkeypatch)


@pytest.fixture
def iglesias(reference: None) -> models.Territory:
    """The PLUS of Iglesias, loaded and published."""
    load("plus-iglesias")
    return models.Territory.objects.get(slug="plus-iglesias")


@pytest.fixture
def valdarmonia(reference: None) -> models.Territory:
    """The invented territory, with operators' and sealed things."""
    load("valdarmonia")
    return models.Territory.objects.get(slug="valdarmonia")


def exported(slug: str, reader: str = "public") -> bytes:
    return b"".join(export_lines(slug, reader))


def parsed(content: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in content.splitlines()]


def imported(territory: models.Territory, *bodies: dict[str, Any] | bytes, **options: Any) -> Summary:
    """Import bodies as the lines of a file."""
    lines = [body if isinstance(body, bytes) else orjson.dumps(body) for body in bodies]
    return import_file(read(lines), territory.slug, **options)


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Brings the database to what `migrate` and `load_reference` make."""

    def empty() -> None:
        tables = [*reversed(PARTS), models.Service, models.Location, models.Program, models.Organization]
        links: list[Any] = [getattr(model, field).through for model, field in LINKS]
        attributes = [models.AttributeChoice, models.Attribute]
        members = [*attributes, models.TerritoryComune, models.EmergencyNumber, models.Territory]
        published = [models.PublishedRecord, models.RecordFacet, models.StaleRecord, Revision]
        words = [models.ShippedRow, models.TaxonomyTerm, models.Taxonomy]
        comuni = [models.ComuneClosure, models.IstatCode, models.Comune]
        for model in (*links, *tables, *members, *published, *words, *comuni):
            plain(model).all()._raw_delete("default")
        load_reference(monkeypatch)

    return empty
