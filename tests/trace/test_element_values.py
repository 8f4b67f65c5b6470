from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes import element_values, identifiers
from linli.trace.rules.codes.element_values import Malformed


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("01", "09520123456788"),
        ("10", "ABC-1/2"),
        ("17", "280229"),
        ("17", "280200"),
        ("253", "1231231231232"),
        ("253", "1231231231232TEST5678901234567"),
        ("3103", "000195"),
        ("7003", "2803012359"),
        ("8006", "095201234567880102"),
        ("8008", "28030123"),
        ("8008", "280301235959"),
        ("8011", "0"),
        ("8013", "1987654Ad4X4bL5ttr2310c2K"),
        ("423", "156398"),
        ("7230", "HCHALAL-1"),
    ],
)
def test_fault_of_finds_none(code, value):
    assert element_values.fault_of(code, value) == ""


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("89", "1", "unknown_identifier"),
        ("01", "9520123456788", "too_short"),
        ("01", "095201234567880", "too_long"),
        ("01", "09520123456789", "check"),
        ("01", "0952012345678A", "characters"),
        ("01", "０9520123456788", "characters"),
        ("10", "", "too_short"),
        ("10", "A B", "characters"),
        ("10", "批1", "characters"),
        ("10", "A" * 21, "too_long"),
        ("17", "270229", "day0"),
        ("17", "281301", "day0"),
        ("7006", "280200", "day"),
        ("7003", "2803012400", "minute"),
        ("7003", "2803012360", "minute"),
        ("8004", "ABCD1", "key"),
        ("8006", "095201234567880201", "piece"),
        ("8008", "28030124", "hour"),
        ("8008", "2803012360", "sixty"),
        ("8011", "012", "no_zero_first"),
        ("8013", "1987654Ad4X4bL5ttr2310c2X", "pair"),
        ("4321", "2", "yes_no"),
        ("423", "1563", "too_short"),
        ("8003", "109520123456788", "zero"),
        ("8001", "00000001000100", "nonzero"),
        ("7250", "20270229", "long_day"),
        ("4330", "000400+", "hyphen"),
    ],
)
def test_fault_of_says_what_is_wrong(code, value, fault):
    assert element_values.fault_of(code, value) == fault


def test_check_raises_with_the_identifier():
    with pytest.raises(Malformed) as raised:
        element_values.check("01", "09520123456789")
    assert (raised.value.code, raised.value.where) == ("check", "01")


@given(st.sampled_from(sorted(identifiers.all_identifiers())), st.text(max_size=40))
def test_fault_of_answers_for_any_text(code, value):
    assert isinstance(element_values.fault_of(code, value), str)


@pytest.mark.parametrize(
    ("value", "year", "day"),
    [
        ("261231", 2026, date(2026, 12, 31)),
        ("770101", 2026, date(1977, 1, 1)),  # 51 ahead: the century before
        ("760101", 2026, date(2076, 1, 1)),  # 50 ahead: still this one
        ("000101", 2060, date(2100, 1, 1)),
        ("270200", 2026, date(2027, 2, 28)),
        ("280200", 2026, date(2028, 2, 29)),
    ],
)
def test_read_day_finds_the_century(value, year, day):
    assert element_values.read_day(value, year) == day


@pytest.mark.parametrize("value", ["270229", "000229x", "2701", "271301", "abcdef", "２70101", ""])
def test_read_day_refuses_no_day(value):
    with pytest.raises(Malformed):
        element_values.read_day(value, 2026)


@given(st.dates(date(1977, 1, 1), date(2076, 12, 31)))
def test_read_day_takes_back_what_write_day_wrote(day):
    assert element_values.read_day(element_values.write_day(day), 2026) == day


def test_all_identifiers_holds_its_table():
    table = identifiers.all_identifiers()
    assert len(table) == 541
    assert all(not other.startswith(code) for code in table for other in table if code != other)
    assert {code for code, one in table.items() if one.qualifiers is not None} == {
        "00", "01", "253", "255", "401", "402", "414", "415", "417", "8003", "8004", "8006", "8010",
        "8013", "8017", "8018",
    }  # fmt: skip
    assert identifiers.find("3106") is None


def test_personal_tells_identifiers_of_people():
    personal = {code for code, one in identifiers.all_identifiers().items() if one.personal}
    assert {"4301", "4308", "7256", "8018"} <= personal
    assert not {"01", "10", "414", "8017", "7230", "4320"} & personal


def test_all_identifiers_need_and_exclude_what_there_is():
    table = identifiers.all_identifiers()
    for one in table.values():
        for start in [*one.excludes, *(start for group in one.needs for start in group)]:
            found = [code for code in table if code.startswith(start)]
            assert found
            # A whole identifier means itself; three digits of four, or two of a measure, mean a family.
            assert found == [start] or start in {"31", "32", "35", "36"} or len(start) == 3
