"""The demonstration territories → the catalogue, through the exchange's own import."""

import json
from collections.abc import Iterator
from pathlib import Path

from services_catalog.choices import Audience
from services_catalog.demonstration import valdarmonia
from services_catalog.demonstration.bundle import Bundle
from services_catalog.exchange.attributes import store_attributes
from services_catalog.exchange.importing import Summary, import_lines
from services_catalog.exchange.lines import Line
from services_catalog.exchange.territory import store_comuni, store_territory
from services_catalog.publication.transaction import publishing

FOLDER = Path(__file__).parent / "territories"
TRUE_TERRITORIES = (
    "plus-iglesias",
    "ambito-sondrio",
    "ats1-pesaro",
    "distretto-d3-canicatti",
    "centrale-operativa-sociale",
)
TERRITORIES = (*TRUE_TERRITORIES, valdarmonia.SLUG)


def bundle(slug: str) -> Bundle:
    """The documents of a demonstration territory. Raises KeyError for another slug."""
    if slug == valdarmonia.SLUG:
        return Bundle(slug, valdarmonia.written())
    if slug not in TRUE_TERRITORIES:
        raise KeyError(slug)
    return Bundle(slug, json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8")))


def lines(of: Bundle) -> Iterator[Line]:
    """The documents as the lines of a file."""
    for number, document in enumerate(of.documents(), start=1):
        yield Line(number, document)


def load(slug: str) -> Summary:
    """Load one territory and publish it, in one transaction: a territory that is there is there whole.

    Raises ImportRefused where somebody has drafts that the load would undo.
    """
    found = bundle(slug)
    with publishing():
        territory = store_territory(found.territory())
        store_comuni(found.elsewhere())
        store_attributes(enumerate(found.attributes(), start=1), renew=True)
        return import_lines(lines(found), territory, publish=True, speaks_for=Audience.SEALED)
