"""Distances on the Earth, as both engines reckon them."""

from math import asin, cos, degrees, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0087714
"""The mean radius (WGS 84) that Lucene's haversine uses too."""


def distance_km(from_latitude: float, from_longitude: float, latitude: float, longitude: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    start, end = radians(from_latitude), radians(latitude)
    north, east = sin((end - start) / 2), sin(radians(longitude - from_longitude) / 2)
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(north * north + cos(start) * cos(end) * east * east)))


def distances_km(latitude: float, longitude: float, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """`distance_km` to each of `points`, rows of latitude and longitude: of ten thousand, a hundredth of the time."""
    start, ends = radians(latitude), np.radians(points[:, 0])
    north, east = np.sin((ends - start) / 2), np.sin(np.radians(points[:, 1] - longitude) / 2)
    found: NDArray[np.float64] = np.arcsin(np.minimum(1, np.sqrt(north**2 + cos(start) * np.cos(ends) * east**2)))
    return 2 * EARTH_RADIUS_KM * found


def box(latitude: float, longitude: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds the circle; whole circles of latitude where it touches a pole."""
    tall = degrees(radius_km / EARTH_RADIUS_KM)
    south, north = max(-90.0, latitude - tall), min(90.0, latitude + tall)
    widest = cos(radians(max(abs(south), abs(north))))
    wide = degrees(radius_km / EARTH_RADIUS_KM) / widest if widest > 1e-6 else 180.0
    west, east = longitude - wide, longitude + wide
    return (south, north, west, east) if west >= -180 and east <= 180 else (south, north, -180.0, 180.0)
