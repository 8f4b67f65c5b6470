"""A query means the events of which every criterion holds, and no other."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.json_events import from_json
from linli.trace.rules.epcis.query_matching import Masters, means, meant
from linli.trace.rules.epcis.query_reading import Query, read_query

DOCUMENTS = "conformance/epcis/openepcis-test-resources/2.0/EPCIS/JSON"
PREFIXES = {"ex": "https://ex/"}
SHOP, STREET, TOWN = (
    "https://id.gs1.org/414/1",
    "https://id.gs1.org/414/2",
    "https://id.gs1.org/414/3",
)
EVENT = {
    "type": "ObjectEvent",
    "eventID": "ni:///sha-256;aa?ver=CBV2.0",
    "eventTime": "2026-03-01T12:00:00+08:00",
    "recordTime": "2026-03-01T05:00:00Z",
    "action": "OBSERVE",
    "bizStep": "shipping",
    "disposition": "in_transit",
    "persistentDisposition": {"set": ["completeness_verified"], "unset": ["completeness_inferred"]},
    "epcList": ["urn:epc:id:sgtin:4012345.066666.7"],
    "quantityList": [
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.A1", "quantity": 12.5, "uom": "KGM"},
        {"epcClass": "urn:epc:class:lgtin:4012345.012345.A2", "quantity": 3},
    ],
    "readPoint": {"id": SHOP, "{https://ex/}door": "north"},
    "bizLocation": {"id": SHOP},
    "bizTransactionList": [{"type": "po", "bizTransaction": "urn:po:1"}],
    "sourceList": [{"type": "owning_party", "source": "urn:party:1"}],
    "destinationList": [{"type": "owning_party", "destination": "urn:party:2"}],
    "errorDeclaration": {
        "declarationTime": "2026-03-02T00:00:00Z", "reason": "incorrect_data",
        "correctiveEventIDs": ["ni:///sha-256;bb?ver=CBV2.0"],
    },
    "sensorElementList": [
        {
            "sensorMetadata": {"time": "2026-03-01T04:00:00Z", "deviceID": "urn:dev:1"},
            "sensorReport": [
                {"type": "Temperature", "value": 4.5, "uom": "CEL", "booleanValue": True},
                {"type": "Temperature", "value": 40, "uom": "FAH", "percRank": 50},
            ],
        }
    ],
    "ilmd": {"{https://ex/}born": "2026-02-01T00:00:00Z", "{https://ex/}weight": "3.50"},
    "{https://ex/}note": "fresh",
    "{https://ex/}count": 7,
    "{https://ex/}empty": "",
    "{https://ex/}outer": {"{https://ex/}deep": [{"{https://ex/}note": "inside"}]},
}  # fmt: skip
MASTERS = Masters(
    parents={SHOP: STREET, STREET: TOWN},
    attributes={SHOP: {"urn:kind": ("butcher",), "urn:none": ()}},
)


def holds(name, value, event=EVENT):
    query = read_query({name: value}, PREFIXES)
    assert isinstance(query, Query), query
    return means(query, event, MASTERS)


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("eventType", ["AggregationEvent", "ObjectEvent"], ["AggregationEvent"]),
        ("GE_eventTime", "2026-03-01T04:00:00Z", "2026-03-01T04:00:00.001Z"),
        ("LT_eventTime", "2026-03-01T04:00:00.001Z", "2026-03-01T04:00:00Z"),
        ("GE_recordTime", "2026-03-01T05:00:00Z", "2026-03-01T06:00:00Z"),
        ("EQ_action", ["OBSERVE"], ["ADD", "DELETE"]),
        ("EQ_bizStep", ["https://ref.gs1.org/cbv/BizStep-shipping"], ["receiving"]),
        ("EQ_bizStep", ["urn:epcglobal:cbv:bizstep:shipping"], ["urn:epcglobal:cbv:disp:shipping"]),
        ("EQ_disposition", ["https://ref.gs1.org/cbv/Disp-in_transit"], ["in_progress"]),
        ("EQ_persistentDisposition_set", ["completeness_verified"], ["completeness_inferred"]),
        ("EQ_persistentDisposition_unset", ["completeness_inferred"], ["completeness_verified"]),
        ("EQ_readPoint", [SHOP], [STREET]),
        ("WD_readPoint", [TOWN], ["https://id.gs1.org/414/4"]),
        ("WD_bizLocation", [SHOP], [SHOP + "1"]),
        ("EQ_bizTransaction_po", ["urn:po:1"], ["urn:po:2"]),
        ("EQ_bizTransaction_https://ref.gs1.org/cbv/BTT-po", ["urn:po:1"], ["urn:po:2"]),
        ("EQ_source_owning_party", ["urn:party:1"], ["urn:party:2"]),
        ("EQ_destination_owning_party", ["urn:party:2"], ["urn:party:1"]),
        ("MATCH_epc", ["urn:epc:idpat:sgtin:4012345.066666.*"], ["urn:epc:idpat:sgtin:4012345.066667.*"]),
        ("MATCH_anyEPC", ["urn:epc:id:sgtin:4012345.066666.7"], ["urn:epc:id:sgtin:4012345.066666.8"]),
        ("MATCH_epcClass", ["urn:epc:class:lgtin:4012345.012345.A2"], ["urn:epc:class:lgtin:4012345.012345.A"]),
        ("MATCH_anyEPCClass", ["urn:epc:class:lgtin:4012345.012345.A1"], ["urn:a"]),
        ("EQ_quantity", [12.5], [12]),
        ("GE_quantity", 12.5, 12.51),
        ("GE_quantity_KGM", 12.5, 13),
        ("LT_quantity_KGM", 12.6, 12.5),
        ("GT_quantity", 12.4, 12.5),
        ("LE_quantity", 3, 2.9),
        ("EQ_eventID", ["ni:///sha-256;aa?ver=CBV2.0"], ["ni:///sha-256;ab?ver=CBV2.0"]),
        ("GE_errorDeclarationTime", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
        ("EQ_errorReason", ["https://ref.gs1.org/cbv/ER-incorrect_data"], ["did_not_occur"]),
        ("EQ_correctiveEventID", ["ni:///sha-256;bb?ver=CBV2.0"], ["ni:///sha-256;aa?ver=CBV2.0"]),
        ("GE_time", "2026-03-01T04:00:00Z", "2026-03-01T04:00:01Z"),
        ("EQ_type", ["https://gs1.org/voc/Temperature"], ["Speed"]),
        ("EQ_deviceID", ["urn:dev:1"], ["urn:dev:2"]),
        ("EQ_booleanValue", True, False),
        ("EQ_value_CEL", [4.5], [40]),
        ("GE_value_CEL", 4.5, 5),
        ("LT_percRank", 51, 50),
        ("EQ_ex:note", ["fresh", "old"], ["inside"]),
        ("EQ_INNER_ex:note", ["inside"], ["fresh"]),
        ("EQ_ex:count", 7.0, 8),
        ("EQ_ex:count", ["7"], ["7.5"]),
        ("GT_ILMD_ex:weight", 3.4, 3.5),
        ("EQ_ILMD_ex:weight", 3.5, 3.6),
        ("LE_ILMD_ex:born", "2026-02-01T08:00:00+08:00", "2026-01-31T00:00:00Z"),
        ("EQ_readPoint_ex:door", ["north"], ["south"]),
        ("HASATTR_readPoint", ["urn:kind"], ["urn:none"]),
        ("EQATTR_readPoint_urn:kind", ["butcher"], ["baker"]),
    ],
)  # fmt: skip
def test_means_what_holds_and_nothing_else(name, yes, no):
    assert holds(name, yes)
    assert not holds(name, no)


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("EXISTS_errorDeclaration", "errorDeclaration"),
        ("EXISTS_sensorElementList", "sensorElementList"),
        ("EXISTS_ILMD_ex:born", "ilmd"),
        ("EXISTS_ex:note", "{https://ex/}note"),
        ("EXISTS_INNER_ex:note", "{https://ex/}outer"),
    ],
)
def test_means_what_exists(name, without):
    assert holds(name, None)
    assert not holds(name, None, {key: value for key, value in EVENT.items() if key != without})


def test_counts_an_empty_field_as_none():
    assert not holds("EXISTS_ex:empty", None)


@pytest.mark.parametrize(
    "name", ["MATCH_epc", "EQ_bizStep", "WD_readPoint", "EQ_ex:note", "HASATTR_readPoint"]
)
def test_means_nothing_without_the_field(name):
    assert not holds(name, ["shipping"], {"type": "ObjectEvent"})


def test_keeps_roles_apart():
    event = {
        "type": "TransformationEvent", "inputEPCList": ["urn:in"], "outputEPCList": ["urn:out"],
        "inputQuantityList": [{"epcClass": "urn:class:in"}], "outputQuantityList": [{"epcClass": "urn:class:out"}],
    }  # fmt: skip
    assert holds("MATCH_inputEPC", ["urn:in"], event)
    assert not holds("MATCH_inputEPC", ["urn:out"], event)
    assert holds("MATCH_outputEPC", ["urn:out"], event)
    assert holds("MATCH_anyEPC", ["urn:in"], event)
    assert not holds("MATCH_epc", ["urn:in"], event)
    assert holds("MATCH_inputEPCClass", ["urn:class:in"], event)
    assert not holds("MATCH_inputEPCClass", ["urn:class:out"], event)
    assert not holds("MATCH_epcClass", ["urn:class:in"], event)
    packed = {"type": "AggregationEvent", "parentID": "urn:crate", "childEPCs": ["urn:a"]}
    assert holds("MATCH_parentID", ["urn:crate"], packed)
    assert holds("MATCH_epc", ["urn:a"], packed)
    assert not holds("MATCH_epc", ["urn:crate"], packed)
    assert holds("MATCH_anyEPC", ["urn:crate"], packed)


def test_asks_all_criteria_together():
    both = read_query({"EQ_action": ["OBSERVE"], "EQ_bizStep": ["receiving"]})
    assert not means(both, EVENT)
    assert list(meant([EVENT, {}], read_query({}))) == [EVENT, {}]


def test_ends_where_places_lie_in_each_other():
    round_and_round = Masters(parents={SHOP: STREET, STREET: SHOP})
    query = read_query({"WD_readPoint": [TOWN]})
    assert not means(query, EVENT, round_and_round)


def test_means_deep_fields_without_end():
    event = {"{https://ex/}outer": {"{https://ex/}note": "far"}}
    for _ in range(5_000):
        event = {"{https://ex/}outer": [event]}
    assert holds("EQ_INNER_ex:note", ["far"], event)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"EQ_bizStep": ["receiving"]}, 1),
        ({"EQ_bizTransaction_pedigree": ["urn:epc:id:gsrn:0614141.0000010253"]}, 1),
        ({"EQ_bizTransaction_po": ["urn:epc:id:gsrn:0614141.0000010253"]}, 0),
        ({"MATCH_epcClass": ["urn:epc:class:lgtin:4012345.012345.998877"], "GE_quantity_KGM": 200}, 1),
        ({"GT_quantity_KGM": 200}, 0),
        ({"GE_value_CEL": 26, "EQ_type": ["Temperature"]}, 1),
        ({"EQ_ext1:int": 10, "EQ_ILMD_ext1:float": 20, "EQ_INNER_ext2:int": 13}, 1),
        ({"EQ_INNER_ILMD_ext3:string": ["stringInObjectInObject"]}, 1),
        ({"EQ_ILMD_ext3:string": ["stringInObjectInObject"]}, 0),
        ({"GE_SENSORELEMENT_ext1:time": "2013-06-08T14:58:56.591Z"}, 1),
        ({"EQ_SENSORMETADATA_ext1:someFurtherMetadata": ["someText"]}, 1),
        ({"EQ_SENSORREPORT_ext1:someFurtherReportData": ["someText"]}, 1),
        ({"EQ_ext1:array": ["stringInArray"]}, 1),
        ({"EXISTS_errorDeclaration": None, "LT_errorDeclaration_Time": "2006-11-07T13:00:00Z"}, 0),
    ],
)  # fmt: skip
def test_finds_the_published_event_by_every_field(shared, asked, count):
    said = json.loads(
        (shared / DOCUMENTS / "Query/ObjectEventWithAllPossibleFields.json").read_text()
    )
    query = read_query({"@context": said["@context"], **asked})
    assert isinstance(query, Query), query
    assert len(list(meant(from_json(said).events, query))) == count


def test_finds_each_published_event_by_what_it_says(shared):
    found = 0
    for path in sorted((shared / DOCUMENTS / "Capture/Documents").glob("*.json")):
        for event in from_json(json.loads(path.read_text())).events:
            asked = {"eventType": [event["type"]], "GE_eventTime": event["eventTime"]}
            asked |= {
                f"EQ_{name}": [event[name]]
                for name in ("action", "bizStep", "disposition")
                if name in event
            }
            if event.get("epcList"):
                asked["MATCH_epc"] = [event["epcList"][-1]]
            query = read_query(asked)
            assert isinstance(query, Query), (path.name, query)
            assert means(query, event), path.name
            assert not means(read_query(asked | {"EQ_eventID": ["urn:other"]}), event)
            found += 1
    assert found > 38


moments = st.integers(1_577_836_800, 1_893_456_000).map(lambda n: datetime.fromtimestamp(n, UTC))


@given(moments, moments, st.integers(-14, 14))
def test_means_by_the_moment_not_by_its_spelling(said, asked, hours):
    shifted = said.astimezone(timezone(timedelta(hours=hours)))
    event = {"eventTime": shifted.isoformat()}
    text = asked.isoformat()
    assert holds("GE_eventTime", text, event) == (said >= asked)
    assert holds("LT_eventTime", text, event) == (said < asked)
