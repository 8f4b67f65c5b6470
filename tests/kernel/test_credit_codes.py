import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import credit_codes
from linli.kernel.credit_codes import ALPHABET

TENCENT = "9144030071526726XG"
HUAWEI = "914403001922038216"


@pytest.mark.parametrize("code", [TENCENT, HUAWEI])
def test_is_credit_code_takes_codes_in_use(code):
    assert credit_codes.is_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "9144030071526726XH",
        "9144030071526726X",
        TENCENT + "G",
        TENCENT.lower(),
        "9144030071526726OG",
        "",
        "９1440300715267 26XG",
    ],
)
def test_is_credit_code_refuses_others(code):
    assert not credit_codes.is_credit_code(code)


def test_is_credit_code_wants_digits_for_the_division():
    body = "91A40300715267260"
    assert not credit_codes.is_credit_code(body + credit_codes.check_character(body))
    control = body.replace("A", "4")
    assert credit_codes.is_credit_code(control + credit_codes.check_character(control))


def test_read_takes_a_code_apart_as_typed():
    found = credit_codes.read(" 9144 0300-7152 6726ｘｇ ")
    assert found == credit_codes.CreditCode("9", "1", "440300", "71526726X")


def test_read_refuses_what_is_no_code():
    with pytest.raises(ValueError, match="not a unified social credit code"):
        credit_codes.read("9144030071526726XH")


@pytest.mark.parametrize(
    ("body", "check"), [("71526726", "X"), ("19220382", "1"), ("D2143569", "X")]
)
def test_organisation_check_guards_known_codes(body, check):
    assert credit_codes.organisation_check(body) == check


@given(st.text(ALPHABET, min_size=17, max_size=17), st.data())
def test_check_character_finds_every_wrong_character_and_swap(body, data):
    code = body + credit_codes.check_character(body)
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != code[place]]))
    changed = code[:place] + other + code[place + 1 :]
    assert credit_codes.check_character(changed[:-1]) != changed[-1]
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        assert credit_codes.check_character(swapped[:-1]) != swapped[-1]
