import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes.seeking import Sought, seek

GTIN = ("01", "09520123456788")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l0000-0010r", [Sought("lot", "L00000010R")]),
        ("https://linli.example/q/L00000010R", [Sought("lot", "L00000010R")]),
        ("https://a/01/09520123456788/10/A?b=c", [Sought("thing", pairs=(GTIN, ("10", "A")))]),
        ("urn:epc:id:sgtin:9520123.045678.7", [Sought("thing", pairs=(GTIN, ("21", "7")))]),
        ("(01)09520123456788(10)A", [Sought("thing", pairs=(GTIN, ("10", "A")))]),
        ("]C1010952012345678810A", [Sought("thing", pairs=(GTIN, ("10", "A")))]),
        ("010952012345678810A", [Sought("thing", pairs=(GTIN, ("10", "A")))]),
        ("９５２０１２３４５６７８８", [Sought("thing", pairs=(GTIN,)), Sought("thing", pairs=(("414", "9520123456788"),))]),
        ("9520 1234 5678 8", [Sought("thing", pairs=(GTIN,)), Sought("thing", pairs=(("414", "9520123456788"),))]),
        ("96385074", [Sought("thing", pairs=(("01", "00000096385074"),))]),
        ("006141411234567890", [Sought("thing", pairs=(("00", "006141411234567890"),))]),
        ("91440300 71526726XG", [Sought("operator", "9144030071526726XG")]),
    ],
)  # fmt: skip
def test_seek_tells_what_a_code_means(text, found):
    assert seek(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "牛肉",
        "96385075",
        "https://a/b",
        "urn:epc:id:gid:1.2.3",
        "(01)1",
        "L00000010D",
        "https://a/q/L00000010R?" + "x" * 2000,
    ],
)
def test_seek_finds_nothing_in_what_means_nothing(text):
    assert seek(text) == []


def test_seek_leaves_people_out():
    sscc = ("00", "006141411234567890")
    text = "(00)006141411234567890(4301)LI+SI(403)A"
    assert seek(text) == [Sought("thing", pairs=(sscc, ("403", "A")))]
    assert seek("(8018)123456789012345675") == []


@given(st.text(max_size=60))
def test_seek_answers_for_any_text(text):
    for found in (seek(text), seek("https://" + text), seek("urn:" + text), seek("(" + text)):
        assert all(one.kind in {"lot", "thing", "operator"} for one in found)
