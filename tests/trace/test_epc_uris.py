import json
import re
from hashlib import sha256
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.codes import digital_links, epc_uris
from linli.trace.rules.codes.check_digits import SYMBOLS, check_digit
from linli.trace.rules.codes.element_values import Malformed

# One of each kind that there is, and its canonical address.
KINDS = [
    ("urn:epc:id:sgtin:4012345.012345.12", "01/04012345123456/21/12"),
    ("urn:epc:id:sscc:4012345.0000000333", "00/040123450000003338"),
    ("urn:epc:id:grai:4012345.66666.87", "8003/0401234566666387"),
    ("urn:epc:id:giai:4012345.AAbb", "8004/4012345AAbb"),
    ("urn:epc:id:gsrn:4012345.9876540000", "8018/401234598765400000"),
    ("urn:epc:id:gsrnp:4012345.0000098765", "8017/401234500000987658"),
    ("urn:epc:id:gdti:4012345.55555.98", "253/401234555555498"),
    ("urn:epc:id:gdti:987659999999..9", "253/98765999999929"),
    ("urn:epc:id:cpi:4012345.ABC.123", "8010/4012345ABC/8011/123"),
    ("urn:epc:id:cpi:0614141.11-A%23%2F.1234", "8010/061414111-A%23%2F/8011/1234"),
    ("urn:epc:id:sgcn:4012345.99999.44", "255/401234599999044"),
    ("urn:epc:id:ginc:4012345.333", "401/4012345333"),
    ("urn:epc:id:gsin:4012345.999987654", "402/40123459999876541"),
    ("urn:epc:id:itip:4012345.012345.01.02.999", "8006/040123451234560102/21/999"),
    ("urn:epc:id:upui:4012345.012345.AB12", "01/04012345123456/235/AB12"),
    ("urn:epc:id:sgln:4012345.00011.987", "414/4012345000115/254/987"),
    ("urn:epc:id:sgln:4012345.00011.0", "414/4012345000115"),
    ("urn:epc:id:pgln:4012345.00000", "417/4012345000009"),
    ("urn:epc:class:lgtin:4054739.099914.20160711", "01/04054739999148/10/20160711"),
    ("urn:epc:idpat:sgtin:4054739.099914.*", "01/04054739999148"),
    ("urn:epc:idpat:grai:4012345.66666.*", "8003/04012345666663"),
    ("urn:epc:idpat:gdti:4012345.55555.*", "253/4012345555554"),
    ("urn:epc:idpat:sgcn:4012345.99999.*", "255/4012345999990"),
    ("urn:epc:idpat:cpi:4012345.ABC.*", "8010/4012345ABC"),
    ("urn:epc:idpat:itip:4012345.012345.01.02.*", "8006/040123451234560102"),
    ("urn:epc:id:sgtin:061414.1123458.6789.%2F%26%25%22!?()".replace("?", "%3F"),
     "01/10614141234582/21/6789.%2F%26%25%22%21%3F%28%29"),
]  # fmt: skip
SERIAL = st.text(SYMBOLS, min_size=1, max_size=20).filter(lambda one: one != "*")


@pytest.mark.parametrize(("uri", "path"), KINDS)
def test_read_and_write_turn_each_kind_both_ways(uri, path):
    pairs = epc_uris.read(uri)
    assert digital_links.write(pairs) == "https://id.gs1.org/" + path
    assert digital_links.read("https://id.gs1.org/" + path).pairs == pairs
    assert epc_uris.write(pairs, epc_uris.prefix_length_of(uri)) == uri


def test_read_and_write_turn_every_epc_of_the_conformance_documents(shared):
    folder = shared / "conformance/epcis"
    files = [one for one in folder.rglob("*") if one.suffix in {".jsonld", ".json", ".xml"}]
    text = "\n".join(one.read_text(encoding="utf-8", errors="replace") for one in files)
    uris = {
        unescape(one) for one in re.findall(r'urn:epc:(?:id|class|idpat):[a-z]+:[^"<\s]+', text)
    }
    assert len(uris) > 150
    for uri in uris:
        pairs = epc_uris.read(uri)
        assert epc_uris.write(pairs, epc_uris.prefix_length_of(uri)) == uri
        assert digital_links.read(digital_links.write(pairs)).pairs == pairs


