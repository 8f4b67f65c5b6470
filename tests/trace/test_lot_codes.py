import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import credit_codes
from linli.trace.rules.codes import check_digits, digital_links, lot_codes
from linli.trace.rules.codes.element_values import Malformed

NUMBERS = st.integers(0, lot_codes.NUMBERS - 1)


def test_lot_code_has_exact_values():
    assert lot_codes.NUMBERS == 31**8
    assert lot_codes.lot_code(0) == "L00000000" + credit_codes.check_character("L00000000")
    assert lot_codes.lot_code(31) == "L00000010R"
    assert lot_codes.lot_code(lot_codes.NUMBERS - 1)[:9] == "LYYYYYYYY"


@pytest.mark.parametrize("number", [-1, lot_codes.NUMBERS])
def test_lot_code_refuses_other_numbers(number):
    with pytest.raises(ValueError, match="no such number"):
        lot_codes.lot_code(number)


@given(NUMBERS)
def test_lot_code_never_pretends_to_be_a_gtin(number):
    code = lot_codes.lot_code(number)
    assert lot_codes.is_lot_code(code)
    assert not check_digits.is_digits(code)
    assert not check_digits.is_gtin(code)
    assert not credit_codes.is_credit_code(code)
    with pytest.raises(Malformed, match="no_key"):
        digital_links.read("https://linli.example" + lot_codes.path(code))


@given(NUMBERS, st.data())
def test_is_lot_code_finds_every_wrong_character_and_swap(number, data):
    code = lot_codes.lot_code(number)
    place = data.draw(st.integers(1, 9))
    other = data.draw(st.sampled_from([one for one in credit_codes.ALPHABET if one != code[place]]))
    assert not lot_codes.is_lot_code(code[:place] + other + code[place + 1 :])
    swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
    assert swapped == code or not lot_codes.is_lot_code(swapped)


@given(NUMBERS)
def test_read_forgives_how_it_was_typed(number):
    code = lot_codes.lot_code(number)
    assert lot_codes.read(lot_codes.printed(code)) == code
    assert lot_codes.read(f" {code[:3].lower()} {code[3:]} ") == code
    assert lot_codes.read(code.replace("0", "O").replace("1", "i").replace("5", "S")) == code
    assert lot_codes.read("".join(chr(ord(one) + 0xFEE0) for one in code)) == code
    assert lot_codes.read_uri(f"https://linli.example/q/{code}?lang=ar#x") == code


@pytest.mark.parametrize(
    "text",
    ["", "L0000001", "L00000010D", "M00000010C", "L00000010R0", "6291041500213", "批00000010C"],
)
def test_read_refuses_what_is_no_code(text):
    with pytest.raises(ValueError, match="not a lot code"):
        lot_codes.read(text)


@pytest.mark.parametrize(
    "uri",
    ["", "/q/L00000010R", "https://a/x/q/L00000010R", "https://a/q/", "https://a/q/L00000010D"],
)
def test_read_uri_refuses_other_addresses(uri):
    with pytest.raises(ValueError, match="not a"):
        lot_codes.read_uri(uri)


def test_printed_shows_two_groups():
    assert lot_codes.printed("L00000010R") == "L0000-0010R"
