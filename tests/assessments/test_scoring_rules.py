"""What answers earn, to the ten-thousandth."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from linli.assessments.rules.instruments import Item, canonical, faults, read, written
from linli.assessments.rules.scoring import Part, Scorer, combined
from linli.kernel.weighing import divided
from tests.town.assessments import form


def _item(kind, **given):
    return Item("i", kind, {"zh-hans": "问"}, **given)


def _earned(item, value):
    return Scorer(form(item)).score({"i": {"v": value}}).earned


def test_counts_each_kind():
    assert _earned(_item("yes_no", weight=3), "yes") == 30_000
    assert _earned(_item("yes_no", weight=3), "no") == 0
    assert _earned(_item("scale", weight=3, top=4), 3) == 22_500
    count = _item("count", weight=4, nought="0", full="12")
    assert [_earned(count, value) for value in ("0", "7", "12", "40")] == [
        0,
        23_333,
        40_000,
        40_000,
    ]
    fewer = _item("share", weight=1, nought="10", full="2.5")
    assert [_earned(fewer, value) for value in ("12", "10", "6.25", "2.5", "0")] == [
        0, 0, 5_000, 10_000, 10_000,
    ]  # fmt: skip


def test_leaves_out_what_does_not_apply_and_counts_what_is_missing():
    both = form(
        Item("a", "yes_no", {"zh-hans": "甲"}, weight=6, may_skip=True),
        Item("b", "yes_no", {"zh-hans": "乙"}, weight=4, veto=True),
    )

    skipped = Scorer(both).score({"a": {"v": "na"}, "b": {"v": "yes"}})
    missing = Scorer(both).score({"a": {"v": "yes"}})

    assert (skipped.share, skipped.possible, skipped.missing) == (10_000, 40_000, ())
    assert (missing.share, missing.missing, missing.vetoes) == (6_000, ("b",), ("b",))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**9))
def test_rounds_half_to_even(amount, by):
    assert divided(amount, by) == round(Fraction(amount, by))


def test_weighs_sources_and_names_who_said_nothing():
    levels = form().levels
    parts = [Part("self", 10, (10_000,)), Part("cross", 30, (8_000, 7_001)), Part("poll", 20, ())]

    told = combined(parts, levels, ())
    vetoed = combined(parts, levels, ("a",))

    assert told.share == round(Fraction(10 * 10_000 + 15 * 15_001, 40))
    assert (told.level, told.left_out, vetoed.level) == ("region", ("poll",), "")


def test_writes_a_form_and_reads_it_again():
    made = form(_item("fact", weight=2, nought="0", full="1", indicator="a.b", veto=True))

    again = read(written(made))

    assert again == made
    assert canonical(written(again)) == canonical(written(made))
    assert faults(made) == []


def test_tells_what_is_wrong_with_a_form():
    wrong = form(
        _item("scale", weight=2),
        _item("count", weight=1001, nought="1", full="1"),
        Item("t", "text", {}, weight=1),
        levels=((8000, "high"), (6000, "low")),
    )

    assert [(one.code, one.where) for one in faults(wrong)] == [
        ("no_scale", "i"), ("key_taken", "i"), ("weight_out_of_range", "i"), ("no_bounds", "i"),
        ("no_text", "t"), ("unscored_has_weight", "t"), ("levels_out_of_order", ""),
    ]  # fmt: skip
