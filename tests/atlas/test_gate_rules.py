"""The parts behind the door: how cells add up, who dominates a sum, which periods there are."""

from datetime import date

import pytest

from linli.atlas.rules.gate import dominance
from linli.atlas.rules.gate.bounds import Row, System, Window
from linli.atlas.rules.gate.cells import CellName, EarlierCell, Memory, ProductRules, RawCell, Table
from linli.atlas.rules.gate.deciding import decide
from linli.atlas.rules.gate.hiding import Demand, hide
from linli.atlas.rules.gate.periods import length_of
from linli.atlas.rules.gate.sums import leaves_of
from linli.facts.rules.periods import Period, month, year
from linli.kernel.programmes import plain
from tests.town.atlas_gate import ALL, FAMILY, YEAR, released

MONEY = ProductRules(magnitude=True, threshold=3, rounding=1, noise=0)


def names(*pairs):
    return [CellName(FAMILY, area, YEAR, category) for area, category in pairs]


def table(cells=(), **given):
    return Table(cells=tuple(cells), cut_off=date(2026, 2, 1), **given)


def sizes(found):
    return {(name.area, name.category): len(over) for name, over in found.over.items()}


def test_a_city_is_its_towns_and_a_rest_unless_they_cover_it():
    told = names(("city", ""), ("a", ""), ("b", ""))
    inside = {"a": "city", "b": "city"}
    assert sizes(leaves_of(told, table(inside=inside)))["city", ""] == 3
    whole = table(inside=inside, whole_areas=frozenset({"city"}))
    assert sizes(leaves_of(told, whole))["city", ""] == 2
    unknown = table(inside=inside | {"c": "city"}, whole_areas=frozenset({"city"}))
    assert sizes(leaves_of(told, unknown))["city", ""] == 3


def test_what_lies_between_a_whole_and_its_parts_has_no_rest_either():
    told = names(("city", ""), ("town", ""), ("street", ""))
    inside = {"street": "town", "town": "city"}
    cells = [RawCell(name, 20) for name in told if name.area != "town"]
    found = leaves_of(told, table(cells, inside=inside, whole_areas=frozenset({"city"})))
    assert sizes(found) == {("city", ""): 1, ("town", ""): 1, ("street", ""): 1}


def test_two_divisions_of_the_same_people_cross():
    told = names(("a", ""), ("a", "age:60+"), ("a", "course:sewing"), ("a", "course:cooking"))
    found = sizes(leaves_of(told, table()))
    assert found["a", ""] == 2 * 3
    assert found["a", "age:60+"] == 3
    assert found["a", "course:sewing"] == 2
    assert sizes(leaves_of(told, table(whole_categories=True)))["a", ""] == 2


def test_periods_are_cut_where_any_begins_or_ends():
    half = Period(date(2025, 1, 1), date(2025, 7, 1))
    told = [CellName(FAMILY, "a", period) for period in (YEAR, half, month(2025, 6))]
    found = leaves_of(told, table())
    assert [len(found.over[name]) for name in told] == [3, 2, 1]
    apart = leaves_of(told, table(adds_over_time=False))
    assert apart.count == 3
    assert len(apart.nested) == 2


def test_areas_in_a_circle_are_an_error():
    with pytest.raises(ValueError, match="circle"):
        leaves_of(names(("a", "")), table(inside={"a": "b", "b": "a"}))


@pytest.mark.parametrize(
    ("period", "length"),
    [
        (month(2025, 5), "month"),
        (Period(date(2025, 4, 1), date(2025, 7, 1)), "quarter"),
        (Period(date(2025, 7, 1), date(2026, 1, 1)), "half"),
        (year(2025), "year"),
        (Period(date(2025, 5, 1), date(2025, 8, 1)), None),
        (Period(date(2025, 2, 1), date(2026, 2, 1)), None),
        (Period(date(2025, 5, 1), date(2025, 5, 31)), None),
        (Period(date(2025, 1, 1), date(2027, 1, 1)), None),
    ],
)
def test_a_period_is_a_whole_one_of_the_calendar(period, length):
    assert length_of(period) == length


def gift(area, *parts, shown=2):
    largest = tuple(sorted(parts, reverse=True)[:shown])
    return RawCell(CellName(FAMILY, area, YEAR), sum(parts), 0, largest, len(parts))


