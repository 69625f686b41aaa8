"""By what services are filtered and counted. One table for the parser, the index rows, both engines and the pages.

Facets of custom attributes are defined by people, and have one column together: `attribute.<key>` is the facet's name,
"key=value" what its column holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services_catalog import attributes


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


ATTRIBUTE = "attribute"
"""Column of the values of all custom attributes; and what to count to have all their facets."""


def attribute_facet(key: str) -> str:
    """The name of the facet of a custom attribute."""
    return f"{attributes.FACET}{key}"


def is_attribute(facet: str) -> bool:
    """Whether it is the facet of a custom attribute; nothing says that there is one of this name."""
    return facet.startswith(attributes.FACET)


def is_facet(name: str) -> bool:
    """Whether a parameter of this name is a filter of search."""
    return name in FACETS or is_attribute(name)


def is_of_place(facet: str) -> bool:
    """Whether its value may differ from one place of a service to another."""
    return facet in FACETS and FACETS[facet].of_place


def columns_of(facet: str, *, anywhere: bool = False) -> tuple[str, ...]:
    """The columns of a row in which a value of `facet` may stand; `anywhere`: of a first row, for all of the service's
    places."""
    if facet == ATTRIBUTE or is_attribute(facet):
        return (ATTRIBUTE,)
    column = f"{facet}{ANY}" if anywhere and is_of_place(facet) else facet
    return (column, SERVED) if facet == "comune" else (column,)


def held(facet: str, values: Iterable[str]) -> list[str]:
    """`values` of `facet` as its columns hold them."""
    key = facet.removeprefix(attributes.FACET) if is_attribute(facet) else ""
    return sorted(f"{key}={value}" if key else value for value in values)


def of_attribute(value: str) -> tuple[str, str]:
    """The facet, and its value, of what the column of custom attributes holds."""
    key, _equals, word = value.partition("=")
    return attribute_facet(key), word


COLUMNS: tuple[str, ...] = (
    *FACETS,
    ATTRIBUTE,
    SERVED,
    *(f"{facet.name}{suffix}" for facet in FACETS.values() if facet.of_place for suffix in (ANY, EACH)),
)
"""Every column of values of a row."""
