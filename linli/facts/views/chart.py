"""The chart of an indicator: where each figure stands and how wide its fog is. Geometry, nothing else.

One panel an area, all on the same scales, so that areas compare and a claim never hides behind another.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 58, 350, 14, 180
ARROW = 24  # how far an open end is drawn
MOST_PANELS = 8
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)

Tell = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure to draw: its period is half-open, None is an open end of its interval."""

    area: str
    start: date
    until: date
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    status: str
    source: str
    label: str
    before: tuple[Decimal, ...] = ()  # what had been published in its place


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure as drawn, in units of the view box."""

    x: float
    y: float
    begins: float
    ends: float
    fog: tuple[float, float, float, float] | None  # where it begins, top, width, height
    opens_up: bool
    opens_down: bool
    status: str
    label: str
    ghosts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """One labelled place on a scale."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One area's part of the chart: its dots in order of time, joined where one source speaks."""

    title: str
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]

    @property
    def said(self) -> str:
        """What a reader who does not see the picture is told."""
        return "; ".join(dot.label for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Chart:
    """All panels with their common scales."""

    panels: tuple[Panel, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def chart(marks: Sequence[Mark], tell: Tell) -> Chart | None:
    """Return the chart of these figures, None for fewer than two: one figure is a sentence."""
    if len(marks) < 2:
        return None
    first = min(mark.start for mark in marks).year
    last = max(_last_day(mark.until) for mark in marks).year
    scale = _Scale(first, last + 1, *_span(marks))
    grouped: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.until)):
        grouped.setdefault(mark.area, []).append(mark)
    areas = list(dict.fromkeys(mark.area for mark in marks))
    return Chart(
        panels=tuple(_panel(area, grouped[area], scale) for area in areas[:MOST_PANELS]),
        years=scale.years(),
        values=scale.ticks(tell),
        left_out=max(0, len(areas) - MOST_PANELS),
    )


def _last_day(until: date) -> date:
    return date.fromordinal(until.toordinal() - 1)


def _span(marks: Sequence[Mark]) -> tuple[float, float, float]:
    """Return bottom, top and step of the scale of values: round, with room for open ends."""
    known = [mark.value for mark in marks]
    known += [end for mark in marks for end in (mark.low, mark.high) if end is not None]
    known += [value for mark in marks for value in mark.before]
    low, high = float(min(known)), float(max(known))
    if low >= 0 and low <= high * 0.6:
        low = 0.0  # near enough to nothing for nothing to be shown
    room = (high - low) or abs(high) or 1.0
    if any(mark.high is None for mark in marks):
        high += room * 0.15
    if any(mark.low is None for mark in marks) and low:
        low -= room * 0.15
    step = _round_step(room / 4)
    return floor(low / step) * step, max(ceil(high / step), floor(low / step) + 1) * step, step


def _round_step(wanted: float) -> float:
    power: float = 10.0 ** floor(log10(wanted))
    return next(power * step for step in _STEPS if power * step >= wanted * 0.999)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Whole years across, round values upwards."""

    first: int
    until: int
    low: float
    high: float
    step: float

    def x(self, day: date) -> float:
        begin, end = date(self.first, 1, 1).toordinal(), date(self.until, 1, 1).toordinal()
        return round(LEFT + (RIGHT - LEFT) * (day.toordinal() - begin) / (end - begin), 1)

    def y(self, value: Decimal | float) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def years(self) -> tuple[Tick, ...]:
        """Return at most six years, each under the middle of itself."""
        every = ceil((self.until - self.first) / 6)
        return tuple(
            Tick((self.x(date(year, 1, 1)) + self.x(date(year + 1, 1, 1))) / 2, str(year))
            for year in range(self.first, self.until, every)
        )

    def ticks(self, tell: Tell) -> tuple[Tick, ...]:
        count = round((self.high - self.low) / self.step)
        values = [self.low + self.step * number for number in range(count + 1)]
        return tuple(Tick(self.y(v), tell(Decimal(f"{v:.12g}"))) for v in values)


def _panel(area: str, marks: list[Mark], scale: _Scale) -> Panel:
    dots = tuple(_dot(mark, scale) for mark in marks)
    return Panel(area, dots, tuple(_lines(marks, dots)))


def _lines(marks: list[Mark], dots: Sequence[Dot]) -> Iterator[str]:
    """Yield a line for each stretch of time in which one source speaks alone."""
    path = [dots[0]]
    for (before, mark), (last, dot) in zip(pairwise(marks), pairwise(dots), strict=True):
        if before.source != mark.source or last.x >= dot.x:
            yield from _line(path)
            path = []
        path.append(dot)
    yield from _line(path)


def _line(path: list[Dot]) -> Iterator[str]:
    if len(path) > 1:
        yield " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in path)


def _dot(mark: Mark, scale: _Scale) -> Dot:
    begins, ends = scale.x(mark.start), scale.x(mark.until)
    y = scale.y(mark.value)
    top = y if mark.high is None else scale.y(mark.high)
    bottom = y if mark.low is None else scale.y(mark.low)
    return Dot(
        x=round((begins + ends) / 2, 1),
        y=y,
        begins=begins,
        ends=ends,
        fog=_fog(begins, ends, top, bottom),
        opens_up=mark.high is None,
        opens_down=mark.low is None,
        status=mark.status,
        label=mark.label,
        ghosts=tuple(dict.fromkeys(scale.y(value) for value in mark.before)),
    )


def _fog(
    begins: float, ends: float, top: float, bottom: float
) -> tuple[float, float, float, float] | None:
    """Return the rectangle in which the value may lie: as wide as its period, wide enough to be seen."""
    if bottom - top <= 0.5:
        return None
    middle, width = (begins + ends) / 2, max(ends - begins, 8.0)
    return round(middle - width / 2, 1), top, round(width, 1), round(bottom - top, 1)
