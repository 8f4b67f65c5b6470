"""Which further cells are kept back, so that those kept back stay so. Pure, the same every time.

To keep a small cell back is not enough: its row's total less the other cells gives it again. So a reader as clever as can be is
let loose on the table (`bounds`), and wherever too much can be concluded, the cheapest cells that loosen it are kept back as well. At the
end each of them is published after all if nothing needs it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from linli.atlas.rules.gate.bounds import (
    NO_LIMIT,
    Reader,
    Row,
    System,
    whole_above,
    whole_below,
)
from linli.atlas.rules.gate.cells import CellName
from linli.kernel.programmes import Limits, Programme, Sum

_AT_HAND = 100  # tables that are looked at before the solver is asked
_SLIGHT = 1e-4  # a loosening smaller than this is the solver's arithmetic


class Demand(NamedTuple):
    """What must stay unknown about one sum.

    width: of the interval that a reader can conclude. enough: an interval from there on may be as narrow as it likes, None for never.
    reach: what the reader must still hold for possible as the most. sink: and as the least. percent: the width as a share of the most.
    """

    over: Sum
    width: int
    enough: int | None = None
    reach: int = 0
    sink: int | None = None
    percent: int = 0

    def met(self, low: int, high: int | None) -> bool:
        """Say whether an interval leaves enough unknown."""
        if self.enough is not None and (
            low >= self.enough or (high is not None and high <= -self.enough)
        ):
            return True
        sinks = self.sink is None or low <= self.sink
        return sinks and (
            high is None
            or (
                high >= self.reach
                and high - low >= self.width
                and (high - low) * 100 >= self.percent * high
            )
        )


@dataclass(slots=True)
class Hidden:
    """What came of it. beyond: demands (by key) that not even all cells kept back can meet."""

    secondary: frozenset[CellName] = frozenset()
    beyond: tuple[object, ...] = ()


@dataclass(slots=True)
class _Work:
    """The table under the reader's eyes. costs: what it costs to keep back each cell that may be; others are said for ever.
    tables: true counts that fit all that is said, as the reader found them.
    """

    system: System
    demands: dict[object, Demand]
    costs: Mapping[CellName, float]
    when_hidden: Callable[[CellName], Demand]
    reader: Reader
    hidden: set[CellName] = field(default_factory=set)
    beyond: list[object] = field(default_factory=list)
    tables: list[list[float]] = field(default_factory=list)
    seen: dict[object, tuple[list[float], list[float]]] = field(default_factory=dict)

    def failing(self) -> Iterable[object]:
        """Yield the demands that are not met, each looked at anew."""
        for key in list(self.demands):
            if not self.look(key):
                yield key

    def look(self, key: object) -> bool:
        """Say whether one demand is met, and remember the two tables that show it. Tables at hand may show it already."""
        demand = self.demands[key]
        for tables in (self.seen.get(key, ()), self.tables):
            if pair := _shown(demand, tables):
                self.seen[key] = pair
                return True
        least, lowest = self.reader.least(demand.over)
        most, highest = self.reader.most(demand.over)
        self.tables = [*self.tables[-_AT_HAND:], lowest, highest]
        if not demand.met(least, most):
            return False
        self.seen[key] = (lowest, highest)
        return True

    def hide(self, names: Iterable[CellName]) -> None:
        """Keep cells back, which then must stay unknown themselves."""
        for name in names:
            self.reader.silence(name)
            self.hidden.add(name)
            self.demands[name] = self.when_hidden(name)

    def spared(self, name: CellName) -> bool:
        """Publish a cell after all, if every demand is still met. What the two remembered tables fit needs no new look."""
        row, kept = self.system.rows[name], self.demands.pop(name)
        self.reader.say(name)
        before, tables = dict(self.seen), self.tables
        self.tables = [table for table in tables if _fits(row, table)]
        for key in self.demands:
            if all(_fits(row, table) for table in self.seen[key]):
                continue
            del self.seen[key]
            if not self.look(key):
                self.seen, self.tables = before, tables
                self.demands[name] = kept
                self.reader.silence(name)
                return False
        self.hidden.remove(name)
        return True


def hide(
    system: System,
    *,
    demands: Mapping[object, Demand],
    costs: Mapping[CellName, float],
    when_hidden: Callable[[CellName], Demand],
) -> Hidden:
    """Return which cells of `costs` are kept back so that all demands are met. Raises `Contradiction`."""
    if not demands and system.rows.keys() <= costs.keys():
        return Hidden()
    work = _Work(system, dict(demands), costs, when_hidden, Reader(system))
    work.reader.least(())  # is there anything at all that fits?
    while not work.beyond and (waiting := list(work.failing())):
        _loosen(work, waiting)  # after which a sum that was known to be large may no longer be
    if work.beyond:
        return Hidden(frozenset(work.hidden), tuple(work.beyond))
    for name in sorted(work.hidden, key=lambda name: (-costs[name], name)):
        work.spared(name)
    return Hidden(frozenset(work.hidden))


def _loosen(work: _Work, waiting: list[object]) -> None:
    """Keep cells back until each of these demands is met, or nothing more helps."""
    while waiting:
        key = waiting.pop()
        if work.look(key):
            continue
        if names := _loosening(work, key):
            work.hide(names)
            waiting += [key, *names]
        else:
            work.beyond.append(key)


def _shown(demand: Demand, tables: Sequence[list[float]]) -> tuple[list[float], list[float]] | None:
    """Two of these tables that show that a demand is met. They cannot show that a sum is large enough: others may fit too."""
    if not tables:
        return None
    ends = [(_value(demand.over, table), n) for n, table in enumerate(tables)]
    (low, first), (high, last) = min(ends), max(ends)
    met = demand._replace(enough=None).met(whole_above(low), whole_below(high))
    return (tables[first], tables[last]) if met else None


def _value(over: Sum, table: list[float]) -> float:
    return sum(often * table[leaf] for leaf, often in over)


def _fits(row: Row, point: list[float]) -> bool:
    value = _value(row.over, point)
    near = _SLIGHT * max(1.0, abs(value) * _SLIGHT)
    high = row.window.high
    return row.window.low - near <= value and (high is None or value <= high + near)


def _loosening(work: _Work, key: object) -> list[CellName]:
    """The cheapest cells to keep back for one demand. Nothing if that does not help."""
    for more in (0, 1):  # one more where the whole numbers between two fractions are fewer
        if names := _bent(work, work.demands[key], more):
            return names
    return []


def _bent(work: _Work, demand: Demand, more: int) -> list[CellName]:
    """Make two tables that both fit and lie far enough from each other, by bending published values as little as
    possible. What had to be bent is to be kept back.
    """
    system, scale = work.system, work.reader.scale
    places = {name: 2 * system.leaves + 4 * number for number, name in enumerate(_said(work))}
    costs = [0.0] * (2 * system.leaves) + [work.costs[name] for name in places for _ in range(4)]
    lows = [-NO_LIMIT if leaf in system.free else 0.0 for leaf in range(system.leaves)] * 2
    sums: list[Sum] = []
    limits: list[Limits] = []
    for key, row in system.rows.items():
        if key in work.hidden:
            continue
        limits += [row.window.scaled(scale)] * 2
        place = places.get(key) if isinstance(key, CellName) else None
        sums += [_with_bend(row.over, 0, place), _with_bend(row.over, system.leaves, place)]
    apart = _apart(demand, system.leaves, more)
    sums += [over for over, _least in apart]
    limits += [(least / scale, inf) for _over, least in apart]
    variables = [(low, NO_LIMIT) for low in lows + [0.0] * (4 * len(places))]
    values = Programme(costs, variables, sums, limits).solution()
    if values is None:
        return []
    return [name for name, place in places.items() if max(values[place : place + 4]) > _SLIGHT]


def _said(work: _Work) -> list[CellName]:
    return [name for name in work.costs if name not in work.hidden]


def _with_bend(over: Sum, shift: int, place: int | None) -> Sum:
    """A row of the first table (shift 0) or the second, which may be bent up and down."""
    moved = tuple((leaf + shift, often) for leaf, often in over)
    if place is None:
        return moved
    first = place + (2 if shift else 0)
    return (*moved, (first, -1.0), (first + 1, 1.0))


def _apart(demand: Demand, leaves: int, more: int) -> list[tuple[Sum, float]]:
    """What the two tables owe the demand: sums that are at least so much."""
    high = demand.over
    low = tuple((leaf + leaves, -often) for leaf, often in demand.over)
    owed = [((*high, *low), float(demand.width + more)), (high, float(demand.reach))]
    if demand.sink is not None:
        owed.append((low, float(-demand.sink)))
    if demand.percent:
        part = 1 - demand.percent / 100
        owed.append(((*((leaf, often * part) for leaf, often in high), *low), float(more)))
    return owed
