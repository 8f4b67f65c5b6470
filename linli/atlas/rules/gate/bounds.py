"""What a reader can conclude: the least and the most that a sum of leaves can be, given all that is published. Pure.

The reader is taken to be as clever as can be: knows every published cell of every release, how the cells add up, the rules of rounding
and noise, and that what is published is no less than the threshold. Solved by HiGHS as linear programmes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import NamedTuple

from linli.kernel.programmes import Limits, Programme, Sum, is_solved

_NEAR = 1e-6  # what a solver calls equal
_PRIMAL = 4  # the last answer fits the next question too: ten times faster than to begin anew
NO_LIMIT = 1e8  # for the solver, in its own scale: so that there is always a point to look at
LARGE = 10**15  # more than this no database of ours keeps exactly


class Window(NamedTuple):
    """What one published value tells of its true one. high None: no limit."""

    low: float
    high: float | None

    def scaled(self, scale: float) -> Limits:
        """Return its ends as the solver is given them."""
        return self.low / scale, inf if self.high is None else self.high / scale


class Contradiction(Exception):
    """No true counts fit all that is published."""


@dataclass(frozen=True, slots=True)
class Row:
    """One published statement: a sum of leaves lies in a window."""

    over: Sum
    window: Window


@dataclass(slots=True)
class System:
    """All that is published. free: leaves that may be below nought (changes since an earlier release)."""

    leaves: int
    rows: dict[object, Row] = field(default_factory=dict)
    free: frozenset[int] = frozenset()


def whole_above(value: float) -> int:
    """Return the least whole number that is not below, as far as a solver is exact."""
    return ceil(value - _NEAR * max(1.0, abs(value)))


def whole_below(value: float) -> int:
    """Return the largest whole number that is not above, as far as a solver is exact."""
    return floor(value + _NEAR * max(1.0, abs(value)))


class Reader:
    """One who has the system, and asks about many sums one after the other."""

    def __init__(self, system: System) -> None:
        """Take in what is published. Rows can be silenced and said again later."""
        self.scale = scale_of(system.rows.values())
        self._free = system.free
        self._windows = {key: row.window for key, row in system.rows.items()}
        self._alone = {
            key: leaf for key, row in system.rows.items() if (leaf := _alone(row.over)) is not None
        }
        self._ends: dict[
            int, dict[object, Window]
        ] = {}  # what is said of one leaf needs no row: it is a bound
        sums = {key: row for key, row in system.rows.items() if key not in self._alone}
        self._rows = {key: number for number, key in enumerate(sums)}
        self._solver = Programme(
            costs=[0.0] * system.leaves,
            variables=[(self._floor(leaf), NO_LIMIT) for leaf in range(system.leaves)],
            sums=[row.over for row in sums.values()],
            limits=[row.window.scaled(self.scale) for row in sums.values()],
        ).solver()
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)
        for key in self._alone:
            self.say(key)
        self._asked: list[int] = []

    def silence(self, key: object) -> None:
        """Take the cell's value back: the reader no longer has it."""
        if key in self._alone:
            self._ends[self._alone[key]].pop(key, None)
            self._bound(self._alone[key])
        elif key in self._rows:
            self._solver.changeRowBounds(self._rows[key], -inf, inf)

    def say(self, key: object) -> None:
        """Publish the cell's value again."""
        if key in self._alone:
            self._ends.setdefault(self._alone[key], {})[key] = self._windows[key]
            self._bound(self._alone[key])
        else:
            self._solver.changeRowBounds(self._rows[key], *self._windows[key].scaled(self.scale))

    def _floor(self, leaf: int) -> float:
        return -NO_LIMIT if leaf in self._free else 0.0

    def _bound(self, leaf: int) -> None:
        """Tell the solver between what a leaf lies, by all that is said of it alone."""
        limits = [window.scaled(self.scale) for window in self._ends[leaf].values()]
        low = max((low for low, _high in limits), default=self._floor(leaf))
        high = min((high for _low, high in limits), default=NO_LIMIT)
        if low > high:
            raise Contradiction
        self._solver.changeColBounds(leaf, max(low, self._floor(leaf)), min(high, NO_LIMIT))

    def least(self, asked: Sum) -> tuple[int, list[float]]:
        """Return the least that the sum can be, a whole number, and true counts with which it is."""
        value, point = self._solve(asked, 1.0)
        return whole_above(value), point

    def most(self, asked: Sum) -> tuple[int | None, list[float]]:
        """Return the most that the sum can be, None without limit, and true counts with which it is."""
        value, point = self._solve(asked, -1.0)
        if -value >= NO_LIMIT / 2 * self.scale:
            return None, point
        return whole_below(-value), point

    def _solve(self, asked: Sum, sign: float) -> tuple[float, list[float]]:
        for leaf in self._asked:
            self._solver.changeColCost(leaf, 0.0)
        self._asked = [leaf for leaf, _often in asked]
        for leaf, often in asked:
            self._solver.changeColCost(leaf, sign * often)
        self._solver.run()
        if not is_solved(self._solver):
            raise Contradiction
        point = [value * self.scale for value in self._solver.getSolution().col_value]
        return float(self._solver.getInfo().objective_function_value) * self.scale, point


def scale_of(rows: Iterable[Row]) -> float:
    """Sums of money reach 10^12: the solver sees numbers of a size it can tell apart."""
    ends = (end for row in rows for end in row.window if end is not None)
    return max(1.0, max((abs(end) for end in ends), default=1.0) / 1e5)


def _alone(over: Sum) -> int | None:
    """The leaf, where a sum is one leaf."""
    return over[0][0] if len(over) == 1 and over[0][1] == 1.0 else None
