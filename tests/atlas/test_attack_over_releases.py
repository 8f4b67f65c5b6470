"""Attacks over many releases: whatever tables come one after the other, nobody follows from all of them together."""

import random
from itertools import product

import pytest

from linli.atlas.rules.gate import weighing
from linli.atlas.rules.gate.deciding import Memory, ProductRules, decide
from linli.facts.rules.periods import Period, month
from tests.town.atlas_gate import ALL, Attacker, City, remembered, windows_of

MONTHS = [month(2025, number) for number in (1, 2, 3)]
QUARTER = Period(MONTHS[0].start, MONTHS[-1].until)
SHAPES = [{"noise": 0, "rounding": 1}, {"noise": 0}, {}]


class Story:
    """Up to four tables of one small city, each with some of its cells: what is said in the end, and what the gate refused."""

    def __init__(self, seed):
        dice = random.Random(seed)
        areas = [f"62020{n}" for n in range(1, dice.randint(2, 4) + 1)]
        categories = [f"c:{n}" for n in range(dice.randint(1, 2))]
        self.rules = ProductRules(**dice.choice(SHAPES), budget=99)
        atoms = product(areas, categories, MONTHS)
        most = dice.choice([15, 40, 100])
        self.city = City(
            {one: dice.choice([0, dice.randint(0, 12), dice.randint(0, most)]) for one in atoms}
        )
        self.cells = [
            self.city.cell(*which)
            for which in product([ALL, *areas], ["", *categories], [*MONTHS, QUARTER])
        ]
        self.said, self.silent, self.refused, memory = {}, set(), 0, ()
        for number in range(dice.randint(2, 4)):
            table = self.city.table([one for one in self.cells if dice.random() < 0.6])
            decision = decide(table, product_rules=self.rules, memory=Memory(memory))
            self.refused += not decision.passes
            self.said |= windows_of(decision, self.rules)
            memory += remembered(table, decision, release=f"r{number}") if decision.passes else ()

    def known(self):
        """The cells, said or not, of which the attacker knows that they may be fewer than ten, and to less than ten."""
        attacker = Attacker(self.city, self.said)
        ends = (
            (cell, attacker.concludes(cell.name))
            for cell in self.cells
            if cell.name not in self.said
        )
        return [
            (cell, low, high)
            for cell, (low, high) in ends
            if low < 10 - 1e-5 and high - low < 10 - 1e-5
        ]


@pytest.mark.parametrize("seed", range(12))
def test_nobody_follows_from_all_releases_together(seed):
    assert Story(seed).known() == []


@pytest.mark.parametrize("forgets", ["memory", "unnamed"])
def test_a_gate_that_forgets_is_found_out(monkeypatch, forgets):
    """The control: without the memory, or without a thought for sums that nobody named, these stories do give people away."""
    if forgets == "memory":
        nothing = Memory()
        monkeypatch.setattr(f"{__name__}.Memory", lambda _cells: nothing)
    else:
        monkeypatch.setattr(weighing.Weighing, "demands", named_only(weighing.Weighing.demands))
    assert any(Story(seed).known() for seed in range(60))


def named_only(demands):
    def only(self, late):
        return {key: one for key, one in demands(self, late).items() if key[0] != "sum"}

    return only
