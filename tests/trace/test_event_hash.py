import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.event_hash import event_id, prehash
from linli.trace.rules.epcis.json_events import read_json
from linli.trace.rules.epcis.xml_events import read_xml
from tests.trace.epcis import an_event, as_bytes

REPOSITORY, EXAMPLE = "{https://repository-x.example.com/}", "{https://ns.example.com/epcis/}"
AGREED = {
    REPOSITORY + "hash",
    EXAMPLE + "captureID",
    EXAMPLE + "testField1",
    EXAMPLE + "testField2",
}


def plain(*events):
    return read_json(as_bytes(*events)).events


def read(path):
    return (read_xml if path.suffix == ".xml" else read_json)(path.read_bytes())


def test_makes_every_published_hash(shared):
    folder = shared / "conformance/epcis/event-hash/examples"
    made, published = {}, {}
    for hashes in sorted(folder.glob("*.hashes")):
        agreed = AGREED if "IgnoreFields" in hashes.name else ()
        for path in (hashes.with_suffix(".jsonld"), hashes.with_suffix(".xml")):
            if path.exists():
                published[path.name] = hashes.read_text().split()
                made[path.name] = [event_id(event, agreed) for event in read(path).events]
    assert len(published) == 39
    assert made == published


def test_makes_another_hash_where_agreed_fields_are_not_left_out(shared):
    path = (
        shared / "conformance/epcis/event-hash/examples/epcisDocHavingEventWithIgnoreFields.jsonld"
    )
    first, second = read(path).events
    assert event_id(first) != event_id(second)
    assert event_id(first, AGREED) == event_id(second, AGREED)


def test_makes_one_hash_of_spellings_that_mean_the_same(shared):
    ids = {}
    for path in sorted((shared / "conformance/epcis/event-hash/expected_equal").iterdir()):
        ids[path.name] = {event_id(event) for event in read(path).events}
    assert len(ids) == 11
    assert {name for name, found in ids.items() if len(found) != 1} == set()


def test_makes_the_same_hashes_of_json_and_xml(shared):
    folder = shared / "conformance/epcis/openepcis-test-resources/2.0/EPCIS"
    same, other = [], []
    for path in sorted(folder.glob("JSON/**/*.json")):
        twin = folder / "XML" / path.relative_to(folder / "JSON").with_suffix(".xml")
        if not twin.exists() or "Invalid" in path.parts or "Queries" in path.parts:
            continue
        alike = [event_id(e) for e in read(path).events] == [event_id(e) for e in read(twin).events]
        (same if alike else other).append(str(path.relative_to(folder / "JSON")))
    assert len(same) == 42
    # Their XML says something else: another namespace of master data, types of values, fields without a value.
    assert other == [
        "Capture/Documents/AssociationEvent_all_possible_fields.json",
        "Capture/Documents/ObjectEvent_all_possible_fields.json",
        "Capture/Documents/SensorData_with_combined_events.json",
        "Capture/Documents/TransformationEvent_with_userExtensions.json",
        "Capture/Events/TransactionEvent.json",
        "Query/ObjectEventWithAllPossibleFields.json",
        "Query/SensorData_with_combined_events.json",
    ]


def test_writes_the_text_that_is_hashed():
    (event,) = plain(an_event())
    assert prehash(event) == (
        "eventType=ObjectEventeventTime=2026-03-01T00:00:00.000ZeventTimeZoneOffset=+08:00"
        "certificationInfo=https://certifier.example/halal/17"
        "quantityListquantityElementepcClass=https://id.gs1.org/01/06901234567892/10/L1quantity=12.5uom=KGM"
        "action=ADDbizStep=https://ref.gs1.org/cbv/BizStep-commissioning"
        "disposition=https://ref.gs1.org/cbv/Disp-activereadPointid=https://id.gs1.org/414/6901234000054"
        "ilmd{https://shop.example/voc/}shed=3{urn:epcglobal:cbv:mda:}lotNumber=L1"
    )


def shuffled(value, seed):
    """Return a mapping with its fields, and those within, in another order."""
    if isinstance(value, dict):
        names = list(value)
        random.Random(seed).shuffle(names)
        return {name: shuffled(value[name], seed) for name in names}
    return [shuffled(one, seed) for one in value] if isinstance(value, list) else value


@given(st.integers())
def test_ignores_the_order_of_fields(seed):
    event = an_event(epcList=["urn:epc:id:sgtin:6901234.056789.1"])
    assert event_id(*plain(shuffled(event, seed))) == event_id(*plain(event))


@given(st.permutations(["urn:epc:id:sgtin:6901234.056789." + str(n) for n in range(5)]))
def test_ignores_the_order_of_things(epcs):
    assert event_id(*plain(an_event(epcList=epcs))) == event_id(
        *plain(an_event(epcList=sorted(epcs)))
    )


@pytest.mark.parametrize(
    "later",
    [
        {"recordTime": "2026-03-02T00:00:00Z"},
        {"eventID": "urn:uuid:1"},
        {"errorDeclaration": {"declarationTime": "2026-04-01T00:00:00Z"}},
        {"rdfs:comment": "A note."},
        {"eventTime": "2026-03-01T00:00:00Z"},
        {"bizStep": "https://ref.gs1.org/cbv/BizStep-commissioning"},
        {"readPoint": {"id": "https://where.example/414/6901234000054?x=1"}},
    ],
)
def test_stays_the_same_with_what_says_nothing_new(later):
    assert event_id(*plain(an_event(**later))) == event_id(*plain(an_event()))


@pytest.mark.parametrize(
    "other",
    [
        {"eventTime": "2026-03-01T08:00:00.001+08:00"},
        {"eventTimeZoneOffset": "+07:00"},
        {"disposition": "recalled"},
        {"certificationInfo": ["https://certifier.example/halal/18"]},
        {"readPoint": {"id": "urn:epc:id:sgln:6901234.00005.1"}},
        {
            "readPoint": {
                "id": "urn:epc:id:sgln:6901234.00005.0",
                "shop:door": "2",
            }
        },
        {"ilmd": {"cbvmda:lotNumber": "L2", "shop:shed": "3"}},
        {"shop:more": ""},
    ],
)
def test_changes_with_what_is_said(other):
    assert event_id(*plain(an_event(**other))) != event_id(*plain(an_event()))


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from([*an_event(), "sensorElementList", "persistentDisposition", "shop:x"]),
)
def test_has_a_name_for_whatever_comes(value, name):
    """Events are named before they are checked, so nothing may break it."""
    document = read_json(json.dumps({"@context": [], **an_event(), name: value}))
    assert all(event_id(event).startswith("ni:///sha-256;") for event in document.events)
