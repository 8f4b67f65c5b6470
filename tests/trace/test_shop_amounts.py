"""How much people mean, and the events of deeds read back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.trace.rules.epcis.event_faults import event_faults
from linli.trace.rules.shop import amounts
from linli.trace.rules.shop.amounts import Amount, in_unit, read, shown
from linli.trace.rules.shop.deeds import KINDS, MADE, MOVED, Deed, event_of, said_by
from linli.trace.rules.shop.separators import listed, speaks_of_a_person

AMOUNTS = st.builds(
    Amount,
    st.decimals(Decimal("0.001"), Decimal(999_999), places=3),
    st.sampled_from(amounts.UNITS),
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2.5", "2.5", "KGM"),
        ("500g", "500", "GRM"),
        ("１２ 斤", "6", "KGM"),
        ("3 盒", "3", "H87"),
        ("1,200 公斤", "1200", "KGM"),
        ("٢٫٥ كىلوگرام", "2.5", "KGM"),
        ("2 Pieces", "2", "H87"),
    ],
)
def test_reads_an_amount_as_people_write_it(text, value, unit):
    assert read(text) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number"),
        ("0", "number"),
        ("-3", "number"),
        ("many", "number"),
        ("1e9", "number"),
        ("9999999999", "number"),
        ("3 ell", "unit"),
        ("0.0001", "small"),
    ],
)
def test_refuses_what_is_no_amount(text, code):
    with pytest.raises(ValueError, match=code):
        read(text)


@given(AMOUNTS)
@settings(max_examples=50)
def test_reads_back_what_it_shows(amount):
    assert read(shown(amount.value), amount.unit) == amount


@given(AMOUNTS, st.sampled_from(amounts.UNITS))
@settings(max_examples=50)
def test_counts_in_another_unit_and_back(amount, unit):
    there = in_unit(amount, unit)
    if there is not None:
        assert in_unit(Amount(there, unit), amount.unit) == amount.value
    assert (there is None) == (in_unit(Amount(Decimal(1), unit), amount.unit) is None)


@given(
    kind=st.sampled_from(KINDS),
    amount=AMOUNTS,
    used=st.sampled_from([(), ("https://a.example/q/L1", "https://a.example/q/L2")]),
    partner=st.sampled_from(["", "祁连屠宰场"]),
    other=st.sampled_from(["", "https://a.example/food/B/"]),
    begins=st.booleans(),
)
@settings(max_examples=50)
def test_makes_an_event_that_stands_the_check_and_says_the_same(
    kind, amount, used, partner, other, begins
):
    used = used if kind == MADE else ()
    other = other or ("https://a.example/food/B/" if kind == MOVED else "")
    deed = Deed(
        kind, datetime(2026, 11, 20, tzinfo=UTC), "+08:00", "https://a.example/food/A/",
        "https://a.example/q/L0", amount, used, partner, other, begins, "N1", date(2027, 1, 1),
    )  # fmt: skip
    event = event_of(deed)
    assert event_faults(event) == []
    said = said_by(event)
    assert said.kind == (kind if kind != "sold" or partner or other else "counter")
    [goods] = said.goods
    assert goods.amount.unit == amount.unit
    assert goods.amount.value == amount.value
    assert tuple(one.name for one in said.used) == used
    if kind not in ("made", "thrown"):
        assert other in {"", said.source, said.destination}


def test_lists_codes_and_knows_a_telephone_number():
    assert listed(" L1，L2、L1;L3 ") == ["L1", "L2", "L3"]
    assert speaks_of_a_person("马某 138 1234 5678")
    assert not speaks_of_a_person("清真食品厂 2026")
