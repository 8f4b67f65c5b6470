"""The way of a fund's money as a picture: the same money three times, one row under the other. Geometry, nothing else.

It runs from top to bottom, so that it reads the same on a narrow telephone and from right to left. What is too
narrow for its words bears a number, which stands in the table below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from linli.funds.queries.totals import Stood
from linli.funds.rules.totals import ROWS, Ribbon, ribbons
from linli.kernel.text import Words

WIDTH, BAR, GAP = 340, 20, 86
HEIGHT = 3 * BAR + 2 * GAP + 54
PLAIN, LARGE = 13, 19  # the letters of the picture, and of elder mode's: public.css
_NUMBER = 14  # as wide as a number

Tell = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row, in units of the view box. `fits`: its words do in large letters, in plain ones, or not."""

    number: int
    code: str
    x: float
    y: int
    width: float
    title: str
    amount: str
    fits: str

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.x + self.width / 2, 1)

    @property
    def base(self) -> int:
        """The lower edge of its bar."""
        return self.y + BAR

    @property
    def numbered(self) -> bool:
        """Whether there is room for its number."""
        return self.width >= _NUMBER


@dataclass(frozen=True, slots=True)
class Band:
    """One ribbon between two rows, in the colour of where it leads."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Three rows of parts and the ribbons between them."""

    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = BAR

    @property
    def said(self) -> str:
        """What a reader who does not see the picture is told."""
        return "; ".join(f"{part.title} {part.amount}" for part in self.parts)

    @property
    def numbers(self) -> dict[tuple[int, str], int]:
        """The number of each part, by its row and code."""
        return {(part.y // (BAR + GAP), part.code): part.number for part in self.parts}


def picture(stood: Stood, names: Mapping[str, Words], tell: Tell) -> Picture | None:
    """Return the picture of a fund's money; None where there is none, or it went round."""
    flowing = ribbons(stood.balances, stood.few)
    totals = stood.totals
    if not flowing:
        return None
    scale = WIDTH / totals["given"]
    parts: list[Part] = []
    for row, codes in enumerate(ROWS):
        x = 0.0
        for code in codes:
            if fen := totals[code]:
                said = (str(names[code]), tell(fen))
                width = fen * scale
                number = len(parts) + 1
                place = (round(x, 2), row * (BAR + GAP), round(width, 2))
                parts.append(Part(number, code, *place, *said, _fits(width, said)))
                x += width
    return Picture(tuple(parts), tuple(_bands(flowing, parts, scale)))


def _fits(width: float, said: tuple[str, str]) -> str:
    longest = max(_ems(text) for text in said)
    if longest * LARGE + 4 <= width:
        return "all"
    return "plain" if longest * PLAIN + 4 <= width else "no"


def _ems(text: str) -> float:
    """Return how long a text is in letters as wide as they are high, rather too long than too short."""
    return sum(1.0 if east_asian_width(one) in "WF" else 0.6 for one in text)


def _bands(flowing: list[Ribbon], parts: list[Part], scale: float) -> list[Band]:
    """Return the ribbons: each leaves where the one before it ended, and arrives likewise."""
    rows = [
        {part.code: part.x for part in parts if part.y == row * (BAR + GAP)} for row in range(3)
    ]
    rows[1]["use"] = 0.0  # what was matched and what was allocated stand first, side by side
    bands = []
    for upper in (0, 1):
        above, below = dict(rows[upper]), dict(rows[upper + 1])
        between = [one for one in flowing if (one.out_of in ROWS[0]) == (upper == 0)]
        arriving = sorted(between, key=lambda one: (rows[upper + 1][one.into], rows[upper][one.out_of]))  # fmt: skip
        starts: dict[Ribbon, float] = {}
        for one in sorted(between, key=lambda one: (rows[upper][one.out_of], rows[upper + 1][one.into])):  # fmt: skip
            starts[one] = above[one.out_of]
            above[one.out_of] += one.amount * scale
        for one in arriving:
            path = _path(starts[one], below[one.into], one.amount * scale, upper)
            bands.append(Band(one.into, path))
            below[one.into] += one.amount * scale
    return bands


def _path(start: float, end: float, width: float, upper: int) -> str:
    top = upper * (BAR + GAP) + BAR
    bottom, middle = top + GAP, top + GAP / 2
    a, b, c, d = (f"{x:.2f}" for x in (start, start + width, end, end + width))
    return (
        f"M{a} {top}C{a} {middle:g} {c} {middle:g} {c} {bottom}"
        f"H{d}C{d} {middle:g} {b} {middle:g} {b} {top}Z"
    )
