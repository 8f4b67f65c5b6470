import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes import check_digits

DIGITS = st.text("0123456789", min_size=1, max_size=17)


@pytest.mark.parametrize(
    ("body", "digit"),
    [
        ("629104150021", "3"),  # GTIN-13, the example of the General Specifications
        ("0952012345678", "8"),  # GTIN-14 of the Digital Link standard
        ("9638507", "4"),  # GTIN-8
        ("61414112345", "2"),  # GTIN-12
        ("00614141123456789", "0"),  # SSCC
    ],
)
def test_check_digit_guards_known_keys(body, digit):
    assert check_digits.check_digit(body) == digit
    assert check_digits.is_guarded(body + digit)


@pytest.mark.parametrize("body", ["", "12a", "１２３", "²", "-1"])
def test_check_digit_refuses_what_is_no_digits(body):
    with pytest.raises(ValueError, match="not digits"):
        check_digits.check_digit(body)
    assert not check_digits.is_guarded(body)


@given(DIGITS, st.data())
def test_is_guarded_finds_every_wrong_digit(body, data):
    number = body + check_digits.check_digit(body)
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != number[place]]))
    assert check_digits.is_guarded(number)
    assert not check_digits.is_guarded(number[:place] + other + number[place + 1 :])


def test_is_gtin_takes_the_four_lengths_alone():
    assert all(map(check_digits.is_gtin, ["96385074", "614141123452", "6291041500213"]))
    assert check_digits.is_gtin("09520123456788")
    assert not check_digits.is_gtin("09520123456789")
    assert not check_digits.is_gtin("00000000000000")  # guarded, and nothing
    assert not check_digits.is_gtin("006141411234567890")


def test_is_gln_and_is_sscc_ask_for_their_lengths():
    assert check_digits.is_gln("9520123456788")
    assert not check_digits.is_gln("09520123456788")
    assert check_digits.is_sscc("006141411234567890")
    assert not check_digits.is_sscc("006141411234567891")
    assert not check_digits.is_sscc("9520123456788")


@pytest.mark.parametrize("number", ["96385074", "614141123452", "6291041500213", "19520123456785"])
def test_gtin14_fills_and_shortest_gtin_takes_back(number):
    assert len(check_digits.gtin14(number)) == 14
    assert check_digits.shortest_gtin(check_digits.gtin14(number)) == number


def test_gtin14_refuses_a_wrong_digit():
    with pytest.raises(ValueError, match="not a GTIN"):
        check_digits.gtin14("6291041500214")


@pytest.mark.parametrize(
    ("body", "in_store"),
    [
        ("211234567890", True),
        ("021234567890", True),
        ("041234567890", True),
        ("2123456", True),
        ("0123456", True),
        ("690123456789", False),
        ("6901234", False),
        ("03123456789", False),
    ],
)
def test_is_in_store_tells_a_shops_own_numbers(body, in_store):
    assert check_digits.is_in_store(body + check_digits.check_digit(body)) is in_store


@pytest.mark.parametrize(
    "key", ["1987654Ad4X4bL5ttr2310c2K", "12345678901234567890123NT", "7907665Bm8v2AB"]
)
def test_check_pair_guards_known_keys(key):
    assert check_digits.check_pair(key[:-2]) == key[-2:]


@pytest.mark.parametrize("body", ["123 4", "Ä", "1" * 91])
def test_check_pair_refuses_other_characters_and_lengths(body):
    with pytest.raises(ValueError, match=r"substring|too long"):
        check_digits.check_pair(body)
