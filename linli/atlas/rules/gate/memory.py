"""What earlier releases have said, as a reader remembers it: statements about the same leaves. Pure.

A published value is never taken back. It stands, and is repeated, as long as its count has changed by less than the threshold, and
what was kept back stays so as long: somebody who adds a few records and watches sees nothing move. A larger change is a new
statement, and what was counted in between is a part of its own that the reader must not learn either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linli.atlas.rules.gate.bounds import Row, System, Window
from linli.atlas.rules.gate.cells import CellName, EarlierCell, Memory, ProductRules, Table
from linli.atlas.rules.gate.sums import Leaves, connected
from linli.kernel.programmes import Sum, plain


@dataclass(frozen=True, slots=True)
class Recalled:
    """The part of memory that has to do with a table.

    standing: earlier statements that are still what is said of a cell. changed: those of them whose count is no longer quite the same.
    revised: statements that no longer stand, oldest first. kept_back: cells that were never published. held: cells kept back last time
    that stay so, whatever they count.
    """

    standing: Mapping[CellName, EarlierCell]
    changed: tuple[EarlierCell, ...]
    revised: tuple[EarlierCell, ...]
    kept_back: frozenset[CellName]
    held: frozenset[CellName]

    @property
    def names(self) -> set[CellName]:
        """Return all cells that memory brings in."""
        return {*self.standing, *(one.name for one in self.revised), *self.kept_back}

    def statements(self) -> Iterable[CellName]:
        """Yield the cell of each value that was published, as often as there were different ones."""
        yield from self.standing
        yield from (one.name for one in self.revised)


def recalled(table: Table, memory: Memory, rules: ProductRules) -> Recalled:
    """Sort what memory holds of the periods that hang together with the table's."""
    near = connected(
        {cell.name.period for cell in table.cells}, {one.name.period for one in memory.cells}
    )
    counts = {cell.name: cell.count for cell in table.cells}
    said, silent, seen = _told([one for one in memory.cells if one.name.period in near], rules)
    standing: dict[CellName, EarlierCell] = {}
    revised: list[EarlierCell] = []
    for name, told in said.items():
        *older, last = told
        revised += older
        if moved(last, counts.get(name), rules):
            revised.append(last)
        else:
            standing[name] = last
    return Recalled(
        standing=standing,
        changed=tuple(
            one
            for name, one in standing.items()
            if one.count not in {None, counts.get(name, one.count)}
        ),
        revised=tuple(revised),
        kept_back=frozenset(seen - set(said)),
        held=frozenset(n for n, one in silent.items() if not moved(one, counts.get(n), rules)),
    )


def _told(
    cells: Iterable[EarlierCell], rules: ProductRules
) -> tuple[dict[CellName, list[EarlierCell]], dict[CellName, EarlierCell], set[CellName]]:
    """The different values said of each cell; those silent at the last, as when they fell silent; and all that ever were silent."""
    said: dict[CellName, list[EarlierCell]] = {}
    silent: dict[CellName, EarlierCell] = {}
    ever = set()
    for one in cells:
        if one.value is None:
            ever.add(one.name)
            if one.name not in silent or moved(silent[one.name], one.count, rules):
                silent[one.name] = one
            continue
        silent.pop(one.name, None)
        if not _repeats(said.setdefault(one.name, []), one, rules):
            said[one.name].append(one)
    return said, silent, ever


def moved(earlier: EarlierCell, count: int | None, rules: ProductRules) -> bool:
    """Say whether a count has changed so much that a new value may be said. Sums of money: so much that the old one is wrong."""
    if count is None or earlier.count is None:
        return False
    return abs(count - earlier.count) >= (1 if rules.magnitude else rules.threshold)


def _repeats(told: list[EarlierCell], one: EarlierCell, rules: ProductRules) -> bool:
    """A value that stood was only said again. The count it was drawn from stays the one that counts, or small steps add up unseen."""
    if not told:
        return False
    last = told[-1]
    same = (last.value, last.low, last.high) == (one.value, one.low, one.high)
    return same and (one.release == last.release or not moved(last, one.count, rules))


@dataclass(slots=True)
class Remembered:
    """Statements of earlier releases as rows over leaves; late: leaves for what came since, by release and leaf."""

    system: System
    late: dict[tuple[str, int], int] = field(default_factory=dict)

    def since(self, release: str, over: Iterable[int]) -> Sum:
        """Return what came to these leaves since a release."""
        return plain(self.late[release, leaf] for leaf in over if (release, leaf) in self.late)


def remember(leaves: Leaves, past: Recalled, rules: ProductRules, *, only_more: bool) -> Remembered:
    """Write down all that earlier releases have said. only_more: the reader knows that counts only grow."""
    done = Remembered(System(leaves.count))
    rows = done.system.rows
    for one in (*past.revised, *past.changed):
        for leaf in leaves.over[one.name]:
            _late(done, one.release, leaf)
    for one in (*past.revised, *past.standing.values()):
        if since := done.since(one.release, leaves.over[one.name]):
            over = plain(leaves.over[one.name])
            rows["was", one.release, one.name] = Row(
                over + _minus(since), Window(one.low, one.high)
            )
    rows.update(_standing(leaves, past, rules, done))
    for (release, leaf), late in done.late.items():
        rows["had been", release, leaf] = _larger(leaf, late)
    for larger, smaller in leaves.nested:
        rows["within", larger, smaller] = _larger(larger, smaller)
    if not only_more:
        done.system.free = frozenset(done.late.values())
    return done


def _standing(
    leaves: Leaves, past: Recalled, rules: ProductRules, done: Remembered
) -> Iterable[tuple[object, Row]]:
    """Values that are said again: of the same count, or of one from which so few came or went; so much the reader knows."""
    for name, one in past.standing.items():
        if one in past.changed:
            since = done.since(one.release, leaves.over[name])
            yield ("little", name), Row(since, Window(-rules.threshold, rules.threshold))
        else:
            yield ("stands", name), Row(plain(leaves.over[name]), Window(one.low, one.high))


def _larger(larger: int, smaller: int) -> Row:
    return Row(((larger, 1.0), (smaller, -1.0)), Window(0, None))


def _late(done: Remembered, release: str, leaf: int) -> None:
    if (release, leaf) not in done.late:
        done.late[release, leaf] = done.system.leaves
        done.system.leaves += 1


def _minus(over: Sum) -> Sum:
    return tuple((leaf, -often) for leaf, often in over)
