"""By what services are filtered and counted. One table for the parser, the index rows, both engines and the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Facet:
    """A property with countable values.

    `holds`: what its values are: ids of records, cadastral codes, or words of a closed vocabulary.
    `of_place`: the value may differ from one place of a service to another; filters on such facets and "open at" must
    hold at one place together.
    """

    name: str
    holds: Literal["id", "comune", "word"]
    of_place: bool = False


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("need", "id"),
        Facet("target", "id"),
        Facet("life_event", "id"),
        Facet("language_spoken", "id"),
        Facet("access", "id"),
        Facet("figure", "id"),
        Facet("organization", "id"),
        Facet("program", "id"),
        Facet("accessibility", "id", of_place=True),
        Facet("comune", "comune", of_place=True),
        Facet("territory", "word"),
        Facet("status", "word"),
        Facet("cost", "word"),
    )
}
"""Facet names are also the names of the search parameters. A comune counts as the door's or as one that is served."""

SERVED = "served"
"""Column of the comuni served, the same on every row of a service; `comune` holds a door's own, unless it is served."""
ANY = "_any"
"""Suffix of a place's column as a service's first row carries it, for all of its places."""

EACH = "_each"
"""Suffix of a place's column, on rows of services with several, that holds "value service": its different values are as
many as the services that have the value at some of the rows counted."""


def columns_of(facet: str, *, anywhere: bool = False) -> tuple[str, ...]:
    """The columns of a row in which a value of `facet` may stand; `anywhere`: of a first row, for all of the service's
    places."""
    column = f"{facet}{ANY}" if anywhere and FACETS[facet].of_place else facet
    return (column, SERVED) if facet == "comune" else (column,)


COLUMNS: tuple[str, ...] = (
    *FACETS,
    SERVED,
    *(f"{facet.name}{suffix}" for facet in FACETS.values() if facet.of_place for suffix in (ANY, EACH)),
)
"""Every column of values of a row."""
