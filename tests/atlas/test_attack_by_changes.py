"""Attacks by waiting and watching: whoever compares releases, or adds records, learns about nobody (P19, attacks 24, 25, 26)."""

import random
from statistics import fmean

from linli.atlas.rules.gate import noise
from linli.atlas.rules.gate.deciding import CellName, Memory, ProductRules, RawCell, Table, decide
from tests.town.atlas_gate import ALL, EXACT, FAMILY, NOISY, YEAR, City, released, remembered

PERSONS = 300
ROUNDED = ProductRules(noise=0)  # the 10-5 rule without a key
SECRET = b"x" * 32


def person(number):
    return noise.record_key(SECRET, str(number).encode())


def one_cell(keys):
    city = City({("620201", "", YEAR): len(keys)})
    city.keys = {("620201", "", YEAR): sum(keys)}
    return city.table([city.cell("620201")])


def value(decision):
    return decision.cells[0].value


def worlds():
    """300 people, and for each a district of some others."""
    dice = random.Random(24)
    for number in range(PERSONS):
        others = [person(1000 * number + k + 1) for k in range(dice.randrange(12, 60))]
        yield person(1000 * number), others


def test_two_releases_with_and_without_one_person_say_the_same():
    told = noticed_without_memory = raw = 0
    for somebody, others in worlds():
        before, after = one_cell([somebody, *others]), one_cell(others)
        first = released(before)
        second = released(after, memory=Memory(remembered(before, first)))
        told += value(first) != value(second)
        noticed_without_memory += value(first) != value(released(after))
        exact = [value(released(table, EXACT)) for table in (before, after)]
        raw += exact[0] - exact[1] == 1
    assert told == 0
    assert raw == PERSONS
    assert noticed_without_memory > PERSONS / 4  # the memory is what protects, not the noise alone


def test_who_adds_records_and_watches_the_jump_learns_nothing():
    """The rule of rounding alone gives the count away to whoever has five records to add; with memory nothing jumps."""
    found = by_rounding = 0
    for _somebody, others in worlds():
        fakes = [person(f"fake{k}") for k in range(5)]
        tables = [one_cell(others + fakes[:k]) for k in (0, 1, 5)]
        memory, seen = Memory(), []
        for table in tables:
            decision = released(table, memory=memory)
            memory = Memory((*memory.cells, *remembered(table, decision)))
            seen.append(value(decision))
        assert len(set(seen)) == 1
        found += len([n for n in range(10, 80) if abs(n - seen[0]) <= 5]) == 1
        jumps = [noise.published(len(others) + k, 0, ROUNDED) for k in range(6)]
        by_rounding += len([n for n in range(10, 80) if fits(n, jumps)]) == 1
    assert found == 0
    assert by_rounding == PERSONS


def fits(count, jumps):
    return all(abs(count + k - said) <= 2 for k, said in enumerate(jumps))


def test_who_compares_a_town_with_its_village_does_not_see_whether_the_rest_is_empty():
    """By the people's keys alone equal values mean equal people: unequal ones would prove that somebody is there."""
    turned = plain = 0
    for _somebody, others in worlds():
        town, village = (CellName(FAMILY, area, YEAR) for area in ("620201", "620201101"))
        both = [RawCell(name, len(others), sum(others)) for name in (town, village)]
        turned += len({value for _name, value in said(both)}) > 1
        plain += len({noise.published(cell.count, cell.key, NOISY) for cell in both}) > 1
    assert plain == 0
    assert turned > PERSONS / 5


def test_small_steps_do_not_add_up_to_one_large_one():
    """Ten releases, each with three records more: a new value is said only after ten have come together."""
    people = [person(k) for k in range(30)]
    table, memory, new = one_cell(people), Memory(), 0
    for step in range(10):
        table = one_cell(people + [person(f"new{k}") for k in range(3 * step)])
        decision = released(table, memory=memory)
        new += not decision.cells[0].stands
        memory = Memory((*memory.cells, *remembered(table, decision, release=f"r{step}")))
    assert new == 3  # the first, after twelve more, after twelve more


def divided(count, schemes, dice):
    """The same people divided in so many ways by two: the cells of all these divisions."""
    keys = [dice.randrange(noise.KEYS) for _ in range(count)]
    yield RawCell(CellName(FAMILY, ALL, YEAR), count, sum(keys))
    for scheme in range(schemes):
        dice.shuffle(keys)
        cut = dice.randrange(20, count - 20)
        for half, part in (("a", keys[:cut]), ("b", keys[cut:])):
            yield RawCell(CellName(FAMILY, ALL, YEAR, f"s{scheme}:{half}"), len(part), sum(part))


def said(cells):
    return [(c.name, noise.published(c.count, noise.of_cell(c.key, c.name), NOISY)) for c in cells]


def averaged(dice, *, schemes):
    """Whether the mean of all sums that make the whole is the whole."""
    count, sums = dice.randrange(80, 400), {}
    for name, value in said(divided(count, schemes, dice)):
        scheme = name.category.partition(":")[0]
        sums[scheme] = sums.get(scheme, 0) + value
    return round(fmean(sums.values())) == count


def as_table(cells):
    whole = {"whole_categories": True, "cut_off": YEAR.until}
    return Table(cells=tuple(cells), **whole)


def test_who_averages_many_divisions_is_stopped_by_the_budget():
    dice = random.Random(26)
    cells = list(divided(200, 5, dice))
    decision = released(as_table(cells))
    assert {one.name: one.value for one in decision.cells} == dict(said(cells))
    hits = [averaged(dice, schemes=5) for _ in range(PERSONS)]
    assert sum(hits) <= PERSONS * 0.40
    ungated = [averaged(dice, schemes=300) for _ in range(12)]
    assert sum(ungated) > 12 * 0.90
    cells = list(divided(200, 6, dice))
    decision = decide(as_table(cells), product_rules=NOISY, memory=Memory())
    assert {one.code for one in decision.refused} == {"over_budget"}
    assert {one.name for one in decision.refused} == {cell.name for cell in cells}
    assert not decision.cells
