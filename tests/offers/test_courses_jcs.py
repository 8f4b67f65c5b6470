"""JSON in one way only: the examples of RFC 8785, and what every reader must agree on."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.rules.jcs import canonical, number, read

NUMBERS = [  # RFC 8785, appendix B
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "written"), NUMBERS)
def test_number_is_written_as_the_standard_writes_it(bits, written):
    (double,) = struct.unpack(">d", bytes.fromhex(bits))
    assert number(double) == written


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_number_that_json_cannot_say_is_refused(bits):
    (double,) = struct.unpack(">d", bytes.fromhex(bits))
    with pytest.raises(ValueError, match="every reader"):
        number(double)


def test_canonical_writes_the_example_of_the_standard():
    said = r"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"""
    assert canonical(read(said)).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_canonical_sorts_names_by_their_utf16_units():
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6"]
    written = canonical(dict.fromkeys(names, 0)).decode()
    assert list(json.loads(written)) == [
        "\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", [2**53 + 1, float("nan"), "\ud800", {"\udfff": 1}, {1: 2}, object(), b"bytes"]
)
def test_canonical_refuses_what_readers_take_differently(value):
    with pytest.raises(ValueError, match=r".+"):
        canonical([value])


def test_canonical_refuses_what_is_nested_without_end():
    nested = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(ValueError, match="deeply"):
        canonical(nested)


@pytest.mark.parametrize(
    "said", ['{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}', "NaN", "[Infinity]", "{", "[" * 100_000]
)
def test_read_refuses_what_is_no_json_or_says_a_name_twice(said):
    with pytest.raises(ValueError, match=r".+"):
        read(said)


_WHOLE = st.integers(-(2**53), 2**53)
_SAID = st.recursive(
    st.none()
    | st.booleans()
    | _WHOLE
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_SAID)
def test_canonical_reads_back_and_is_written_the_same_again(said):
    once = canonical(said)
    assert canonical(read(once)) == once
    assert read(once) == said
