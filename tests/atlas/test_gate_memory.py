"""The gate remembers: nothing follows from two releases that neither of them would have said."""

from dataclasses import replace
from datetime import date

import pytest

from linli.atlas.rules.gate.deciding import (
    CellName,
    EarlierCell,
    Memory,
    ProductRules,
    RawCell,
    Table,
    decide,
)
from linli.facts.rules.periods import Period, month
from tests.town.atlas_gate import ALL, EXACT, FAMILY, NOISY, YEAR, City, released, remembered

A, B, C = "620201", "620202", "620203"
MONTHS = [month(2025, number) for number in range(1, 7)]
HALF = Period(MONTHS[0].start, MONTHS[-1].until)


def values(decision):
    return {
        (one.name.area, one.name.category, one.name.period): one.value for one in decision.cells
    }


def by_month(*counts):
    return City({(A, "", period): count for period, count in zip(MONTHS, counts, strict=True)})


def test_a_month_does_not_follow_from_the_half_year_less_the_others():
    """Differencing over periods."""
    of = by_month(30, 30, 30, 30, 30, 4)
    half = of.table([of.cell(A, "", HALF)])
    first = released(half, EXACT)
    assert first.cells[0].value == 154
    months = of.table([of.cell(A, "", period) for period in MONTHS])

    alone = released(months, EXACT)
    assert [one.outcome for one in alone.cells] == ["published"] * 5 + ["primary"]

    with_memory = released(months, EXACT, Memory(remembered(half, first)))
    assert [one.outcome for one in with_memory.cells].count("secondary") == 1
    assert with_memory.cells[5].outcome == "primary"
    assert with_memory.cells[5].low == 0
    assert with_memory.cells[5].high >= 10


def towns(*counts):
    return City({(f"62020{n}", "", YEAR): count for n, count in enumerate(counts, 1)})


def test_a_town_does_not_follow_from_the_city_less_the_others():
    """Differencing over areas: the second table is fine by itself."""
    of = towns(4, 60, 70)
    city = of.table([of.cell(ALL)])
    others = of.table([of.cell(B), of.cell(C)])
    assert all(one.value for one in released(others, EXACT).cells)
    memory = Memory(remembered(city, released(city, EXACT)))
    assert sorted(one.outcome for one in released(others, EXACT, memory).cells) == [
        "published",
        "secondary",
    ]


def test_a_second_engine_that_counts_the_same_people_is_held_to_what_the_first_has_said():
    """Differencing over engines: the family is what is counted, not who counts it."""
    of = towns(4, 60, 70)
    told = of.table([of.cell(ALL), of.cell(B)], whole_areas=frozenset())
    memory = Memory(remembered(told, released(told, EXACT), release="offers-2025"))
    funds = of.table([of.cell(C)])
    decision = decide(funds, product_rules=EXACT, memory=memory)
    assert [(one.name.area, one.code) for one in decision.refused] == [(C, "too_narrow")]
    assert released(funds, EXACT).cells[0].value == 70


def test_what_was_kept_back_for_others_is_not_published_later():
    of = towns(4, 60, 70)
    table = of.table([of.cell(area) for area in (ALL, A, B, C)])
    first = released(table, EXACT)
    hidden = next(one.name for one in first.cells if one.outcome == "secondary")
    again = of.table([of.cell(hidden.area)])
    assert released(again, EXACT).cells[0].value
    later = released(again, EXACT, Memory(remembered(table, first))).cells[0]
    assert (later.outcome, later.value) == ("secondary", None)


@pytest.mark.parametrize(("more", "said"), [(5, False), (9, False), (10, True)])
def test_what_was_kept_back_stays_so_until_ten_have_come(more, said):
    """Else whoever adds records one by one would see when the threshold is reached, and count back."""
    of, memory = towns(7), Memory()
    for step in range(more + 1):
        later = of.more((A, "", YEAR), step)
        table = later.table([later.cell(A)])
        decision = released(table, EXACT, memory)
        memory = Memory((*memory.cells, *remembered(table, decision, release=f"r{step}")))
    assert (decision.cells[0].value is not None) == said
    assert released(table, EXACT).cells[0].value == (7 + more)


@pytest.mark.parametrize(
    ("more", "stands"), [(-9, True), (0, True), (9, True), (10, False), (-10, False)]
)
def test_a_value_stands_until_ten_have_come_or_gone(more, stands):
    of = towns(40, 60)
    table = of.table([of.cell(A)])
    memory = Memory(remembered(table, released(table)))
    later = of.more((A, "", YEAR), more)
    decision = released(later.table([later.cell(A)]), memory=memory)
    assert decision.cells[0].stands == ("r1" if stands else "")
    if stands:
        assert decision.cells[0].value == memory.cells[0].value


