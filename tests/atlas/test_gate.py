"""The gate's door: what is said of a cell, what is kept back, and when the answer is no."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.atlas.rules.gate.deciding import CellName, Memory, ProductRules, RawCell, Table, decide
from linli.facts.rules.periods import Period, month, year
from tests.town.atlas_gate import (
    ALL,
    EXACT,
    FAMILY,
    NOISY,
    YEAR,
    Attacker,
    City,
    released,
    remembered,
    windows_of,
)

A, B = "620201", "620202"


def outcomes(decision):
    return {(one.name.area, one.name.category): one.outcome for one in decision.cells}


def city(*counts, category=""):
    return City({(f"62020{n}", category, YEAR): count for n, count in enumerate(counts, 1)})


def plain_table(of, **overrides):
    return of.table([of.cell(ALL), *(of.cell(area) for area in of.areas)], **overrides)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_fewer_than_ten_are_kept_back_none_too_and_another_with_them(count):
    decision = released(plain_table(city(count, 40, 300)), EXACT)
    assert outcomes(decision) == {
        (ALL, ""): "published", (A, ""): "primary", (B, ""): "secondary", ("620203", ""): "published",
    }  # fmt: skip
    first, second = decision.cells[1:3]
    assert (first.value, first.low, first.why) == (None, 0, "few")
    assert first.high == 40 + count
    assert (second.value, second.low, second.high, second.why) == (None, 0, 40 + count, "protects")


def test_ten_are_published_where_nothing_is_added_to_them():
    decision = released(plain_table(city(10, 300)), EXACT)
    assert [one.value for one in decision.cells] == [310, 10, 300]


def test_what_noise_makes_fewer_than_ten_is_kept_back_too():
    """Or a reader who knows the threshold would know that the count is ten."""
    values = set()
    for key in range(0, 4096, 16):
        cell = RawCell(CellName(FAMILY, A, YEAR), 11, key)
        decision = released(Table(cells=(cell,), cut_off=YEAR.until))
        values.add((decision.cells[0].value, decision.cells[0].outcome))
    assert values == {(10, "published"), (15, "published"), (None, "primary")} - (
        set() if (None, "primary") in values else {(None, "primary")}
    )


def test_with_noise_a_published_cell_says_between_what_its_count_lies():
    of = city(103, 300)
    table = plain_table(of)
    for one, cell in zip(released(table).cells, table.cells, strict=True):
        assert one.value % 5 == 0
        assert one.low <= cell.count <= one.high
        assert one.high - one.low == 10


def test_the_same_table_is_always_decided_the_same():
    table = plain_table(city(3, 40, 8, 300, 25))
    assert released(table, EXACT) == released(table, EXACT)
    assert released(table) == released(table)


def test_a_rest_that_nobody_names_is_protected_too():
    """The county less the one town that is told would be four people elsewhere."""
    of = city(4, 60)
    told = of.table([of.cell(ALL), of.cell(B)], whole_areas=frozenset())
    decision = released(told, EXACT)
    assert sorted(one.outcome for one in decision.cells) == ["published", "secondary"]


def test_a_table_of_which_nothing_is_left_is_refused_with_its_cells():
    """The city and one town are told; the second table would give the third town away."""
    of = city(4, 60, 70)
    first = of.table([of.cell(ALL), of.cell(B)])
    memory = Memory(remembered(first, released(first, EXACT)))
    decision = decide(of.table([of.cell("620203")]), product_rules=EXACT, memory=memory)
    assert [(one.name.area, one.code) for one in decision.refused] == [("620203", "too_narrow")]
    assert not decision.passes
    assert decision.cells == ()


def test_a_table_with_a_wrong_cell_is_refused_by_name():
    fine = city(20, 30).cell(A)
    cases = {
        "stated_twice": [fine, fine],
        "below_nought": [RawCell(fine.name, -1)],
        "too_large": [RawCell(fine.name, 10**15)],
        "other_family": [fine, RawCell(fine.name._replace(family="cases.opened"), 20)],
        "unfinished_period": [RawCell(fine.name._replace(period=year(2026)), 20)],
        "undeclared_period": [
            RawCell(fine.name._replace(period=Period(date(2025, 1, 1), date(2025, 1, 8))), 20)
        ],
    }
    for code, cells in cases.items():
        table = Table(cells=tuple(cells), cut_off=date(2026, 2, 1))
        decision = decide(table, product_rules=NOISY, memory=Memory())
        assert [one.code for one in decision.refused] == [code]
        assert decision.refused[0].name == cells[-1].name
    monthly = ProductRules(lengths=frozenset({"month"}))
    table = Table(cells=(fine,), cut_off=date(2026, 2, 1))
    assert (
        decide(table, product_rules=monthly, memory=Memory()).refused[0].code == "undeclared_period"
    )


def test_totals_that_are_no_totals_are_refused():
    of = city(20, 30)
    wrong = RawCell(of.cell(ALL).name, 77)
    decision = decide(
        of.table([wrong, of.cell(A), of.cell(B)]), product_rules=EXACT, memory=Memory()
    )
    assert [(one.name, one.code) for one in decision.refused] == [(wrong.name, "not_additive")]


def test_a_table_that_divides_itself_into_too_many_parts_is_refused():
    cells = tuple(
        RawCell(CellName(FAMILY, ALL, YEAR, f"s{scheme}:{part}"), 20)
        for scheme in range(5)
        for part in range(9)
    )
    decision = decide(Table(cells=cells, cut_off=YEAR.until), product_rules=NOISY, memory=Memory())
    assert {one.code for one in decision.refused} == {"too_large"}


def test_an_empty_table_says_nothing():
    decision = decide(Table(cells=(), cut_off=YEAR.until), product_rules=NOISY, memory=Memory())
    assert (decision.passes, decision.cells) == (True, ())


def test_nothing_printed_says_a_count():
    cell = RawCell(CellName(FAMILY, A, YEAR), 31337, 4242, (777777,))
    assert not {"31337", "4242", "777777"} & set(
        repr(cell).replace("=", " ").replace(",", " ").split()
    )
    assert "31337" not in repr(Table(cells=(cell,), cut_off=YEAR.until))


def test_months_that_are_kept_back_are_kept_back_at_the_same_places():
    months = [month(2025, number) for number in (1, 2)]
    counts = {}
    for period, changed in zip(months, (0, 1), strict=True):
        counts |= {
            (A, "", period): 5, (B, "", period): 50 + changed, ("620203", "", period): 51 - changed,
        }  # fmt: skip
    decision = released(City(counts).table(cells_of(City(counts), months)), EXACT)
    hidden = {
        period: {o.name.area for o in decision.cells if o.name.period == period and o.value is None}
        for period in months
    }
    assert len(hidden[months[0]]) == 2
    assert hidden[months[0]] == hidden[months[1]]


def cells_of(of, periods):
    return [of.cell(area, "", period) for area in (ALL, *of.areas) for period in periods]


small = st.integers(0, 40)


@st.composite
def cities(draw):
    areas, categories = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    periods = [month(2025, number) for number in range(1, draw(st.integers(1, 2)) + 1)]
    return City(
        {
            (f"62020{a}", f"c:{c}", period): draw(small)
            for a in range(1, areas + 1)
            for c in range(categories)
            for period in periods
        },
        seed=draw(st.integers(0, 99)),
    )


@settings(max_examples=25, deadline=None)
@given(of=cities(), rules=st.sampled_from([EXACT, NOISY, ProductRules(noise=0)]))
def test_no_decision_leaves_a_small_cell_less_than_the_threshold_demands(of, rules):
    decision = decide(of.table(), product_rules=rules, memory=Memory())
    if not decision.passes:
        assert {one.code for one in decision.refused} == {"too_narrow"}
        return
    attacker = Attacker(of, windows_of(decision, rules))
    for one in decision.cells:
        count = of.cell(one.name.area, one.name.category, one.name.period).count
        assert one.low <= count
        assert one.high is None or count <= one.high
        if one.value is not None:
            assert count >= rules.threshold
            continue
        low, high = attacker.concludes(one.name)
        assert high - low > rules.threshold - 1e-5
        if count < rules.threshold:
            assert low < 1e-5
