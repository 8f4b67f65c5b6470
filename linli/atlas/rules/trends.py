"""Figures as a line over time and as bars side by side: geometry, nothing else. Pure.

Both begin at nought unless something lies below it: a line that begins elsewhere makes hills of molehills. What is kept back or unknown
breaks the line; it is never bridged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

WIDTH, HEIGHT = 320, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 308, 14, 106
BAR: Final = 100


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure on the line, in units of the view box."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """One line: its pieces as points, its dots (None: nothing can be said), where nought lies."""

    pieces: tuple[str, ...]
    dots: tuple[Dot | None, ...]
    nought: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT


def trend(values: Sequence[Decimal | None]) -> Trend | None:
    """Return the line of these values, in order of time; None for fewer than two that can be said."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(Decimal(0), *known), max(Decimal(0), *known)
    span = float(high - low) or 1.0
    step = (_RIGHT - _LEFT) / (len(values) - 1)

    def y(value: Decimal) -> float:
        return round(_BOTTOM - float(value - low) / span * (_BOTTOM - _TOP), 1)

    dots = tuple(
        None if value is None else Dot(round(_LEFT + number * step, 1), y(value))
        for number, value in enumerate(values)
    )
    return Trend(tuple(_pieces(dots)), dots, y(Decimal(0)))


def bars(values: Sequence[Decimal | None]) -> list[float]:
    """Return how long the bar of each value is, of a hundred; 0 for what cannot be said or lies below nought."""
    longest = max((value for value in values if value is not None), default=Decimal(0))
    if longest <= 0:
        return [0.0 for _ in values]
    return [
        round(float(value / longest) * BAR, 1) if value is not None and value > 0 else 0.0
        for value in values
    ]


def _pieces(dots: Sequence[Dot | None]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{dot.x},{dot.y}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]
