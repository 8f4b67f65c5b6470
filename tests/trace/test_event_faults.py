import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.event_faults import document_faults, event_faults
from linli.trace.rules.epcis.event_shapes import Fault
from linli.trace.rules.epcis.json_events import from_json, read_json
from linli.trace.rules.epcis.xml_events import read_xml
from tests.trace.epcis import a_file, an_event, as_bytes, without

# What the files that should be good say beyond the standard: kinds of measurement that are none, reports without
# a kind, times without seconds, fields in an order that XML does not have, master data where nothing was made.
OUTSIDE_THE_STANDARD = {
    "1.2/EPCIS/XML/Capture/Documents/Jumbled_attributes_order.xml": {"order"},
    "1.2/EPCIS/XML/Capture/Documents/ObjectEvent_all_possible_fields.xml": {"uri", "ilmd_without_add"},
    "1.2/EPCIS/XML/Capture/Documents/TransactionEvent_all_possible_fields.xml": {"time"},
    "2.0/EPCIS/JSON/Capture/Documents/SensorData_with_combined_events.json": {"vocabulary", "missing"},
    "2.0/EPCIS/JSON/Capture/Documents/TransactionEvent_with_userExtensions.json": {"vocabulary"},
    "2.0/EPCIS/JSON/Query/SensorData_with_combined_events.json": {"vocabulary", "missing"},
    "2.0/EPCIS/JSON/Query/TransactionEvent_with_userExtensions.json": {"vocabulary"},
    "2.0/EPCIS/XML/Capture/Documents/JumbledFieldsOrder.xml": {"order"},
    "2.0/EPCIS/XML/Capture/Documents/SensorData_with_combined_events.xml": {"missing"},
    "2.0/EPCIS/XML/Query/JumbledFieldsOrder.xml": {"order"},
    "2.0/EPCIS/XML/Query/ObjectEventWithAllPossibleFields.xml": {"time"},
    "2.0/EPCIS/XML/Query/SensorData_with_combined_events.xml": {"missing"},
    "2.0/EPCIS/XML/Query/TransformationEvent_with_error_declaration.xml": {"time"},
}  # fmt: skip


def found_in(*events, **more):
    return [(f.path, f.code) for f in document_faults(read_json(as_bytes(*events, **more)))]


def verdicts(folder):
    """Return the codes of what is wrong with each file that is no question, by its path."""
    codes = {}
    for path in sorted((folder / "conformance/epcis/openepcis-test-resources").rglob("*")):
        if path.suffix in {".json", ".xml"} and "Queries" not in path.parts:
            read = read_xml if path.suffix == ".xml" else read_json
            name = path.relative_to(folder / "conformance/epcis/openepcis-test-resources")
            codes[str(name)] = {fault.code for fault in document_faults(read(path.read_bytes()))}
    return codes


def test_accepts_files_that_are_good(shared):
    good = {name: codes for name, codes in verdicts(shared).items() if "Invalid" not in name}
    assert len(good) == 125
    assert {name: codes for name, codes in good.items() if codes} == OUTSIDE_THE_STANDARD


def test_refuses_files_that_are_bad(shared):
    bad = {name: codes for name, codes in verdicts(shared).items() if "Invalid" in name}
    assert len(bad) == 27
    assert [name for name, codes in bad.items() if not codes] == []


@pytest.mark.parametrize(
    "name",
    ["ObjectEvent", "AggregationEvent", "TransformationEvent", "TransactionEvent", "AssociationEvent"],
)  # fmt: skip
def test_agrees_with_the_published_schema(shared, name):
    """Each field taken away or made into nonsense: our verdict is the schema's."""
    jsonschema = pytest.importorskip("jsonschema")
    folder = shared / "conformance/epcis"
    schema = json.loads((folder / "json-schema/EPCISDocument.schema.json").read_text())
    oracle = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    good = json.loads(
        (
            folder
            / f"openepcis-test-resources/2.0/EPCIS/JSON/Capture/Documents/{name}_all_possible_fields.json"
        ).read_text()
    )
    verdicts = []
    for field in good["epcisBody"]["eventList"][0]:
        for value in (None, "nonsense", [], ["urn:a:b", "urn:a:b"]) if ":" not in field else ():
            file = copy.deepcopy(good)
            file["epcisBody"]["eventList"][0][field] = value
            if value is None:
                del file["epcisBody"]["eventList"][0][field]
            verdicts.append(
                (field, value, oracle.is_valid(file), not document_faults(from_json(file)))
            )
    assert [one for one in verdicts if one[2] != one[3]] == []
    assert {one[2] for one in verdicts} == {True, False}


