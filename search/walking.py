"""How far one walks, and how long it takes, from a distance as the crow flies.

Assumed, not measured: the way along streets is DETOUR times the straight line, as it mostly is in towns, and
somebody in no hurry, with a bag or a child by the hand, walks KM_AN_HOUR (1.25 metres a second). Hills, rivers and
railways are not known here: what it says is "about".
"""

from dataclasses import replace
from math import ceil

from search.engine import Near

DETOUR = 1.3
KM_AN_HOUR = 4.5
MOST_MINUTES = 30
"""Within reach on foot."""
MOST_MINUTES_SAID = 60
"""Beyond this nobody is told minutes: it is no walk any more."""

REACH_KM = KM_AN_HOUR * MOST_MINUTES / 60 / DETOUR
"""The straight line that MOST_MINUTES of walking cover: 1.73 km."""


def within_reach(near: Near) -> Near:
    """The part of a circle that can be walked to from its middle."""
    return replace(near, radius_km=min(near.radius_km, REACH_KM))


def minutes_on_foot(distance_km: float | None) -> int | None:
    """Minutes of a walk, rounded up and at least one; None where it takes more than MOST_MINUTES_SAID."""
    if distance_km is None:
        return None
    # A hair less, so that what is just within reach is not told as a minute beyond it.
    minutes = max(1, ceil(distance_km * DETOUR / KM_AN_HOUR * 60 - 1e-6))
    return minutes if minutes <= MOST_MINUTES_SAID else None
