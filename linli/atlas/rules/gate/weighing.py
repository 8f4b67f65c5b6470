"""A table against everything that has been said: what stays unknown, what is said, and when the answer is no. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log1p

from linli.atlas.rules.gate import budget, noise
from linli.atlas.rules.gate.bounds import Reader, Row, System
from linli.atlas.rules.gate.cells import (
    CellName,
    DecidedCell,
    Decision,
    Memory,
    Named,
    Outcome,
    ProductRules,
    RawCell,
    Why,
)
from linli.atlas.rules.gate.hiding import Demand, hide
from linli.atlas.rules.gate.looking import Look
from linli.atlas.rules.gate.memory import Recalled, remember
from linli.atlas.rules.gate.sums import Leaves
from linli.kernel.programmes import Sum, plain

_TOTAL, _STEADY = (
    2.0,
    0.5,
)  # a total is dearer to keep back; what was kept back at other times is cheaper


@dataclass(frozen=True, slots=True)
class Weighing:
    """One table before the gate."""

    rules: ProductRules
    leaves: Leaves
    past: Recalled
    counts: Mapping[CellName, RawCell]
    looks: Mapping[CellName, Look]

    def only_grew(self) -> bool:
        """Say whether every count that has changed has grown: then a reader takes it that counts only grow."""
        pairs = [
            (one, self.counts.get(one.name)) for one in (*self.past.revised, *self.past.changed)
        ]
        return all(
            now is not None and one.count is not None and now.count >= one.count
            for one, now in pairs
        )

    def not_additive(self) -> tuple[Named, ...]:
        """Name the cells that are not the sum of their parts, as far as the table tells these itself."""
        over = self.leaves.over
        of_leaf = {
            over[name][0]: cell.count for name, cell in self.counts.items() if len(over[name]) == 1
        }
        wrong = []
        for name, cell in sorted(self.counts.items()):
            known = [of_leaf[leaf] for leaf in over[name] if leaf in of_leaf]
            if sum(known) > cell.count or (
                len(known) == len(over[name]) and sum(known) != cell.count
            ):
                wrong.append(Named(name, "not_additive"))
        return tuple(wrong)

    def decided(self, memory: Memory, *, only_more: bool) -> Decision:
        """Keep back what must be, and say the rest. Raises `Contradiction`."""
        remembered = remember(self.leaves, self.past, self.rules, only_more=only_more)
        system = remembered.system
        system.rows.update(self.rows())
        demands = self.demands(remembered.late.values())
        hidden = hide(
            system, demands=demands, costs=self.costs(memory), when_hidden=self.when_hidden
        )
        if hidden.beyond:
            return Decision(refused=self.beyond(hidden.beyond, remembered.late))
        said = self.said() - hidden.secondary
        if hidden.secondary and not said:
            return Decision(
                refused=tuple(Named(name, "too_narrow") for name in sorted(hidden.secondary))
            )
        if over := self.overspent(said):
            return Decision(refused=over)
        return Decision(cells=self.cells(system, hidden.secondary))

    def said(self) -> frozenset[CellName]:
        """Return the cells that would get a new value if nothing else were kept back."""
        return frozenset(
            n for n, look in self.looks.items() if look.value is not None and not look.stands
        )

    def rows(self) -> dict[object, Row]:
        """Return what those values tell."""
        return {
            name: Row(plain(self.leaves.over[name]), noise.window(look.value, self.rules))
            for name, look in self.looks.items()
            if look.value is not None and not look.stands
        }

    def demands(self, late: Iterable[int]) -> dict[object, Demand]:
        """Return what must stay unknown: cells kept back now and before, and parts that nobody named."""
        found: dict[object, Demand] = {}
        for over in self.leaves.unnamed:
            found["sum", *over] = self.implied(plain(over))
        for leaf in late:
            found["late", leaf] = self.implied(plain([leaf]))
        for larger, smaller in self.leaves.nested:
            found["within", larger, smaller] = self.implied(((larger, 1.0), (smaller, -1.0)))
        for name in self.past.kept_back - set(self.looks):
            found[name] = self.implied(plain(self.leaves.over[name]))
        for name, look in self.looks.items():
            if look.value is None:
                held = look.why == "protects"
                found[name] = self.when_hidden(name) if held else self.primary(name, look)
        return found

    def primary(self, name: CellName, look: Look) -> Demand:
        """Return what a cell kept back for itself needs. Of a count, that it may be anything from none to the threshold: whoever
        guesses why it is kept back has learnt no more than that.
        """
        over = plain(self.leaves.over[name])
        if not self.rules.magnitude:
            least = self.rules.threshold
            return Demand(over, width=least, reach=least, sink=0)
        count = self.counts[name].count
        return Demand(over, width=1, reach=count + look.doubt, sink=max(0, count - look.doubt))

    def implied(self, over: Sum) -> Demand:
        """Return what a part that nobody named needs: not to be known for small."""
        if self.rules.magnitude:
            return Demand(over, width=1, percent=self.rules.p_percent)
        return Demand(over, width=self.rules.threshold, enough=self.rules.threshold)

    def when_hidden(self, name: CellName) -> Demand:
        """Return what a cell needs that is kept back for others: not to be told from them."""
        width = 1 if self.rules.magnitude else self.rules.threshold
        return Demand(plain(self.leaves.over[name]), width=width)

    def costs(self, memory: Memory) -> dict[CellName, float]:
        """Return what it costs to keep each cell back that may be."""
        often = {(one.name.area, one.name.category) for one in memory.cells if one.value is None}
        often |= {(n.area, n.category) for n, look in self.looks.items() if look.value is None}
        people: Counter[tuple[str, str]] = (
            Counter()
        )  # over all periods: so that each makes the same choice
        for name, cell in self.counts.items():
            people[name.area, name.category] += cell.count
        return {
            name: (_TOTAL if len(self.leaves.over[name]) > 1 else 1.0)
            * (_STEADY if (name.area, name.category) in often else 1.0)
            * (1 + log1p(people[name.area, name.category]) / 1000)
            for name in sorted(self.said())
        }

    def beyond(
        self, keys: Iterable[object], late: Mapping[tuple[str, int], int]
    ) -> tuple[Named, ...]:
        """Name the cells that could be known, or the smallest around parts without a name."""
        of_late = {number: leaf for (_release, leaf), number in late.items()}
        names = set()
        for key in keys:
            if isinstance(key, CellName):
                names.add(key)
                continue
            leaf = key[1] if isinstance(key, tuple) else None
            if isinstance(leaf, int):
                names.add(self.leaves.smallest_around(of_late.get(leaf, leaf)))
        return tuple(Named(name, "too_narrow") for name in sorted(names))

    def overspent(self, said: frozenset[CellName]) -> tuple[Named, ...]:
        """Name the cells that would tell about the same people once too often. Exact values have no noise to average away."""
        if self.rules.magnitude or not self.rules.noise:
            return ()
        over = self.leaves.over
        before = [over[name] for name in self.past.statements()]
        names = budget.overspent(before, [(name, over[name]) for name in said], self.rules.budget)
        return tuple(Named(name, "over_budget") for name in names)

    def cells(self, system: System, secondary: frozenset[CellName]) -> tuple[DecidedCell, ...]:
        """Return every cell as it is said, those kept back with what a reader can conclude at most."""
        rows = {key: row for key, row in system.rows.items() if key not in secondary}
        silent = {n for n, look in self.looks.items() if look.value is None} | secondary
        reader = Reader(System(system.leaves, rows, system.free)) if silent else None
        return tuple(
            self.kept_back(reader, name, look.why or "protects")
            if reader is not None and name in silent
            else self.published(name, look)
            for name, look in self.looks.items()
        )

    def kept_back(self, reader: Reader, name: CellName, why: Why) -> DecidedCell:
        """Return a cell kept back."""
        over = plain(self.leaves.over[name])
        low, high = reader.least(over)[0], reader.most(over)[0]
        outcome: Outcome = "secondary" if why == "protects" else "primary"
        return DecidedCell(
            name=name, outcome=outcome, value=None, low=max(0, low), high=high, why=why
        )

    def published(self, name: CellName, look: Look) -> DecidedCell:
        """Return a cell that is said, or said again."""
        if look.stands:
            one = look.stands
            return DecidedCell(
                name=name,
                outcome="published",
                value=one.value,
                low=one.low,
                high=one.high,
                stands=one.release,
            )
        window = noise.window(look.value or 0, self.rules)
        high = None if window.high is None else int(window.high)
        return DecidedCell(
            name=name, outcome="published", value=look.value, low=int(window.low), high=high
        )
