"""Which values are an attribute's: the pure rules."""

from typing import Any
from uuid import UUID

import pytest

from services_catalog.attributes import Definition, facet_values, is_cut
from services_catalog.choices import AttributeType, Audience

SULCIS, ELSEWHERE = UUID(int=1), UUID(int=2)


def definition(kind: AttributeType, **said: Any) -> Definition:
    stated: dict[str, Any] = {"territory": None, "audience": Audience.PUBLIC, "filterable": True, "active": True}
    return Definition(id=UUID(int=9), key="food", type=kind, choices=("halal", "vegan"), **stated | said)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (AttributeType.YES_NO, True, True),
        (AttributeType.YES_NO, False, False),
        (AttributeType.YES_NO, "yes", None),
        (AttributeType.NUMBER, 0, 0),
        (AttributeType.NUMBER, True, None),
        (AttributeType.NUMBER, -1, None),
        (AttributeType.NUMBER, 1.5, None),
        (AttributeType.TEXT, " al piano terra ", "al piano terra"),
        (AttributeType.TEXT, "", None),
        (AttributeType.TEXT, "x" * 201, None),
        (AttributeType.ONE, "halal", "halal"),
        (AttributeType.ONE, "kosher", None),
        (AttributeType.ONE, ["halal"], None),
        (AttributeType.SEVERAL, ["vegan", "kosher", "halal"], ["halal", "vegan"]),
        (AttributeType.SEVERAL, ["kosher"], None),
        (AttributeType.SEVERAL, "halal", None),
        (AttributeType.YES_NO, None, None),
    ],
)
def test_a_value_is_read_where_it_fits_the_definition(kind: AttributeType, value: object, read: object) -> None:
    found = definition(kind).reads(value)
    assert (found, found.__class__) == (read, read.__class__)


def test_a_territorys_attribute_is_of_no_other_territory() -> None:
    assert definition(AttributeType.TEXT).is_of(ELSEWHERE)
    assert definition(AttributeType.TEXT, territory=SULCIS).is_of(SULCIS)
    assert not definition(AttributeType.TEXT, territory=SULCIS).is_of(ELSEWHERE)


def test_facets_are_of_the_filterable_alone() -> None:
    values = {"lockers": False, "food": ["halal", "vegan"], "bed": "bunk", "note": "ask Anna"}
    assert facet_values(values, frozenset({"lockers", "food", "bed", "absent"})) == {
        ("attribute.lockers", "no"),
        ("attribute.food", "halal"),
        ("attribute.food", "vegan"),
        ("attribute.bed", "bunk"),
    }


def test_what_was_cut_from_a_value_is_no_value_of_a_facet() -> None:
    values = {"zone": "", "langs": ["", "x"], "lockers": False}
    assert facet_values(values, frozenset(values)) == {("attribute.langs", "x"), ("attribute.lockers", "no")}
    assert [is_cut(value) for value in ("", [""], ["", "x"], ["x"], "x", False, 0)] == [True] * 3 + [False] * 4
