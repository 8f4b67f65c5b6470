import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.canonical_uris import canonical_uri


@pytest.mark.parametrize(
    ("uri", "canonical"),
    [
        ("urn:epc:id:sgtin:0614141.812345.6789%2F!()", "01/80614141123458/21/6789%2F%21%28%29"),
        ("urn:epc:id:sscc:4012345.3111111111", "00/340123451111111111"),
        ("urn:epc:id:sgln:4012345.00005.122", "414/4012345000054/254/122"),
        ("urn:epc:id:sgln:4012345.00005.0", "414/4012345000054"),
        ("urn:epc:id:pgln:999999999999.", "417/9999999999994"),
        ("urn:epc:id:grai:4012345.00022.334455", "8003/04012345000221334455"),
        ("urn:epc:id:giai:4012345.ABC345", "8004/4012345ABC345"),
        ("urn:epc:id:gsrn:4012345.0000006765", "8018/401234500000067657"),
        ("urn:epc:id:gsrnp:4012345.0000000007", "8017/401234500000000074"),
        ("urn:epc:id:gdti:987659999999..9", "253/98765999999929"),
        ("urn:epc:id:cpi:4012345.ABC.123", "8010/4012345ABC/8011/123"),
        ("urn:epc:id:sgcn:4012345.99999.44", "255/401234599999044"),
        ("urn:epc:id:ginc:4012345.333", "401/4012345333"),
        ("urn:epc:id:gsin:4012345.222333444", "402/40123452223334442"),
        ("urn:epc:id:itip:4012345.012345.01.02.999", "8006/040123451234560102/21/999"),
        ("urn:epc:id:upui:4012345.012345.AB12", "01/04012345123456/235/AB12"),
        ("urn:epc:class:lgtin:4012345.012345.Lot987", "01/04012345123456/10/Lot987"),
        ("urn:epc:idpat:sgtin:4012345.012345.*", "01/04012345123456"),
        ("urn:epc:idpat:itip:4012345.012345.01.02.*", "8006/040123451234560102"),
        ("urn:epc:idpat:cpi:4012345.ABC.*", "8010/4012345ABC"),
        ("https://shop.example/a/01/9780345418913?17=271231", "01/09780345418913"),
        ("https://shop.example/gtin/09780345418913/lot/A/ser/7", "01/09780345418913/21/7"),
        ("https://shop.example/01/09780345418913/22/V/10/A", "01/09780345418913/10/A"),
        ("http://shop.example/414/4012345000054/254/9", "414/4012345000054/254/9"),
    ],
)
def test_spells_what_names_a_key(uri, canonical):
    assert canonical_uri(uri) == "https://id.gs1.org/" + canonical
    assert canonical_uri(canonical_uri(uri)) == canonical_uri(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "urn:epc:id:sgtin:4012345.01234.1",  # a digit too few
        "urn:epc:id:sgtin:4012345.012345.",
        "urn:epc:id:sscc:4012345.31111111111",
        "urn:epc:id:unknown:4012345.1.1",
        "urn:epcglobal:cbv:bt:4012345000009:ASN1099",
        "http://transaction.acme.com/po/12345678",
        "https://shop.example/q/6901234567892",
        "https://shop.example/01/09780345418913/99/x",
        "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        "shipping",
    ],
)
def test_leaves_what_names_none(uri):

    assert canonical_uri(uri) == uri


@given(st.text(alphabet="urn:epc:id:sgtinlcashtp/.0123456789*%A", max_size=60))
def test_takes_whatever_comes(text):
    assert canonical_uri(text) == text or canonical_uri(text).startswith("https://id.gs1.org/")


def test_leaves_what_is_too_long_to_be_a_key():
    uri = "https://" + "a" * 400 + ".example/01/09780345418913"
    assert canonical_uri(uri) == uri