def test_write_gives_the_addresses_of_a_published_event_hash(shared):
    """The file of its prehash is damaged as published: its hash is of this text."""
    examples = shared / "conformance/epcis/event-hash/examples"
    document = json.loads((examples / "epcisDocWithAllGS1Keys.jsonld").read_text(encoding="utf-8"))
    hashed = (examples / "epcisDocWithAllGS1Keys.hashes").read_text(encoding="utf-8")
    (event,) = document["epcisBody"]["eventList"]

    def address(uri):
        return digital_links.write(epc_uris.read(uri)) if uri.startswith("urn:") else uri

    epcs = sorted(map(address, event["epcList"]))
    classes = sorted(address(one["epcClass"]) for one in event["quantityList"])
    assert (len(epcs), len(classes)) == (14, 7)
    text = "".join(
        [
            "eventType=ObjectEventeventTime=2023-03-27T11:30:00.000ZeventTimeZoneOffset=+01:00epcList",
            *(f"epc={one}" for one in epcs),
            "quantityList",
            *(f"quantityElementepcClass={one}" for one in classes),
            "action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-other",
            f"readPointid={address(event['readPoint']['id'])}",
        ]
    )
    assert f"sha-256;{sha256(text.encode()).hexdigest()}?" in hashed


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("", "unreadable"),
        ("urn:epc:id:sgtin:40123.01234567.12", "unreadable"),
        ("urn:epc:id:sgtin:4012345.012345.%2", "unreadable"),
        ("urn:epc:id:sgtin:4012345.012345.%ff", "unreadable"),
        ("urn:epc:id:sgtin:4012345.012345.批", "unreadable"),
        ("urn:epc:id:gid:952056.1.2", "no_key"),
        ("urn:epc:class:sgtin:4012345.012345.12", "no_key"),
        ("urn:epc:id:lgtin:4012345.012345.12", "no_key"),
        ("urn:epc:id:sgtin:4012345.012345", "parts"),
        ("urn:epc:id:sgtin:4012345.012345.", "parts"),
        ("urn:epc:id:sgtin:4012345.012345.*", "parts"),
        ("urn:epc:idpat:sgtin:4012345.012345.12", "parts"),
        ("urn:epc:idpat:sgtin:4012345.*.*", "digits"),
        ("urn:epc:id:giai:4012345.", "parts"),
        ("urn:epc:id:itip:4012345.012345.1.02.999", "parts"),
        ("urn:epc:id:sgtin:4012345.01234.12", "digits"),
        ("urn:epc:id:sscc:4012345.000000033A", "digits"),
        ("urn:epc:id:sgtin:4012345.012345.A%20B", "characters"),
        ("urn:epc:id:sgtin:4012345.012345." + "1" * 21, "too_long"),
        ("urn:epc:id:itip:4012345.012345.03.02.999", "piece"),
    ],
)
def test_read_refuses(uri, code):
    with pytest.raises(Malformed) as raised:
        epc_uris.read(uri)
    assert raised.value.code == code


@given(st.text(max_size=40))
def test_read_raises_malformed_or_reads(text):
    for uri in (text, "urn:epc:id:sgtin:4012345." + text, "urn:epc:id:cpi:4012345." + text):
        try:
            pairs = epc_uris.read(uri)
        except Malformed:
            continue
        assert epc_uris.read(epc_uris.write(pairs, 7)) == pairs


@given(st.text("0123456789", min_size=13, max_size=13), SERIAL, st.integers(6, 12))
def test_read_takes_back_what_was_written(body, serial, length):
    gtin = body + check_digit(body)
    for pairs in ([("01", gtin)], [("01", gtin), ("10", serial)], [("01", gtin), ("21", serial)]):
        uri = epc_uris.write(pairs, length)
        assert epc_uris.read(uri) == pairs
        assert epc_uris.prefix_length_of(uri) == length


def test_write_leaves_out_what_a_serial_number_makes_needless():
    pairs = [("01", "04012345123456"), ("22", "V"), ("10", "L"), ("21", "12"), ("17", "280200")]
    assert epc_uris.write(pairs, 7) == "urn:epc:id:sgtin:4012345.012345.12"


@pytest.mark.parametrize(
    ("pairs", "length", "code"),
    [
        ([("01", "04012345123456"), ("22", "V")], 7, "no_epc"),
        ([("8006", "040123451234560102"), ("10", "L")], 7, "no_epc"),
        ([("8017", "401234500000987658"), ("8019", "1")], 7, "no_epc"),
        ([("8013", "1987654Ad4X4bL5ttr2310c2K")], 7, "no_epc"),
        ([("01", "04012345123456")], 5, "prefix"),
        ([("01", "04012345123456")], 13, "prefix"),
        ([("01", "04012345123457")], 7, "check"),
        ([], 7, "empty"),
    ],
)
def test_write_refuses(pairs, length, code):
    with pytest.raises(Malformed) as raised:
        epc_uris.write(pairs, length)
    assert raised.value.code == code


def test_write_names_the_first_key_of_several():
    pairs = [("8004", "9520614141234567"), ("01", "09520123456788")]
    assert epc_uris.write(pairs, 7) == "urn:epc:id:giai:9520614.141234567"
