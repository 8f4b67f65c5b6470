import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.spellings import instant, long_number, plain


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("2020-04-01T15:00:00+01:00", "2020-04-01T14:00:00.000Z"),
        ("2020-04-01T15:00:00.1234567Z", "2020-04-01T15:00:00.123Z"),
        ("2020-04-01T15:00:00.9995Z", "2020-04-01T15:00:01.000Z"),
        ("2020-04-01t15:00:00.9996z", "2020-04-01T15:00:01.000Z"),
        ("2020-04-01T15:00:00", "2020-04-01T15:00:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59.9999Z"),
        ("soon", "soon"),
    ],
)
def test_spells_moments_in_utc_to_the_millisecond(value, spelled):
    assert instant(value) == spelled


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("12.1000", "12.1"), ("+0012", "12"), ("26.0", "26"), (0.05, "0.05"), (True, "true"), (None, ""),
        (" x ", "x"), ("1_000", "1_000"), ("nan", "nan"), ("1e999", "1e999"), ("１２", "１２"),
        ("gs1:Speed", "https://gs1.org/voc/Speed"), ("urn:epcglobal:cbv:er:x", "https://ref.gs1.org/cbv/ER-x"),
    ],
)  # fmt: skip
def test_spells_values_in_one_way(value, spelled):
    assert plain(value) == spelled


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-9999, max_value=9999, places=4)
)
def test_spells_a_number_alike_however_it_is_written(number):
    assert plain(str(number)) == plain(float(number)) == plain(f"{number}0")


def test_keeps_every_digit_of_long_numbers():
    assert long_number("00690123456789012345.50") == "690123456789012345.5"
    assert long_number("123456789012345") is None
    assert long_number("ABCDEFGHIJKLMNOPQRST") is None
    assert long_number(True) is None
