import re

from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.codes import _ALPHABET, code_of, new_code, number_of, read_code


def test_makes_codes_that_read_back():
    code = new_code()

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert read_code(code) == code
    assert read_code(f" {code.lower().replace('-', ' ')} ") == code


def test_forgives_letters_that_look_like_digits():
    code = next(c for c in iter(new_code, None) if "0" in c and "1" in c)

    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(st.integers(0, 7), st.sampled_from(_ALPHABET))
def test_notices_one_wrong_character(at, wrong):
    plain = new_code().replace("-", "")
    slipped = plain[:at] + wrong + plain[at + 1 :]
    # Remainders are taken by 31, so in the 32 letters two share one: only that swap passes.
    same = _ALPHABET.index(wrong) % 31 == _ALPHABET.index(plain[at]) % 31

    assert (read_code(slipped) is not None) == (slipped == plain or (same and at < 7))


@given(st.text(max_size=20))
def test_never_fails_on_what_people_type(typed):
    assert read_code(typed) is None or len(read_code(typed)) == 9


@given(st.integers(0, 2**35 - 1))
def test_gives_each_number_a_code_of_its_own(number):
    code = code_of(number)

    assert read_code(code) == code
    assert number_of(code) == number


def test_keeps_codes_for_ever():
    assert [code_of(n) for n in (1, 2, 1_000_000)] == [
        "KRWH-DRNP",
        "7HS2-VHAC",
        "KNSR-BT02",
    ]