def test_finds_nothing_wrong_with_a_good_event():
    assert found_in(an_event()) == []
    assert found_in(an_event(type="shop:Weighed", madeUp=1)) == []


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"type": "ObjectEvents"}, "type", "event_type"),
        ({"type": None}, "type", "event_type"),
        ({"madeUp": 1}, "madeUp", "unknown"),
        ({"eventTime": "2026-02-29T08:00:00Z"}, "eventTime", "time"),
        ({"eventTime": "2026-03-01"}, "eventTime", "time"),
        ({"eventTimeZoneOffset": "+14:30"}, "eventTimeZoneOffset", "offset"),
        ({"eventID": "no uri"}, "eventID", "uri"),
        ({"action": "CREATE"}, "action", "action"),
        ({"bizStep": "transforming"}, "bizStep", "vocabulary"),
        ({"bizStep": "urn:epcglobal:cbv:bizstep:shipping"}, "bizStep", "vocabulary"),
        ({"disposition": "urn:x:%zz"}, "disposition", "uri"),
        ({"certificationInfo": ["x"]}, "certificationInfo[0]", "uri"),
        ({"readPoint": {}}, "readPoint.id", "missing"),
        ({"readPoint": "urn:a:b"}, "readPoint", "mapping"),
        ({"epcList": {}}, "epcList", "list"),
        ({"epcList": ["urn:a:b", "urn:a:b"]}, "epcList", "repeated"),
        ({"quantityList": [{"epcClass": "urn:a:b", "weight": 1}]}, "quantityList[0].weight", "unknown"),
        ({"quantityList": [{"epcClass": "urn:a:b", "quantity": "1"}]}, "quantityList[0].quantity", "number"),
        ({"quantityList": [{"epcClass": "urn:a:b", "uom": "kg"}]}, "quantityList[0].uom", "unit"),
        ({"ilmd": {"lot": "1"}}, "ilmd.lot", "namespace"),
        ({"action": "OBSERVE"}, "ilmd", "ilmd_without_add"),
        ({"quantityList": []}, "epcList", "nothing_named"),
        ({"persistentDisposition": {}}, "persistentDisposition", "empty"),
        ({"sourceList": [{"source": "urn:a:b"}]}, "sourceList[0].type", "missing"),
        ({"errorDeclaration": {}}, "errorDeclaration.declarationTime", "missing"),
        (
            {"sensorElementList": [{"sensorReport": [{"type": "Smell"}]}]},
            "sensorElementList[0].sensorReport[0].type",
            "vocabulary",
        ),
        ({"sensorElementList": [{"sensorReport": []}]}, "sensorElementList[0].sensorReport", "empty"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_where(more, path, code):
    assert found_in(an_event(), an_event(**more)) == [(f"epcisBody.eventList[1].{path}", code)]


@pytest.mark.parametrize("name", ["eventTime", "eventTimeZoneOffset"])
def test_says_what_is_missing(name):
    assert found_in(without(an_event(), name)) == [(f"epcisBody.eventList[0].{name}", "missing")]


def kind(name, **more):
    common = {
        "type": name,
        "eventTime": "2026-03-01T08:00:00Z",
        "eventTimeZoneOffset": "+08:00",
    }
    return common | more


THING, LOT = "urn:a:b", [{"epcClass": "urn:a:c"}]


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (kind("AggregationEvent", action="ADD", parentID=THING), [("childEPCs", "nothing_named")]),
        (kind("AggregationEvent", action="DELETE", parentID=THING), []),
        (kind("AssociationEvent", action="ADD", childEPCs=[THING]), [("parentID", "missing")]),
        (kind("AssociationEvent", action="ADD", parentID=THING, childQuantityList=LOT), []),
        (
            kind("TransactionEvent", action="ADD", epcList=[THING], bizTransactionList=[]),
            [("bizTransactionList", "empty")],
        ),
        (
            kind("TransactionEvent", action="ADD", bizTransactionList=[{"bizTransaction": THING}]),
            [("epcList", "nothing_named")],
        ),
        (kind("TransformationEvent", inputEPCList=[THING]), [("outputEPCList", "inputs_or_outputs")]),
        (kind("TransformationEvent", inputEPCList=[THING], transformationID=THING), []),
        (kind("TransformationEvent", inputEPCList=[THING], outputQuantityList=LOT), []),
        (kind("TransformationEvent", transformationID=THING), [("inputEPCList", "inputs_or_outputs")]),
        (
            kind(
                "ObjectEvent",
                action="OBSERVE",
                readPoint={"id": THING},
                sensorElementList=[{"sensorReport": [{"type": "Temperature", "value": 4}]}],
            ),
            [],
        ),
    ],
)  # fmt: skip
def test_knows_what_each_kind_needs(event, found):
    assert [(fault.path, fault.code) for fault in event_faults(event)] == found


def test_says_what_is_wrong_with_the_file():
    assert found_in(an_event(), creationDate="today") == [("creationDate", "time")]
    assert found_in(an_event(), madeUp=1) == [("madeUp", "unknown")]
    assert found_in(an_event(), **{"sender": "x", "shop:own": 1}) == []
    file = without(a_file(an_event()), "@context", "schemaVersion")
    assert document_faults(from_json(file)) == [
        Fault("@context", "missing"),
        Fault("schemaVersion", "missing"),
    ]


FIELDS = [
    *an_event(), "epcList", "childEPCs", "bizTransactionList", "sourceList", "persistentDisposition",
    "errorDeclaration", "sensorElementList", "parentID", "transformationID", "bizLocation",
]  # fmt: skip
NAMES = [
    "id",
    "type",
    "set",
    "source",
    "epcClass",
    "sensorReport",
    "sensorMetadata",
    "value",
    "time",
    "x",
]


@given(
    st.dictionaries(
        st.sampled_from(FIELDS),
        st.recursive(
            st.text(max_size=5) | st.floats() | st.integers() | st.booleans() | st.none(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=4,
    ),
    st.sampled_from(["ObjectEvent", "TransactionEvent", "TransformationEvent", "AggregationEvent"]),
)
def test_has_an_answer_to_whatever_comes(fields, kind_of):
    for fault in document_faults(from_json(a_file(an_event(type=kind_of) | fields))):
        assert fault.code.replace("_", "").isalpha()
