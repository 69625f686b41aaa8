"""Squares that cover a circle: none of those inside reaches beyond it, and nothing inside is missed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cells import SIDES, cells_of, covering
from search.engine import Near
from search.geo import distance_km, distances_km

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
italian = st.tuples(st.floats(35.5, 47.1), st.floats(6.6, 18.6))
radii = st.floats(0.05, 100)


def around(near: Near) -> np.ndarray:
    """Points near the circle's edge, inside and outside, and some in the middle of it."""
    shares = np.array([0, 0.5, 0.99, 0.999999, 1.000001, 1.01])
    turns = np.linspace(0, 2 * np.pi, 13)
    tall = near.radius_km / 111.2
    wide = tall / max(np.cos(np.radians(near.latitude)), 0.05)
    rows = [
        (near.latitude + share * tall * np.sin(turn), near.longitude + share * wide * np.cos(turn))
        for share in shares
        for turn in turns
    ]
    return np.array([row for row in rows if -90 <= row[0] <= 90 and -180 <= row[1] <= 180], float).reshape(-1, 2)


@given(at=st.one_of(italian, st.tuples(latitudes, longitudes)), radius_km=radii)
def test_a_point_is_in_a_square_inside_only_if_it_is_in_the_circle_and_else_on_its_edge(at, radius_km):
    near = Near(at[0], at[1], radius_km)
    inside, crossed = map(set, covering(near))
    points = around(near)
    distances = distances_km(near.latitude, near.longitude, points)
    for point, distance in zip(points.tolist(), distances.tolist(), strict=True):
        cells = set(cells_of(*point))
        assert not (cells & inside) or distance <= radius_km
        assert cells & (inside | crossed) or distance > radius_km


@given(at=italian)
def test_every_point_is_in_one_square_of_each_size(at):
    assert [cell.split(":")[0] for cell in cells_of(*at)] == [str(side) for side in SIDES]


@pytest.mark.parametrize("at", [(90, 180), (-90, -180), (0, 0), (0, 180)])
def test_the_ends_of_the_earth_are_covered(at: tuple[float, float]) -> None:
    inside, crossed = covering(Near(*at, 30))
    assert set(cells_of(*at)) & {*inside, *crossed}
    assert distance_km(*at, *at) == 0


@pytest.mark.parametrize("latitude", [0, 45.46, 85, 89.9, -90])
def test_a_wide_circle_is_few_squares(latitude: float) -> None:
    inside, crossed = covering(Near(latitude, 9.19, 100))
    assert len(inside) + len(crossed) < 4000
