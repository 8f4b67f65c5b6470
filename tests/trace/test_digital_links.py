import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes import digital_links, element_strings
from linli.trace.rules.codes.check_digits import SYMBOLS
from linli.trace.rules.codes.element_values import Malformed

GTIN = ("01", "09520123456788")
TEXT = st.text(SYMBOLS, min_size=1, max_size=20)


def vectors(shared):
    with (shared / "conformance/gs1-digital-link/dl_uri_vectors.tsv").open(
        encoding="utf-8"
    ) as file:
        rows = [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(rows) == 116
    return rows


def answer(uri):
    try:
        return "true", element_strings.write_bracketed(digital_links.read(uri).pairs)
    except Malformed:
        return "false", ""


def test_read_answers_as_the_reference_engine(shared):
    rows = vectors(shared)
    wrong = [
        row["uri"]
        for row in rows
        if answer(row["uri"]) != (row["engine_default"], row["engine_default_ai"] or "")
    ]
    # It takes this one for plain text, RFC 3986 for an address: schemes are written in any case.
    assert wrong == ["HtTp://a/b/00/006141411234567890"]
    # Those that the engine's own tests ask with default settings: the portable suite.
    portable = [row for row in rows if row["valid_in_unit_test"] == row["engine_default"]]
    assert (len(portable), sum(row["engine_default"] == "true" for row in portable)) == (100, 58)


def test_write_takes_back_what_the_vectors_say(shared):
    for row in vectors(shared):
        if row["engine_default_ai"]:
            link = digital_links.read(row["uri"])
            again = digital_links.read(digital_links.write(link.pairs, link.stem, link.others))
            assert again == link


def test_write_scan_agrees_with_the_vectors(shared):
    seen = 0
    for row in vectors(shared):
        said = row["element_string"] or ""
        if row["valid_in_unit_test"] == row["engine_default"] == "true" and said.startswith("^"):
            pairs = digital_links.read(row["uri"]).pairs
            assert "^" + element_strings.write_scan(pairs, "^") in {said, said.replace("^01", "01")}
            assert element_strings.read_scan(said, "^") == pairs
            seen += 1
    assert seen == 57  # one row more lost its columns when the vectors were tabulated


def test_read_tells_all_that_an_address_says():
    link = digital_links.read(
        "https://example.cn/food/01/09520123456788/10/A%2F1/21/7?17=280200&linkType=gs1:pip&a=b+c#x"
    )
    assert link.stem == "https://example.cn/food"
    assert link.path == (GTIN, ("10", "A/1"), ("21", "7"))
    assert link.attributes == (("17", "280200"),)
    assert link.others == (("linkType", "gs1:pip"), ("a", "b c"))
    assert link.link_type == "gs1:pip"
    assert digital_links.read("https://a/01/09520123456788").link_type == ""


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("", "unreadable"),
        ("ftp://a/01/09520123456788", "unreadable"),
        ("https://a b/01/09520123456788", "unreadable"),
        ("https://a/01/09520123456788/10/é", "unreadable"),
        ("https://a/01/09520123456788/10/%ff", "unreadable"),
        ("https://a/01/09520123456788/10/A%00", "unreadable"),
        ("https://a/01/09520123456788/10/" + "A" * 2000, "unreadable"),
        ("https://a/gtin/09520123456788", "no_key"),
        ("https://a/10/ABC", "no_key"),
        ("https://a/01/09520123456788/zzz/A", "no_key"),
        ("https://a/q/L7K3M2Q9XD", "no_key"),
        ("https://a/01/09520123456788/21/A/10/B", "order"),
        ("https://a/01/09520123456788/22/A/235/B", "order"),
        ("https://a/414/9520123456788/10/B", "order"),
        ("https://a/00/006141411234567890/10/B", "order"),
        ("https://a/01/9520123456788", "too_short"),
        ("https://a/01/09520123456789", "check"),
        ("https://a/01/09520123456788?10=A", "in_path"),
        ("https://a/01/09520123456788/10/A?21=B", "in_path"),
        ("https://a/01/09520123456788?8200=A", "no_attribute"),
        ("https://a/01/09520123456788?999=A", "number"),
        ("https://a/01/09520123456788?17=280200&17=280200", "repeated"),
        ("https://a/01/09520123456788?02=09520123456788", "needs"),
        ("https://a/01/09520123456788?17=281300", "day0"),
    ],
)
def test_read_refuses(uri, code):
    with pytest.raises(Malformed) as raised:
        digital_links.read(uri)
    assert raised.value.code == code


@given(TEXT, TEXT, st.text(max_size=8).filter(lambda one: not one.isdigit() and "\0" not in one))
def test_read_takes_back_what_was_written(lot, serial, name):
    pairs = [GTIN, ("10", lot), ("21", serial), ("17", "280200")]
    uri = digital_links.write(pairs, "https://example.cn/x/", [(name, "v")] if name else [])
    link = digital_links.read(uri)
    assert link.pairs == pairs
    assert link.stem == "https://example.cn/x"
    assert link.others == (((name, "v"),) if name else ())


@given(st.text(max_size=80))
def test_read_raises_malformed_or_reads(text):
    for uri in (
        text,
        "https://a/01/09520123456788" + text,
        "https://" + text + "/01/09520123456788",
    ):
        try:
            link = digital_links.read(uri)
        except Malformed:
            continue
        assert digital_links.read(digital_links.write(link.pairs)).pairs == link.pairs


def test_write_puts_the_key_first_and_orders_what_narrows_it():
    pairs = [("17", "280200"), ("21", "7"), ("10", "A/1"), GTIN]
    assert (
        digital_links.write(pairs, "https://example.cn")
        == "https://example.cn/01/09520123456788/10/A%2F1/21/7?17=280200"
    )
    apart = [GTIN, ("235", "X"), ("10", "L")]
    assert digital_links.write(apart) == "https://id.gs1.org/01/09520123456788/235/X?10=L"


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("10", "A")], "needs"),
        ([("400", "A")], "no_key"),
        ([GTIN, ("8200", "http://a")], "no_attribute"),
        ([], "empty"),
    ],
)
def test_write_refuses(pairs, code):
    with pytest.raises(Malformed) as raised:
        digital_links.write(pairs)
    assert raised.value.code == code


def test_canonical_forgets_host_and_description():
    link = digital_links.read("https://shop.example/x/01/09520123456788/10/A?17=280200&a=b")
    assert digital_links.canonical(link) == "https://id.gs1.org/01/09520123456788/10/A"
    assert (
        digital_links.canonical(link, attributes=True)
        == "https://id.gs1.org/01/09520123456788/10/A?17=280200"
    )


def test_levels_go_from_the_thing_to_its_kind():
    link = digital_links.read("https://a/01/09520123456788/10/A/21/7?17=280200")
    lot = (GTIN, ("10", "A"))
    assert digital_links.levels(link) == [(*lot, ("21", "7")), lot, (GTIN,)]
