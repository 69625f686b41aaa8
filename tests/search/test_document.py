"""Record bodies → index rows."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
import orjson
import pytest

from search import analysis
from search.document import Context, rows_of
from search.facets import COLUMNS
from search.geo import box, distance_km, distances_km
from search.opening import blocks_at
from search.texts import WEIGHTS
from services_catalog import models
from services_catalog.choices import ScheduleKind, ScheduleRule
from services_catalog.publication import records
from tests.factories import ComuneFactory, LocationFactory, OrganizationFactory, ServiceFactory, TermFactory
from tests.services_catalog.bodies import territory_comune

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
EAT = UUID(int=1)


def comune(code: str) -> dict[str, Any]:
    return territory_comune(code, code).model_dump(mode="json")


def context(**territories: list[str]) -> Context:
    term = {"id": str(EAT), "name": {"it": "Mangiare", "ar": "الأكل"}}
    found = [
        {"id": str(UUID(int=9)), "slug": slug, "show_as_of": None, "comuni": [comune(code) for code in codes]}
        for slug, codes in territories.items()
    ]
    return Context.of([orjson.dumps(term).decode()], [orjson.dumps(one).decode() for one in found], NOW)


def rows(service: models.Service, **territories: list[str]) -> list[Any]:
    body = records.body("service", service.pk, "public", "all")
    assert body
    return list(rows_of(body.decode(), "c" * 32, context(**territories), ["other"]))


@pytest.fixture
def canteen(db: None) -> models.Service:
    """A canteen with two doors, in two comuni."""
    made: models.Service = ServiceFactory(
        organization=OrganizationFactory(), location=LocationFactory(), needs=[TermFactory(id=EAT)]
    )
    gonnesa = ComuneFactory(code="E086", name="Gonnesa")
    models.ServiceAtLocation.objects.create(service=made, location=LocationFactory(comune=gonnesa, latitude=None))
    return made


def test_one_row_a_place(canteen):
    first, second = rows(canteen)
    assert (first.first, second.first, first.single) == (True, False, False)
    assert {row.service for row in (first, second)} == {canteen.pk}
    assert len({row.id for row in (first, second)}) == 2
    assert {row.columns["comune"] for row in (first, second)} == {("E281",), ("E086",)}
    assert set(first.columns["comune_any"]) == {"E281", "E086"}
    assert first.columns["comune_each"] == (f"{first.columns['comune'][0]} {canteen.pk}",)
    assert first.words == second.words
    assert {(row.latitude is None) for row in (first, second)} == {True, False}


def test_a_service_without_a_place_is_one_row(db):
    (row,) = rows(ServiceFactory())
    assert (row.place, row.first, row.single, row.columns["comune"]) == (None, True, True, ())


def test_rows_have_no_column_that_no_engine_knows(canteen):
    for row in rows(canteen):
        assert set(row.columns) <= set(COLUMNS)


def test_words_are_of_every_language_and_of_labels_and_bodies(canteen):
    words = rows(canteen)[0].words
    assert {"mens", "canteen"} <= words["name"]
    assert analysis.tokens("mangiare", "it") <= words["labels"]
    assert "caritas" in words["organizations"]
    assert analysis.tokens("الأكل", "ar") <= words["labels"]
    assert "past" in words["summary"]
    assert "gonnes" in words["summary"]


def test_a_comune_served_is_not_counted_at_the_door_again(canteen):
    models.ServiceArea.objects.create(service=canteen)
    first, second = rows(canteen, sulcis=["E281", "F822"])
    assert set(first.columns["served"]) == {"E281", "F822"}
    assert {row.columns["comune"] for row in (first, second)} == {(), ("E086",)}


def test_a_territory_that_shares_the_service_has_it(canteen):
    assert rows(canteen)[0].columns["territory"] == ("sulcis", "other")


def test_open_and_unknown_minutes_are_told_apart(canteen):
    models.Schedule.objects.create(
        service=canteen, kind=ScheduleKind.OPEN, rule=ScheduleRule.HOURS, opening_hours="Mo-Fr 12:00-14:00"
    )
    assert all(row.open_blocks and not row.unknown_blocks for row in rows(canteen))


def test_silence_about_hours_is_unknown(canteen):
    assert all(row.unknown_blocks and not row.open_blocks for row in rows(canteen))


def test_a_line_that_answers_while_offices_are_closed_is_open_while_all_are(db):
    line = ServiceFactory()
    models.Schedule.objects.create(service=line, rule=ScheduleRule.OFFICES_CLOSED)
    body = records.body("service", line.pk, "public", "all")
    assert body
    offices = context(sulcis=["E281", "E086"])
    offices.comuni["sulcis"] = tuple(territory_comune(code, code, "Mo-Fr 09:00-12:00") for code in ("E281", "E086"))
    (row,) = rows_of(body.decode(), "c" * 32, offices)
    sunday_night, monday = datetime(2026, 11, 29, 2, tzinfo=UTC), datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert set(blocks_at(sunday_night)) & set(row.open_blocks)
    assert not set(blocks_at(monday)) & {*row.open_blocks, *row.unknown_blocks}


def test_a_label_that_the_audience_does_not_have_is_left_out(canteen):
    body = records.body("service", canteen.pk, "public", "all")
    assert body
    bare = list(rows_of(body.decode(), "c" * 32, Context(NOW)))
    assert not analysis.tokens("الأكل", "ar") & bare[0].words["labels"]
    assert bare[0].columns["need"] == (str(EAT),)


def test_distances_are_the_earths():
    assert distance_km(39.3103, 8.5371, 39.2659, 8.4727) == pytest.approx(7.43, abs=0.02)
    assert distance_km(90, 0, -90, 0) == pytest.approx(20015, abs=1)


def test_the_distances_of_many_points_are_those_of_each() -> None:
    points = [(39.2659, 8.4727), (39.3103, 8.5371), (-39.3103, -171.4629), (90, 0), (0, 179.99)]
    found = distances_km(39.3103, 8.5371, np.array(points)).tolist()
    assert found == [pytest.approx(distance_km(39.3103, 8.5371, *point), abs=1e-6) for point in points]
    assert distances_km(0, 0, np.empty((0, 2))).tolist() == []


@pytest.mark.parametrize("point", [(39.3, 8.5), (89.99, 10), (-90, 0), (0, 179.99), (45, -180)])
def test_the_box_holds_the_circle(point: tuple[float, float]) -> None:
    south, north, west, east = box(*point, 10)
    assert south <= point[0] <= north
    assert west <= point[1] <= east
    assert -90 <= south <= north <= 90
    assert -180 <= west <= east <= 180


def test_no_field_of_words_is_named_as_a_column():
    assert not set(WEIGHTS) & set(COLUMNS)


@pytest.mark.parametrize(
    ("amounts", "prices"),
    [([], ()), ([None], ()), (["0.00"], ("free",)), (["4.50"], ("paid",)), (["0", "3", None], ("free", "paid"))],
)
def test_a_service_is_free_or_paid_where_that_is_stated(canteen, amounts, prices):
    canteen.costs.all().delete()
    for amount in amounts:
        models.CostOption.objects.create(service=canteen, amount=amount)
    assert {row.columns["cost"] for row in rows(canteen)} == {prices}
