"""Patterns: a star is one whole part of an identifier, never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.epc_patterns import is_pattern, matches_pattern, pattern_prefix

parts = st.text(alphabet="0123456789abcX", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("pattern", "identifier"),
    [
        ("urn:epc:id:sgtin:4012345.066666.7", "urn:epc:id:sgtin:4012345.066666.7"),
        ("urn:epc:idpat:sgtin:4012345.066666.*", "urn:epc:id:sgtin:4012345.066666.7"),
        ("urn:epc:idpat:sgtin:4012345.066666.*", "urn:epc:idpat:sgtin:4012345.066666.*"),
        ("urn:epc:idpat:sgtin:4012345.*.*", "urn:epc:id:sgtin:4012345.066666.a.b"),
        ("urn:epc:idpat:sgtin:*.*.*", "urn:epc:id:sgtin:4012345.066666.7"),
        (
            "https://id.gs1.org/01/09521141012345/21/*",
            "https://id.gs1.org/01/09521141012345/21/2017",
        ),
    ],
)
def test_matches_what_is_meant(pattern, identifier):
    assert matches_pattern(pattern, identifier)


@pytest.mark.parametrize(
    ("pattern", "identifier"),
    [
        ("urn:epc:id:sgtin:4012345.066666.7", "urn:epc:id:sgtin:4012345.066666.77"),
        ("urn:epc:id:sgtin:4012345.066666.*", "urn:epc:id:sgtin:4012345.066666.7"),
        ("urn:epc:idpat:sgtin:4012345.066666.*", "urn:epc:id:sgtin:4012345.0666661.7"),
        ("urn:epc:idpat:sgtin:4012345.066666.*", "urn:epc:id:sgln:4012345.066666.7"),
        ("urn:epc:idpat:sgtin:4012345.066666.*", "urn:epc:class:lgtin:4012345.066666.7"),
        ("urn:epc:idpat:sgtin:4012345.06*.*", "urn:epc:id:sgtin:4012345.066666.7"),
        ("https://id.gs1.org/01/*", "https://id.gs1.org/01/09521141012345/21/2017"),
        ("https://id.gs1.org/01/095211*/21/1", "https://id.gs1.org/01/09521141012345/21/1"),
        ("*", "urn:epc:id:sgtin:4012345.066666.7"),
    ],
)
def test_matches_no_more_than_is_written(pattern, identifier):
    assert not matches_pattern(pattern, identifier)


@given(st.lists(parts, min_size=3, max_size=3), st.sets(st.integers(0, 2)))
def test_matches_with_any_part_starred(said, stars):
    identity = "urn:epc:id:sgtin:" + ".".join(said)
    asked = ["*" if n in stars else part for n, part in enumerate(said)]
    pattern = "urn:epc:idpat:sgtin:" + ".".join(asked)
    assert matches_pattern(pattern, identity)
    assert identity.startswith(pattern_prefix(pattern))
    other = ".".join(part if n in stars else part + "Y" for n, part in enumerate(said))
    assert matches_pattern(pattern, "urn:epc:id:sgtin:" + other) == (len(stars) == 3)


def test_tells_patterns_from_identifiers():
    assert is_pattern("urn:epc:idpat:sgtin:1.2.*")
    assert is_pattern("https://id.gs1.org/01/09521141012345/21/*")
    assert not is_pattern("urn:epc:id:sgtin:1.2.3")
    assert not is_pattern("https://id.gs1.org/01/09521141012345/21/a*b")
    assert pattern_prefix("urn:epc:id:sgtin:1.2.3") == "urn:epc:id:sgtin:1.2.3"
    assert pattern_prefix("urn:epc:idpat:sgtin:1.2.*") == "urn:epc:id:sgtin:1.2."
