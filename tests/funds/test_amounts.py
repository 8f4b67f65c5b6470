"""Amounts: whole fen inside, yuan as people write and read them; nothing is rounded away."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from linli.funds.forms.amounts import YuanField
from linli.funds.rules import amounts

FEN = st.integers(0, amounts.MOST)


@given(FEN)
def test_reads_what_it_shows(fen):
    assert amounts.fen_of(amounts.yuan(fen)) == fen
    assert amounts.fen_of(f"{amounts.wan(fen)}万元") == fen


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,125,240.00", 112_524_000),
        ("１，１２５，２４０．００", 112_524_000),
        (" ￥ 5.5 ", 550),
        ("0.05元", 5),
        ("112.524 万元", 112_524_000),
        ("7.", 700),
        ("1.2300", 123),
    ],
)
def test_reads_what_people_write(written, fen):
    assert amounts.fen_of(written) == fen


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.234", "too_fine"),
        ("0.0000001万", "too_fine"),
        ("-5", "unreadable"),
        ("−5", "unreadable"),
        ("1,12", "unreadable"),
        ("10²", "unreadable"),
        ("1e5", "unreadable"),
        ("万元", "unreadable"),
        ("9" * 39, "too_large"),
        ("1000000000000001", "too_large"),
    ],
)
def test_refuses_what_is_no_amount(written, code):
    with pytest.raises(amounts.NotAnAmount) as caught:
        amounts.fen_of(written)
    assert caught.value.code == code


def test_field_says_what_is_wrong_and_keeps_what_is_right():
    field = YuanField()
    assert field.clean("1,125,240.00") == 112_524_000
    with pytest.raises(ValidationError) as caught:
        field.clean("5.005")
    assert caught.value.code == "too_fine"
    for nothing in ("0", "0.00"):
        with pytest.raises(ValidationError) as caught:
            field.clean(nothing)
        assert caught.value.code == "not_above_zero"
    assert YuanField(from_zero=True).clean("0") == 0
    assert YuanField(required=False).clean("") is None
    assert (field.prepare_value(550), field.prepare_value("5,5")) == ("5.50", "5,5")
    assert not field.has_changed(550, "5.50")


def test_templates_show_amounts_in_one_way():
    page = Template(
        "{% load funds %}{{ fen|yuan }} / {{ fen|wan }} / {{ debt|yuan }}{{ none|yuan }}"
    )
    with override("en"):
        shown = page.render(Context({"fen": 112_524_000, "debt": -100, "none": None}))
    assert shown == "1,125,240.00 / 112.524 ten-thousand yuan / −1.00"
