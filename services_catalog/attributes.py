"""Custom attributes: which value is one of a definition's, and which values are filtered by. Pure rules.

Services keep their values in one column by the attribute's key, also of definitions that are switched off or gone.
What is published is read out of it by the definitions as they are, so it always fits them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services_catalog.choices import AttributeType, Audience

Value = bool | int | str | list[str]

FILTERABLE = frozenset({AttributeType.YES_NO, AttributeType.ONE, AttributeType.SEVERAL})
"""Kinds with few values, by which one can filter."""
CHOOSING = frozenset({AttributeType.ONE, AttributeType.SEVERAL})
"""Kinds that have choices."""
LONGEST = 200
"""Characters of a short text."""
GREATEST = 999_999_999
FACET = "attribute."
"""What the names of attributes' facets, and of their filters, begin with; the key follows."""
YES, NO = "yes", "no"
"""Values of a facet of yes or no."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What an attribute is. `territory`: the only one that it is of; None: it is of every territory."""

    id: UUID
    key: str
    type: AttributeType
    territory: UUID | None
    audience: Audience
    filterable: bool
    active: bool
    choices: tuple[str, ...] = ()

    def is_of(self, territory: UUID) -> bool:
        """Whether services of the territory have it."""
        return self.territory in (None, territory)

    def reads(self, value: object) -> Value | None:
        """`value` as a value of this attribute; None where it is not stated, or not one."""
        match self.type, value:
            case AttributeType.YES_NO, bool():
                return value
            case AttributeType.NUMBER, int() if not isinstance(value, bool) and 0 <= value <= GREATEST:
                return value
            case AttributeType.TEXT, str() if len(value) <= LONGEST:
                return value.strip() or None
            case AttributeType.ONE, str() if value in self.choices:
                return value
            case AttributeType.SEVERAL, list():
                return [choice for choice in self.choices if choice in value] or None
        return None


def facet_values(values: Mapping[str, Any], filterable: frozenset[str]) -> set[tuple[str, str]]:
    """Pairs of facet and value of the published `values` by whose keys one may filter."""
    return {(f"{FACET}{key}", one) for key in filterable & values.keys() for one in _words(values[key])}


def _words(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [YES if value else NO]
    return [one for one in ([value] if isinstance(value, str) else value) if one]


def is_cut(value: Any) -> bool:
    """Whether a published value was cut, as one that named a protected place is: nothing, or something, is left."""
    return value == "" or (isinstance(value, list) and "" in value)
