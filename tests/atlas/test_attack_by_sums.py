"""Attacks by adding and subtracting: whoever has all published tables and a solver finds nobody (P18, attacks 23 and 27)."""

import pytest

from linli.atlas.rules.gate.deciding import Memory, decide
from linli.facts.rules.periods import Period, month
from tests.town.atlas_gate import (
    ALL,
    EXACT,
    NOISY,
    Attacker,
    City,
    random_city,
    released,
    remembered,
    windows_of,
)

TABLES = 8


def primary(decision):
    return [one.name for one in decision.cells if one.outcome == "primary"]


def known(attacker, names):
    """The cells of which the attacker knows the one true count."""
    ends = [attacker.concludes(name) for name in names]
    return sum(high - low < 1 - 1e-6 for low, high in ends)


@pytest.mark.parametrize("rules", [EXACT, NOISY], ids=["exact", "noisy"])
def test_a_solver_leaves_every_small_cell_all_it_could_be(rules):
    kept_back = cells = further = 0
    for seed in range(TABLES):
        city = random_city(seed)
        decision = released(city.table(), rules)
        cells += len(decision.cells)
        further += sum(one.outcome == "secondary" for one in decision.cells)
        attacker = Attacker(city, windows_of(decision, rules))
        for one in decision.cells:
            if one.value is None:
                kept_back += 1
                low, high = attacker.concludes(one.name)
                assert high - low > 10 - 1e-5, one
                if one.outcome == "primary":
                    assert low < 1e-5, one
                assert one.low <= low + 1
                assert one.high is None or one.high >= high - 1
    assert kept_back > 80
    assert further < cells * 0.20


def test_without_further_cells_kept_back_a_solver_finds_many():
    exact = small = 0
    for seed in range(TABLES):
        city = random_city(seed)
        table = city.table()
        said = {cell.name: (cell.count, cell.count) for cell in table.cells if cell.count >= 10}
        names = [cell.name for cell in table.cells if cell.count < 10]
        exact += known(Attacker(city, said), names)
        small += len(names)
    assert exact > small / 5


def months_city(seed):
    months = [month(2025, number) for number in range(1, 4)]
    return random_city(seed, areas=3, categories=2, middle=3.6, periods=months)


@pytest.mark.parametrize("seed", range(4))
def test_reckoning_in_whole_people_over_all_releases_finds_no_row(seed):
    city = months_city(seed)
    quarter = Period(month(2025, 1).start, month(2025, 3).until)
    by_month = city.table()
    first = released(by_month, EXACT)
    by_quarter = city.table(
        [
            city.cell(area, category, quarter)
            for area in (ALL, *city.areas)
            for category in ("", *city.categories)
        ]
    )
    second = decide(by_quarter, product_rules=EXACT, memory=Memory(remembered(by_month, first)))
    said = windows_of(first, EXACT) | windows_of(second, EXACT)
    attacker = Attacker(city, said, whole=True)
    names = [one.name for one in (*first.cells, *second.cells) if one.value is None]
    assert names
    assert known(attacker, names) == 0
    for name in primary(first):
        low, high = attacker.concludes(name)
        assert high - low > 10 - 1e-5

    raw = {
        cell.name: (cell.count, cell.count)
        for cell in (*by_month.cells, *by_quarter.cells)
        if cell.count >= 10
    }
    assert known(Attacker(city, raw, whole=True), primary(first)) > 0


def test_the_attacker_knows_what_is_known():
    city = City(
        {("620201", "course:a", month(2025, 1)): 4, ("620202", "course:a", month(2025, 1)): 30}
    )
    total, other = city.cell(period=month(2025, 1)), city.cell("620202", period=month(2025, 1))
    said = {cell.name: (cell.count, cell.count) for cell in (total, other)}
    assert Attacker(city, said).concludes(city.cell("620201", period=month(2025, 1)).name) == (4, 4)
