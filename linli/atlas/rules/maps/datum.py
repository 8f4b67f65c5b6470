"""Where a point of a map really lies: GCJ-02 turned back into CGCS2000.

Maps of Chinese web services are shifted by up to 700 metres, after a public formula over longitude and latitude
(GCJ-02). Drawn over anything else such a map is wrong. The way back has no formula: a point is sought that the shift
brings to the one that was given. CGCS2000 and WGS 84 differ by less than a decimetre: for maps they are one.
"""

from math import cos, pi, radians, sin, sqrt
from typing import Final

# Where the shift is made at all: degrees east, degrees north.
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
_RADIUS: Final = 6_378_245.0  # metres, Krasovsky 1940, on which the shift was defined
_FLAT: Final = 0.006_693_421_622_965_943  # its first eccentricity, squared
_TURNS: Final = 8  # each brings the answer some thousand times nearer; three do
_NEAR: Final = 1e-10  # degrees: a hundredth of a millimetre
# Waves of the shift: amplitude, then half turns per degree. All four sums share the first.
_SHARED: Final = ((20.0, 6.0), (20.0, 2.0))


def shifted(x: float, y: float) -> tuple[float, float]:
    """Return where GCJ-02 draws a point of WGS 84. Raises ValueError outside the frame in which it is defined."""
    if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
        message = "GCJ-02 is defined inside China's frame alone"
        raise ValueError(message)
    return _moved(x, y)


def true_place(x: float, y: float) -> tuple[float, float]:
    """Return the point of WGS 84 that GCJ-02 draws at x, y, to within a millimetre. Raises as `shifted` does."""
    moved_x, moved_y = shifted(x, y)
    at_x, at_y = x, y
    for _turn in range(_TURNS):
        at_x, at_y = at_x - (moved_x - x), at_y - (moved_y - y)
        moved_x, moved_y = _moved(at_x, at_y)
        if abs(moved_x - x) + abs(moved_y - y) < _NEAR:
            break
    return at_x, at_y


def _moved(x: float, y: float) -> tuple[float, float]:
    east, north = x - 105.0, y - 35.0  # the middle of the waves
    latitude = radians(y)
    curve = 1 - _FLAT * sin(latitude) ** 2
    per_x = radians(_RADIUS / sqrt(curve) * cos(latitude))  # metres in a degree here
    per_y = radians(_RADIUS * (1 - _FLAT) / curve**1.5)
    return x + _eastward(east, north) / per_x, y + _northward(east, north) / per_y


def _eastward(east: float, north: float) -> float:
    """Return the shift in metres."""
    plain = 300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * sqrt(abs(east))
    own = ((20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    return plain + _waves(east, *_SHARED) + _waves(east, *own)


def _northward(east: float, north: float) -> float:
    """Return the shift in metres."""
    plain = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north
    own = ((20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    return plain + 0.2 * sqrt(abs(east)) + _waves(east, *_SHARED) + _waves(north, *own)


def _waves(along: float, *waves: tuple[float, float]) -> float:
    """Return the sum of these waves, of two thirds of their amplitude."""
    return sum(amplitude * 2 / 3 * sin(turns * pi * along) for amplitude, turns in waves)