def test_a_value_whose_count_nobody_kept_stands_for_ever():
    of = towns(40)
    table = of.table([of.cell(A)])
    memory = Memory((replace(remembered(table, released(table))[0], count=None),))
    later = of.more((A, "", YEAR), 500)
    assert released(later.table([later.cell(A)]), memory=memory).cells[0].stands == "r1"


def test_the_one_who_came_late_does_not_follow_from_two_new_values():
    """The city has twelve more, one town eleven of them: the other town's one would stand there."""
    of = towns(40, 60)
    table = of.table([of.cell(ALL), of.cell(A), of.cell(B)])
    memory = Memory(remembered(table, released(table, EXACT)))
    later = of.more((A, "", YEAR), 11).more((B, "", YEAR), 1)
    decision = released(later.table([later.cell(ALL), later.cell(A), later.cell(B)]), EXACT, memory)
    said = values(decision)
    assert said[B, "", YEAR] == 60
    assert (said[ALL, "", YEAR], said[A, "", YEAR]).count(None) == 1

    alone = released(later.table([later.cell(ALL), later.cell(A), later.cell(B)]), EXACT)
    assert None not in values(alone).values()


def test_a_table_that_earlier_releases_have_undone_already_is_refused_with_the_cells():
    name = CellName(FAMILY, A, YEAR)
    memory = Memory(
        (
            EarlierCell(name=name._replace(area=ALL), release="r0", value=64, low=64, high=64),
            EarlierCell(name=name._replace(area=B), release="r0", value=60, low=60, high=60),
        )
    )
    of = towns(4, 60)
    decision = decide(of.table([of.cell(A)]), product_rules=EXACT, memory=memory)
    assert [(one.name, one.code) for one in decision.refused] == [(name, "too_narrow")]


def test_earlier_values_that_no_counts_fit_are_refused_not_guessed():
    name = CellName(FAMILY, ALL, YEAR)
    memory = Memory((EarlierCell(name=name, release="r0", value=20, low=20, high=20),))
    of = towns(40, 60)
    decision = decide(of.table([of.cell(A), of.cell(B)]), product_rules=EXACT, memory=memory)
    assert {one.code for one in decision.refused} == {"not_additive"}


def test_persons_counted_once_a_period_are_not_told_by_how_much_a_longer_one_has_more():
    """Months of persons do not add up; but the half-year holds all who came in its first quarter."""
    quarter = Period(MONTHS[0].start, MONTHS[2].until)
    cells = [RawCell(CellName(FAMILY, A, quarter), 40), RawCell(CellName(FAMILY, A, HALF), 43)]
    given = {"cut_off": date(2025, 8, 1), "adds_over_time": False}
    first = Table(cells=(cells[0],), **given)
    memory = Memory(remembered(first, released(first, EXACT)))
    second = Table(cells=(cells[1],), **given)
    assert released(second, EXACT).cells[0].value == 43
    assert not decide(second, product_rules=EXACT, memory=memory).passes
    wide = Table(cells=(replace(cells[1], count=90),), **given)
    assert released(wide, EXACT, memory).cells[0].value == 90


def test_other_years_are_no_matter_but_for_where_cells_are_kept_back():
    of = towns(4, 60, 61)
    table = of.table([of.cell(area) for area in (ALL, A, B, C)])
    earlier = tuple(
        replace(
            one,
            name=one.name._replace(period=month(2019, 1)),
            value=None if one.name.area in (A, C) else 1,
        )
        for one in remembered(table, released(table, EXACT))
    )
    hidden = {one.name.area for one in released(table, EXACT).cells if one.value is None}
    assert hidden == {A, B}
    with_memory = released(table, EXACT, Memory(earlier))
    assert {one.name.area for one in with_memory.cells if one.value is None} == {A, C}


def test_the_budget_counts_what_earlier_releases_have_spent():
    of = City({(A, f"s{n}:x", YEAR): 40 for n in range(1)})
    cells = [
        RawCell(CellName(FAMILY, A, YEAR, f"s{n}:{half}"), 40, n) for n in range(6) for half in "xy"
    ]
    once = of.table(cells[:8], inside={}, whole_areas=frozenset())
    memory = Memory(remembered(once, released(once)))
    more = of.table(cells[8:], inside={}, whole_areas=frozenset())
    total = of.table(
        [*cells[8:], RawCell(CellName(FAMILY, A, YEAR), 80)], inside={}, whole_areas=frozenset()
    )
    assert decide(more, product_rules=NOISY, memory=memory).passes
    decision = decide(total, product_rules=NOISY, memory=memory)
    assert {one.code for one in decision.refused} == {"over_budget"}
    assert decide(total, product_rules=ProductRules(budget=7), memory=memory).passes
