"""Links: what went into what, and what lay in what for how long, as events say it."""

import json
from datetime import UTC, datetime

from linli.trace.rules.epcis.json_events import from_json
from linli.trace.rules.walking.links import Link, links_of

DOCUMENTS = "conformance/epcis/openepcis-test-resources/2.0/EPCIS/JSON"


def day(number):
    return datetime(2026, 1, number, tzinfo=UTC)


def event(kind, number, **more):
    said = {"type": f"{kind}Event", "eventID": f"e{number}", "eventTime": day(number).isoformat()}
    return said | more


def packed(number, action, *children, parent="crate"):
    return event("Aggregation", number, action=action, parentID=parent, childEPCs=list(children))


def test_links_inputs_to_outputs_through_the_transformation():
    made = event(
        "Transformation",
        1,
        inputEPCList=["a"],
        inputQuantityList=[{"epcClass": "b"}],
        outputEPCList=["c", "c"],
    )
    name = f"transformation:e1 {day(1).isoformat()}"
    assert links_of([made]) == [
        Link("used", "a", name, day(1), None, "e1"),
        Link("used", "b", name, day(1), None, "e1"),
        Link("made", name, "c", day(1), None, "e1"),
    ]


def test_joins_events_of_one_transformation():
    events = [
        event("Transformation", 1, inputEPCList=["a"], transformationID="t"),
        event("Transformation", 2, outputEPCList=["b"], transformationID="t"),
    ]
    assert links_of(reversed(events)) == [
        Link("used", "a", "transformation:t", day(1), None, "e1"),
        Link("made", "transformation:t", "b", day(2), None, "e2"),
    ]


def test_holds_from_packing_to_unpacking_in_any_order_of_arrival():
    events = [packed(1, "ADD", "a", "b"), packed(3, "DELETE", "a"), packed(4, "OBSERVE", "b", "c")]
    expected = [
        Link("held", "a", "crate", day(1), day(3), "e1"),
        Link("held", "b", "crate", day(1), None, "e1"),
        Link("held", "c", "crate", day(4), None, "e4"),
    ]
    assert links_of(events) == links_of(events[::-1]) == expected


def test_empties_a_parent_of_all_when_none_is_named():
    events = [
        packed(1, "ADD", "a", "b"),
        packed(2, "ADD", "c", parent="other"),
        packed(3, "DELETE"),
    ]
    assert links_of(events) == [
        Link("held", "a", "crate", day(1), day(3), "e1"),
        Link("held", "b", "crate", day(1), day(3), "e1"),
        Link("held", "c", "other", day(2), None, "e2"),
    ]


def test_makes_no_link_of_what_nobody_packed():
    assert links_of([packed(1, "DELETE", "a"), packed(2, "ADD", "a", parent=None)]) == []


def test_takes_back_what_was_declared_an_error():
    wrong, right = packed(1, "ADD", "a"), packed(2, "ADD", "b")
    declared = wrong | {"errorDeclaration": {"declarationTime": day(5).isoformat()}}
    kept = [Link("held", "b", "crate", day(2), None, "e2")]
    assert links_of([wrong, right, declared]) == links_of([declared, right]) == kept
    assert len(links_of([wrong, right])) == 2
    assert links_of([{key: said for key, said in declared.items() if key != "eventID"}]) == []


def test_makes_no_link_of_objects_transactions_and_times_unread():
    assert (
        links_of(
            [
                event("Object", 1, epcList=["a"]),
                event("Transaction", 1, parentID="p", epcList=["a"]),
            ]
        )
        == []
    )
    assert links_of([packed(1, "ADD", "a") | {"eventTime": "yesterday"}]) == []


def test_links_the_published_transformation(shared):
    path = shared / DOCUMENTS / "Capture/Documents/TransformationEvent.json"
    (said,) = from_json(json.loads(path.read_text())).events
    links = links_of([said])
    inputs = len(said.get("inputEPCList", [])) + len(said.get("inputQuantityList", []))
    outputs = len(said.get("outputEPCList", [])) + len(said.get("outputQuantityList", []))
    assert [one.kind for one in links] == ["used"] * inputs + ["made"] * outputs
    assert inputs
    assert outputs
