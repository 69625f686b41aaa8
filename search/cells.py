"""Squares of the Earth as index terms, as search.opening has blocks of minutes: a circle is the few squares that lie in
it, and what stands on its edge. However many doors are around, few terms are looked up.
"""

from functools import lru_cache
from math import floor, radians

import numpy as np
from numpy.typing import NDArray

from search.engine import Near
from search.geo import EARTH_RADIUS_KM, box, distances_km

STEP = 1 / 128
"""Degrees of a smallest square's side: 870 m from south to north."""
SIDES = (64, 16, 4, 1)
"""Sides of squares, in steps; each but the last is parted into squares of the next."""
MOST_PARTED = 500
"""Squares beyond which they are not parted: towards the poles they are narrow, and no end of them."""
SURPLUS = 1.001
"""A square is looked at as flat, and a little larger than it is."""

Squares = NDArray[np.int64]
"""Rows of south and west, in sides."""


def cells_of(latitude: float, longitude: float) -> tuple[str, ...]:
    """The squares that a point lies in, one of each size."""
    south, west = floor(latitude / STEP), floor(longitude / STEP)
    return tuple(f"{side}:{south // side}:{west // side}" for side in SIDES)


@lru_cache(maxsize=64)
def covering(near: Near) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The squares that lie in the circle, as large as they can be; and those that its edge may cross, as small."""
    inside: list[str] = []
    squares = _around(near)
    for side in SIDES:
        distances, reach = _distances(near, squares, side)
        within = distances + reach <= near.radius_km
        inside += _names(squares[within], side)
        crossed = squares[~within & (distances - reach <= near.radius_km)]
        if side == SIDES[-1] or len(crossed) > MOST_PARTED:
            break
        squares = _parted(crossed)
    return tuple(inside), tuple(_names(crossed, side))


def _around(near: Near) -> Squares:
    """The largest squares that touch the box around the circle."""
    edges = box(near.latitude, near.longitude, near.radius_km)
    south, north, west, east = (floor(edge / STEP / SIDES[0]) for edge in edges)
    rows, columns = np.mgrid[south : north + 1, west : east + 1]
    return np.column_stack([rows.ravel(), columns.ravel()])


def _distances(near: Near, squares: Squares, side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kilometres from the circle's middle to those of squares, and from there to their farthest corners, at most."""
    middles = (squares.astype(np.float64) + 0.5) * (side * STEP)
    half = radians(side * STEP / 2)
    nearest_equator = np.maximum(np.abs(np.radians(middles[:, 0])) - half, 0)
    reach = SURPLUS * EARTH_RADIUS_KM * half * np.sqrt(1 + np.cos(nearest_equator) ** 2)
    return distances_km(near.latitude, near.longitude, middles), reach


def _parted(squares: Squares) -> Squares:
    """The sixteen squares of the next size in each."""
    rows, columns = np.mgrid[0:4, 0:4]
    within = np.column_stack([rows.ravel(), columns.ravel()])
    parts: Squares = (squares[:, None] * 4 + within).reshape(-1, 2)
    return parts


def _names(squares: Squares, side: int) -> list[str]:
    return [f"{side}:{south}:{west}" for south, west in squares.tolist()]