@pytest.mark.parametrize(
    ("parts", "lacking"),
    [
        ([100] * 10, 0),
        (
            [1000, 50, 50, 40],
            10,
        ),  # p %: the second knows the first to within 90 of 1,000; and (n, k): 1,050 of 1,140 is over 90 %
        ([500, 400, 60, 20], 20),  # (n, k) alone: 900 of 980
        ([500, 300, 60, 45], 0),
    ],
)
def test_who_dominates_a_sum_is_found_by_both_rules(parts, lacking):
    assert dominance.lacking(gift("a", *parts), MONEY) >= lacking
    assert bool(dominance.lacking(gift("a", *parts), MONEY)) == bool(lacking)


def test_largest_parts_that_are_not_told_count_as_the_worst():
    assert dominance.lacking(gift("a", 100, 100, 100, 100, shown=1), MONEY) == 40


def test_a_dominated_sum_is_kept_back_and_another_with_it_so_far_that_the_rule_holds():
    cells = [gift("a", 9000, 200, 100), gift("b", *[300] * 20), gift("c", *[700] * 20)]
    of = table([*cells, gift(ALL, *[500] * 3)], inside={})
    total = RawCell(
        CellName(FAMILY, ALL, YEAR), sum(cell.count for cell in cells), 0, (9000, 700), 43
    )
    of = table([total, *cells], inside=dict.fromkeys("abc", ALL), whole_areas=frozenset({ALL}))
    decision = released(of, MONEY)
    assert [one.outcome for one in decision.cells] == [
        "published",
        "primary",
        "secondary",
        "published",
    ]
    kept = decision.cells[1]
    assert kept.why == "dominance"
    assert kept.high - 200 >= 9000 * 1.1
    assert kept.high * 0.9 >= (9000 + 200)


def test_a_sum_of_fewer_givers_than_the_threshold_is_kept_back():
    decision = released(table([gift("a", 100, 100)]), MONEY)
    assert (decision.cells[0].why, decision.cells[0].value) == ("few_givers", None)


def test_a_sum_that_was_corrected_is_said_only_so_roughly_that_the_change_stays_unknown():
    name = CellName(FAMILY, "a", YEAR)
    memory = Memory(
        (EarlierCell(name=name, release="r1", value=2000, low=2000, high=2000, count=2000),)
    )
    corrected = table([gift("a", *[201] * 10)])
    assert not decide(corrected, product_rules=MONEY, memory=memory).passes
    rough = ProductRules(magnitude=True, threshold=3, rounding=100, noise=0)
    assert released(corrected, rough, memory).cells[0].value == 2000


def test_sums_of_billions_are_protected_as_well_as_small_ones():
    of = [gift(area, *[part] * 40) for area, part in (("a", 10**10), ("b", 2 * 10**10))]
    one = gift("c", 9 * 10**11, 10**9, 10**9, 10**9)
    total = RawCell(
        CellName(FAMILY, ALL, YEAR),
        sum(cell.count for cell in (*of, one)),
        0,
        (9 * 10**11, 10**10),
        84,
    )
    whole = table([total, *of, one], inside=dict.fromkeys("abc", ALL), whole_areas=frozenset({ALL}))
    decision = released(whole, MONEY)
    kept = decision.cells[3]
    assert kept.outcome == "primary"
    assert kept.high >= 9 * 10**11 * 1.1
    assert sum(one.outcome == "secondary" for one in decision.cells) == 1


def test_a_sum_that_was_large_enough_is_looked_at_again_when_another_is_loosened():
    """Two parts: the second must not be known to less than ten. What must be kept back for it is all that said the sum is large."""
    said = CellName(FAMILY, ALL, YEAR)
    rows = {
        "earlier": Row(plain([0, 1]), Window(7, 16)),
        "first part": Row(plain([0]), Window(2, 5)),
        said: Row(plain([0, 1]), Window(12, 13)),
    }
    demands = {
        "second part": Demand(plain([1]), width=10),
        "sum": Demand(plain([0, 1]), width=10, enough=10),
    }
    found = hide(
        System(2, rows),
        demands=demands,
        costs={said: 1.0},
        when_hidden=lambda _name: Demand(plain([0, 1]), width=1),
    )
    assert found.beyond == ("sum",)
    assert found.secondary == {said}
