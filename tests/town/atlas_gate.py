"""Small cities for the gate's tests: how many people each smallest part holds, and every table of it that one could ask for.

And one who attacks: knows what is published and how it adds up, and calls the solver by an own way, not the gate's.
"""

import random
from datetime import date
from itertools import product

import highspy

from linli.atlas.rules.gate import noise
from linli.atlas.rules.gate.deciding import (
    CellName,
    EarlierCell,
    Memory,
    ProductRules,
    RawCell,
    Table,
    decide,
)
from linli.facts.rules.periods import year

FAMILY = "offers.attended"
YEAR = year(2025)
EXACT = ProductRules(noise=0, rounding=1)
NOISY = ProductRules()
ALL = "620200"


class City:
    """Counts by area, category and period, each with its people's keys. `cells` gives whichever totals are asked for."""

    def __init__(self, counts, *, seed=1):
        self.atoms = dict(counts)  # (area, category, period) -> people
        dice = random.Random(seed)
        self.keys = {
            atom: noise.cell_key(dice.randrange(noise.KEYS) for _ in range(min(count, 3)))
            for atom, count in self.atoms.items()
        }
        self.areas = sorted({area for area, _, _ in self.atoms})
        self.categories = sorted({category for _, category, _ in self.atoms})
        self.periods = sorted({period for _, _, period in self.atoms})

    def inside(self, name):
        """The atoms that a cell is the sum of."""
        return [
            atom
            for atom in self.atoms
            if name.area in (ALL, atom[0])
            and name.category in ("", atom[1])
            and name.period.start <= atom[2].start < name.period.until
        ]

    def cell(self, area=ALL, category="", period=YEAR):
        name = CellName(FAMILY, area, period, category)
        atoms = self.inside(name)
        count = sum(self.atoms[atom] for atom in atoms)
        return RawCell(name, count, sum(self.keys[atom] for atom in atoms))

    def table(self, cells=None, **overrides):
        """All areas, categories and periods with all their totals, or the cells given."""
        if cells is None:
            of = product([ALL, *self.areas], ["", *self.categories], self.periods)
            cells = [self.cell(*which) for which in of]
        given = {
            "cut_off": date(2026, 2, 1), "inside": dict.fromkeys(self.areas, ALL),
            "whole_areas": frozenset([ALL]), "whole_categories": True,
        }  # fmt: skip
        return Table(cells=tuple(cells), **given | overrides)

    def more(self, atom, people, *, key=1234):
        """The same city after so many more were counted."""
        later = City(self.atoms | {atom: self.atoms[atom] + people})
        later.keys = self.keys | {atom: noise.cell_key([self.keys[atom], key * people])}
        return later


def random_city(seed, areas=12, categories=5, middle=3.3, periods=(YEAR,)):
    """A city of lively and of quiet districts: about a quarter of its cells count fewer than ten."""
    dice = random.Random(seed)
    rows = [dice.lognormvariate(0, 1) for _ in range(areas)]
    columns = [dice.lognormvariate(0, 0.6) for _ in range(categories)]
    return City(
        {
            (f"6202{10 + row}", f"course:{column}", period): int(
                dice.lognormvariate(middle, 0.8) * rows[row] * columns[column] / len(periods)
            )
            for row, column, period in product(range(areas), range(categories), periods)
        },
        seed=seed,
    )


def released(table, rules=NOISY, memory=None):
    """What the gate says of a table, which it must not refuse: value (or None) by name."""
    decision = decide(table, product_rules=rules, memory=memory or Memory())
    assert decision.passes, decision.refused
    return decision


def remembered(table, decision, release="r1"):
    """A decision as the gate remembers it."""
    counts = {cell.name: cell.count for cell in table.cells}
    return tuple(
        EarlierCell(
            name=one.name, release=one.stands or release, value=one.value, low=one.low, high=one.high,
            count=counts[one.name],
        )
        for one in decision.cells
    )  # fmt: skip


class Attacker:
    """Knows every published value with its window, and how cells are sums of atoms. whole: reckons in whole people."""

    def __init__(self, city, windows, *, whole=False):
        self.city = city
        self.number = {atom: number for number, atom in enumerate(city.atoms)}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        for number in self.number.values():
            self.solver.addVar(0, highspy.kHighsInf)
            if whole:
                self.solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        for name, (low, high) in windows.items():
            over = [self.number[atom] for atom in city.inside(name)]
            self.solver.addRow(low, high, len(over), over, [1.0] * len(over))

    def concludes(self, name):
        """The least and the most that a cell can be, as far as this one can see."""
        return self._best(name, 1), -self._best(name, -1)

    def _best(self, name, sign):
        inside = {self.number[atom] for atom in self.city.inside(name)}
        for number in self.number.values():
            self.solver.changeColCost(number, sign * (number in inside))
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return self.solver.getInfo().objective_function_value
        assert status != highspy.HighsModelStatus.kInfeasible
        return -float("inf")


def windows_of(decision, rules):
    """What somebody who knows the rules reads from the published values: worked out anew, not taken from the gate."""
    wide = rules.noise + rules.rounding // 2
    return {
        one.name: (max(one.value - wide, rules.threshold), one.value + wide)
        for one in decision.cells
        if one.value is not None
    }
