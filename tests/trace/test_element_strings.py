import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes import element_strings
from linli.trace.rules.codes.check_digits import SYMBOLS
from linli.trace.rules.codes.element_values import Malformed

GTIN = ("01", "09520123456788")
LOT = st.text(SYMBOLS, min_size=1, max_size=20)


def test_write_bracketed_and_read_bracketed_agree_on_an_example():
    pairs = [GTIN, ("17", "180426"), ("10", "ABC(1)")]
    text = "(01)09520123456788(17)180426(10)ABC\\(1)"
    assert element_strings.write_bracketed(pairs) == text
    assert element_strings.read_bracketed(text) == pairs


def test_write_scan_separates_only_what_has_no_set_length():
    pairs = [("00", "952012345678912345"), ("02", GTIN[1]), ("37", "25"), ("10", "ABC123")]
    text = "009520123456789123450209520123456788" + "3725\x1d10ABC123"
    assert element_strings.write_scan(pairs) == text
    assert element_strings.read_scan("]C1" + text) == pairs
    assert element_strings.read_scan("^" + text.replace("\x1d", "^"), "^") == pairs


@given(LOT, LOT)
def test_reading_takes_back_what_was_written(lot, serial):
    pairs = [GTIN, ("10", lot), ("17", "280200"), ("21", serial)]
    assert element_strings.read_scan(element_strings.write_scan(pairs)) == pairs
    assert element_strings.read_bracketed(element_strings.write_bracketed(pairs)) == pairs


@given(st.text(max_size=60))
def test_reading_raises_malformed_or_reads(text):
    for read in (element_strings.read_scan, element_strings.read_bracketed):
        try:
            pairs = read(text)
        except Malformed:
            continue
        assert element_strings.check(pairs) == pairs


@pytest.mark.parametrize(
    ("pairs", "code", "where"),
    [
        ([], "empty", ""),
        ([GTIN, ("01", "12312312312333")], "differs", "01"),
        ([("10", "ABC")], "needs", "10"),
        ([GTIN, ("250", "A")], "needs", "250"),
        ([GTIN, ("37", "1")], "excluded", "01"),
        ([GTIN, ("3102", "000195"), ("3103", "000195")], "excluded", "3102"),
        ([GTIN, ("235", "A"), ("21", "B")], "excluded", "21"),
        ([("415", "9520123456788")], "needs", "415"),
        ([("8010", "95201A"), ("8030", "x")], "needs", "8030"),
    ],
)
def test_check_refuses_what_cannot_be_together(pairs, code, where):
    with pytest.raises(Malformed) as raised:
        element_strings.check(pairs)
    assert (raised.value.code, raised.value.where) == (code, where)


def test_check_takes_what_can_be_together():
    weight = [GTIN, ("3103", "000195"), ("3922", "0299"), ("250", "A"), ("21", "B")]
    assert element_strings.check(weight) == weight
    assert element_strings.check([GTIN, GTIN]) == [GTIN]
    signed = [("8010", "95201A"), ("8011", "1"), ("8030", "x")]
    assert element_strings.check(signed) == signed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(01)", "unreadable"),
        ("x(01)09520123456788", "unreadable"),
        ("(1)2", "unreadable"),
        ("(01)09520123456788(", "unreadable"),
        ("(89)1", "unknown_identifier"),
        ("(10)" + "A" * 2000, "unreadable"),
        ("", "empty"),
    ],
)
def test_read_bracketed_refuses(text, code):
    with pytest.raises(Malformed) as raised:
        element_strings.read_bracketed(text)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8912", "unknown_identifier"),
        ("0", "unknown_identifier"),
        ("]C1", "empty"),
        ("0109", "too_short"),
        ("10" + "A" * 2000, "unreadable"),
    ],
)
def test_read_scan_refuses(text, code):
    with pytest.raises(Malformed) as raised:
        element_strings.read_scan(text)
    assert raised.value.code == code
