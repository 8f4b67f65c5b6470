"""Whatever somebody hands in as a certificate, it is judged: nothing makes the judge stumble."""

import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.rules import checking, credentials, proofs, status_list
from linli.offers.rules.multikey import base58, did_key, method_of, read_base58, read_did_key

AT = datetime(2026, 9, 1, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DID = did_key(KEY.public_key().public_bytes_raw())
LIST = "https://a.example/credentials/status/0"


def signed(document):
    return proofs.proven(
        document, sign=KEY.sign, method=method_of(DID), created="2026-09-01T00:00:00Z"
    )


def unsigned():
    return credentials.credential(
        issuer=credentials.Issuer(did=DID, name="某市", url="https://a.example"),
        achievement=credentials.Achievement(
            url="https://a.example/offers/1/", title="课程", description="课程", criteria="结业", kind="completed"
        ),
        place=credentials.Place(url="https://a.example/credentials/1", status_url=LIST, position=7),
        subject=credentials.named("甲", "salt"),
        at=AT,
    )  # fmt: skip


def paths(value, at=()):
    yield at
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, one in inner:
        yield from paths(one, (*at, name))


def replaced(document, path, said):
    if not path:
        return said
    other = deepcopy(document)
    inner = other
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = said
    return other


WHOLE = signed(unsigned())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(list(paths(WHOLE))), JSON)
def test_judges_whatever_stands_anywhere_in_it(path, said):
    document = replaced(WHOLE, path, said)
    verdict = checking.check(json.dumps(document), AT)
    assert verdict.holds == (document == WHOLE)


@given(st.sampled_from(list(paths(unsigned()))), JSON)
def test_judges_whatever_somebody_signs(path, said):
    """A stranger signs with a key of their own what they like: it may hold, and is judged in either case."""
    try:
        document = signed(replaced(unsigned(), path, said))
    except (ValueError, TypeError):
        return
    verdict = checking.check(json.dumps(document), AT)
    judged = checking.with_status(verdict, json.dumps(listed([])), AT)
    assert judged.holds in {True, False}
    credentials.is_of(document, "甲")


@given(st.text() | st.binary().map(lambda some: some.decode("latin-1")))
def test_judges_any_text(text):
    assert not checking.check(text, AT).holds


@pytest.mark.parametrize("depth", [50, 200, 400, 600, 800, 950, 1200, 5000])
def test_judges_what_is_nested_deeply(depth):
    nested = '{"a":' * depth + "1" + "}" * depth
    text = json.dumps(WHOLE)[:-1] + f', "more": {nested}}}'
    assert not checking.check(text, AT).holds


def test_unpacks_no_bomb():
    bomb = credentials.compact({"a": "0" * 5_000_000})
    assert len(bomb) < 64_000
    assert checking.check(bomb, AT).faults == ("unreadable",)


def listed(positions, **changes):
    document = credentials.status_credential(
        issuer=credentials.Issuer(did=DID, name="", url=""),
        url=LIST,
        encoded=status_list.encoded(positions),
        at=AT,
    )
    return signed(document | changes)


@given(st.sets(st.integers(0, status_list.SIZE - 1), max_size=20))
def test_list_tells_exactly_those_that_are_in_it(positions):
    text = status_list.encoded(positions)
    asked = {*positions, 0, 1, 7, 8, status_list.SIZE - 1}
    assert {one for one in asked if status_list.is_set(text, one)} == positions
    assert status_list.encoded(sorted(positions, reverse=True)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "x",
        "uAAAA",
        "uH4sIAAAAAAAA",
        "m" + status_list.encoded([])[1:],
        status_list.encoded([])[:-9],
    ],
)
def test_list_that_is_none_tells_nothing(text):
    with pytest.raises(ValueError, match=r".+"):
        status_list.is_set(text, 0)


@pytest.mark.parametrize("position", [-1, status_list.SIZE, 10**9])
def test_list_tells_nothing_of_what_is_not_in_it(position):
    with pytest.raises(ValueError, match="not in this list"):
        status_list.is_set(status_list.encoded([]), position)


def test_list_of_the_standard_is_read():
    """The example of Bitstring Status List 1.0: 16 KB of noughts."""
    text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert not any(status_list.is_set(text, one) for one in (0, 94567, status_list.SIZE - 1))


@pytest.mark.parametrize(("set_", "faults"), [([], ()), ([6, 8], ()), ([7], ("withdrawn",))])
def test_certificate_is_withdrawn_by_its_own_bit(set_, faults):
    verdict = checking.check(json.dumps(WHOLE), AT)
    assert checking.with_status(verdict, json.dumps(listed(set_)), AT).faults == faults


@given(st.binary(max_size=64))
def test_base58_reads_back(data):
    assert read_base58(base58(data)) == data


@pytest.mark.parametrize("text", ["z0", "zO", "m1", "", "z" + "1" * 300])
def test_base58_refuses_what_is_none(text):
    with pytest.raises(ValueError, match=r".+"):
        read_base58(text)


@pytest.mark.parametrize(
    "did", ["did:web:a.example", DID[:-1], f"{DID}#other", "did:key:" + base58(b"\xed\x01" + bytes(31)), "did:key:" + base58(bytes(34))]
)  # fmt: skip
def test_keys_of_other_kinds_are_refused(did):
    with pytest.raises(ValueError, match=r".+"):
        read_did_key(did)
