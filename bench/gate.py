"""The release gate over 40 tables of 12 districts by 5 courses with all totals, and an attack on what it let pass. Pure, no database.

The counts are invented: some districts and courses are lively, some quiet, and about a quarter of the cells count fewer than ten. In the
exact rows nothing is rounded: then totals give most away, and most must be kept back beside the small cells.
"""

import random
import time
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from bench.table import Row
from linli.atlas.rules.gate.bounds import Reader, System, Window
from linli.atlas.rules.gate.bounds import Row as Said
from linli.atlas.rules.gate.cells import CellName, Memory, ProductRules, RawCell, Table
from linli.atlas.rules.gate.deciding import decide
from linli.atlas.rules.gate.noise import KEYS, window
from linli.facts.rules.periods import year
from linli.kernel.programmes import plain

_TABLES, _DISTRICTS, _COURSES, _LIMIT, _EXTRA = 40, 12, 5, 100.0, 0.20
_EXACT, _NOISY = ProductRules(noise=0, rounding=1), ProductRules()
_YEAR = year(2025)


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the gate's rows of the table."""
    tables = [_table(seed) for seed in range(_TABLES * 10 if large else _TABLES)]
    for name, rules in (("exact", _EXACT), ("noise and rounding", _NOISY)):
        began = time.perf_counter()
        decisions = [decide(one, product_rules=rules, memory=Memory()) for one in tables]
        seconds = time.perf_counter() - began
        cells = [cell for one in decisions for cell in one.cells]
        small = sum(cell.outcome == "primary" for cell in cells)
        further = sum(cell.outcome == "secondary" for cell in cells)
        yield Row(
            f"gate, {name}: {len(tables)} tables {_DISTRICTS} x {_COURSES}, {small} small cells",
            f"{seconds:.1f} s", f"{_LIMIT:.0f} s", f"{seconds / _LIMIT:.2f}", "<= 1",
        )  # fmt: skip
        inner = len(tables) * _DISTRICTS * _COURSES
        yield Row(
            "the same: cells kept back beside them, of all inner cells",
            f"{further / inner:.1%}", f"{_EXTRA:.0%}", f"{further / inner / _EXTRA:.2f}", "<= 1",
        )  # fmt: skip
        said = [
            {cell.name: window(cell.value, rules) for cell in one.cells if cell.value is not None}
            for one in decisions
        ]
        naive = [
            {
                cell.name: Window(cell.count, cell.count)
                for cell in one.cells
                if cell.count >= rules.threshold
            }
            for one in tables
        ]
        found, asked = _found(tables, said)
        yield Row(
            f"the same: small cells an attacker knows to less than ten, of {asked}",
            f"{found}", f"{_found(tables, naive)[0]} if only these are kept back", "", "0",
        )  # fmt: skip


def _table(seed: int) -> Table:
    chance = random.Random(seed)
    lively = [chance.lognormvariate(0, 1) for _ in range(_DISTRICTS)]
    liked = [chance.lognormvariate(0, 0.6) for _ in range(_COURSES)]
    inner = {
        (f"d{d:02}", f"c{c}"): int(chance.lognormvariate(3.3, 0.8) * lively[d] * liked[c])
        for d, c in product(range(_DISTRICTS), range(_COURSES))
    }
    keys = {where: chance.randrange(KEYS) for where in inner}
    districts, courses = sorted({d for d, _ in inner}), sorted({c for _, c in inner})
    cells = []
    for area, course in product(["all", *districts], ["", *courses]):
        over = [(d, c) for d, c in inner if area in {"all", d} and course in {"", c}]
        name = CellName("bench", area, _YEAR, course)
        cells.append(RawCell(name, sum(inner[one] for one in over), sum(keys[one] for one in over)))
    return Table(
        cells=tuple(cells), cut_off=date(2026, 1, 1), inside=dict.fromkeys(districts, "all"),
        whole_areas=frozenset({"all"}), whole_categories=True,
    )  # fmt: skip


def _found(tables: list[Table], said: list[dict[CellName, Window]]) -> tuple[int, int]:
    """How many small cells a solver knows to less than ten, and how many there are."""
    found = asked = 0
    for table, windows in zip(tables, said, strict=True):
        over = _inner(table)
        rows: dict[object, Said] = {
            name: Said(plain(over[name]), told) for name, told in windows.items()
        }
        reader = Reader(System(_DISTRICTS * _COURSES, rows))
        for cell in table.cells:
            if cell.count < _EXACT.threshold:
                asked += 1
                low = reader.least(plain(over[cell.name]))[0]
                high = reader.most(plain(over[cell.name]))[0]
                found += high is not None and high - low < _EXACT.threshold
    return found, asked


def _inner(table: Table) -> Mapping[CellName, list[int]]:
    """Of which inner cells, by number, each cell is the sum."""
    inner = [cell.name for cell in table.cells if cell.name.area != "all" and cell.name.category]
    return {
        cell.name: [
            number
            for number, one in enumerate(inner)
            if cell.name.area in {"all", one.area} and cell.name.category in {"", one.category}
        ]
        for cell in table.cells
    }
