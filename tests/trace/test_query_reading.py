"""Queries are read strictly: what the language does not know is refused with every fault at once."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.query_parameters import FIXED, Asked, asked
from linli.trace.rules.epcis.query_reading import Query, QueryFault, read_query, read_query_string

QUERIES = "conformance/epcis/openepcis-test-resources/2.0/EPCIS/JSON/Query/Queries"


def faults(**parameters):
    return read_query(parameters)


def test_reads_the_published_query(shared):
    said = json.loads((shared / QUERIES / "SimpleEventQuery.json").read_text())
    query = read_query(said)
    assert isinstance(query, Query)
    assert [one.parameter for one in query.criteria] == [
        "eventType", "GE_eventTime", "LT_eventTime", "EQ_action", "EQ_bizStep", "EQ_disposition",
        "EQ_bizLocation", "MATCH_epc", "GE_quantity", "LT_quantity",
    ]  # fmt: skip
    assert query.criteria[1].values == (datetime(2025, 12, 31, 23, tzinfo=UTC),)
    assert (query.order_by, query.newest_first, query.event_count_limit) == ("eventTime", True, 100)


def test_refuses_the_published_wrong_values(shared):
    said = json.loads((shared / QUERIES / "Invalid/Query_with_invalid_values.json").read_text())
    assert read_query(said) == [
        QueryFault("GE_eventTime", "not-a-moment"),
        QueryFault("EQ_action", "not-an-action"),
        QueryFault("orderDirection", "not-a-direction"),
    ]


def test_refuses_the_published_unknown_parameter(shared):
    said = json.loads((shared / QUERIES / "Invalid/Query_with_unknown_parameter.json").read_text())
    assert read_query(said) == [QueryFault("GE_eventDate", "unknown-parameter")]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("EQ_bizTransaction_po", Asked("EQ", "bizTransaction", "words", "po")),
        ("EQ_source_owning_party", Asked("EQ", "source", "words", "owning_party")),
        ("GE_quantity_KGM", Asked("GE", "quantity", "number", "KGM")),
        ("EQ_value_CEL", Asked("EQ", "value", "numbers", "CEL")),
        ("LT_errorDeclaration_Time", Asked("LT", "errorDeclarationTime", "moment")),
        ("EQ_ex:a", Asked("EQ", "event", "either", "{https://ex/}a")),
        ("EQ_https://ex/#a", Asked("EQ", "event", "either", "{https://ex/}a")),
        ("EQ_{https://ex/}a", Asked("EQ", "event", "either", "{https://ex/}a")),
        ("EQ_other:a", Asked("EQ", "event", "either", "other:a")),
        ("GT_ILMD_ex:a", Asked("GT", "ILMD", "measure", "{https://ex/}a")),
        (
            "EXISTS_INNER_ERROR_DECLARATION_ex:a",
            Asked("EXISTS", "ERROR_DECLARATION", "void", "{https://ex/}a", inner=True),
        ),
        ("LE_SENSORREPORT_ex:a", Asked("LE", "SENSORREPORT", "measure", "{https://ex/}a")),
        (
            "EQ_INNER_readPoint_ex:a",
            Asked("EQ", "readPoint", "either", "{https://ex/}a", inner=True),
        ),
        ("HASATTR_bizLocation", Asked("HASATTR", "bizLocation", "words")),
        ("EQATTR_bizLocation_urn:a#b", Asked("EQATTR", "bizLocation", "words", "urn:a#b")),
    ],
)
def test_reads_what_a_name_asks(name, meaning):
    assert asked(name, {"ex": "https://ex/"}) == meaning


@pytest.mark.parametrize(
    "name",
    ["EQ_", "EQ_nothing", "GE_bizStep", "XX_ex:a", "EQ_quantity_kg", "eq_action", "MATCH_ex:a", ""],
)
def test_knows_no_other_name(name):
    assert asked(name) is None
    assert read_query({name: ["a"]}) == [QueryFault(name, "unknown-parameter")]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("EQ_bizStep", "shipping", "not-a-list-of-words"),
        ("EQ_bizStep", ["shipping", 1], "not-a-list-of-words"),
        ("EQ_bizStep", [" "], "not-a-list-of-words"),
        ("eventType", ["QuantumEvent"], "not-an-event-type"),
        ("GE_eventTime", "2026-01-01T00:00:00", "not-a-moment"),
        ("GE_eventTime", "2026-02-30T00:00:00Z", "not-a-moment"),
        ("GE_eventTime", "0001-01-01T00:00:00+14:00", "not-a-moment"),
        ("GE_quantity", "5", "not-a-number"),
        ("GE_quantity", True, "not-a-number"),
        ("GE_quantity", float("nan"), "not-a-number"),
        ("EQ_quantity", [1, None], "not-a-number"),
        ("EQ_booleanValue", 1, "not-a-flag"),
        ("GT_ex:a", ["1"], "not-a-value"),
        ("EQ_ex:a", {"a": 1}, "not-a-value"),
        ("perPage", 0, "not-a-count"),
        ("perPage", True, "not-a-count"),
        ("orderBy", "action", "not-an-order"),
        ("nextPageToken", 5, "not-a-token"),
        ("eventCountLimit", 5, "needs-orderBy"),
    ],
)
def test_refuses_values_of_another_kind(name, value, code):
    assert read_query({name: value}) == [QueryFault(name, code)]


def test_refuses_two_ways_to_limit():
    assert faults(orderBy="eventTime", eventCountLimit=5, maxEventCount=5) == [
        QueryFault("eventCountLimit", "excludes-maxEventCount")
    ]
    assert isinstance(faults(orderBy="eventTime", eventCountLimit=5), Query)


def test_takes_prefixes_from_the_context():
    query = read_query({"@context": [{"ex": "https://ex/"}], "EQ_ex:a": 5, "orderBy": "ex:a"})
    assert query.criteria[0].asked.detail == "{https://ex/}a"
    assert query.criteria[0].values == (Decimal(5),)
    assert query.order_by == "{https://ex/}a"


def test_reads_an_address_like_json():
    pairs = [
        ("eventType", "ObjectEvent|AggregationEvent"), ("EQ_bizStep", "shipping"), ("EQ_bizStep", "packing"),
        ("GE_quantity_KGM", "2.50"), ("GE_eventTime", "2026-01-01T00:00:00Z"), ("EXISTS_errorDeclaration", ""),
        ("EQ_booleanValue", "true"), ("perPage", "7"), ("EQ_ex:a", "7"),
    ]  # fmt: skip
    same = {
        "eventType": ["ObjectEvent", "AggregationEvent"], "EQ_bizStep": ["shipping", "packing"],
        "GE_quantity_KGM": 2.5, "GE_eventTime": "2026-01-01T00:00:00Z", "EXISTS_errorDeclaration": None,
        "EQ_booleanValue": True, "perPage": 7, "EQ_ex:a": ["7"],
    }  # fmt: skip
    assert read_query_string(pairs) == read_query(same)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("perPage", "-1", "not-a-count"),
        ("perPage", "9999999999", "not-a-count"),
        ("perPage", "٣", "not-a-count"),
        ("GE_quantity", "much", "not-a-number"),
        ("GE_quantity", "NaN", "not-a-number"),
        ("EQ_booleanValue", "yes", "not-a-flag"),
        ("GE_eventTime", "2026-01-01", "not-a-moment"),
        ("EQ_bizStep", "", "not-a-list-of-words"),
    ],
)
def test_refuses_an_address_that_says_nothing(name, text, code):
    assert read_query_string([(name, text)]) == [QueryFault(name, code)]


def test_caps_a_page():
    assert read_query({"perPage": 10**6}).per_page == 1_000


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.dictionaries(
        st.sampled_from([*FIXED, "EQ_ex:a", "perPage", "orderBy"]) | st.text(), anything
    )
)
def test_reads_anything_or_says_why_not(parameters):
    said = read_query(parameters)
    assert isinstance(said, Query) or {one.parameter for one in said} <= parameters.keys()


@given(st.lists(st.tuples(st.sampled_from([*FIXED, "EQ_ex:a", "perPage"]), st.text())))
def test_reads_any_address_or_says_why_not(pairs):
    assert isinstance(read_query_string(pairs), (Query, list))
