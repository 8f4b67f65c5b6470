import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.corrections import (
    DID_NOT_OCCUR,
    INCORRECT_DATA,
    Declaration,
    declaration,
    declaration_faults,
    declared,
    instead_of,
    name_of,
    standing,
)
from linli.trace.rules.epcis.event_faults import event_faults
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.event_shapes import Fault
from linli.trace.rules.epcis.json_events import read_json
from tests.trace.epcis import an_event, as_bytes

AT = "2026-04-01T09:00:00+08:00"


def lot(number, **more):
    (event,) = read_json(as_bytes(an_event(ilmd={"cbvmda:lotNumber": number}, **more))).events
    return event


def test_declares_an_event_wrong():
    event = lot("1")
    statement = declared(event, AT, INCORRECT_DATA, ["urn:uuid:2"])
    assert declaration(statement) == Declaration(
        "2026-04-01T01:00:00.000Z", "incorrect_data", ("urn:uuid:2",)
    )
    assert declaration(event) is None
    assert "errorDeclaration" not in event
    assert event_id(statement) == event_id(event) == statement["eventID"]
    assert event_faults(statement) == []


def test_keeps_the_id_that_an_event_came_with():
    event = lot("1", eventID="urn:uuid:1")
    assert name_of(event) == "urn:uuid:1"
    assert declared(event, AT, DID_NOT_OCCUR)["eventID"] == "urn:uuid:1"


def test_leaves_standing_what_nobody_declared_wrong():
    wrong, right, other = lot("1"), lot("2"), lot("3", eventID="urn:uuid:3")
    statement = declared(wrong, AT, INCORRECT_DATA, [name_of(right)])
    assert standing([wrong, right, statement, other]) == [right, other]
    assert standing([wrong, right, other]) == [wrong, right, other]
    nameless = {name: value for name, value in statement.items() if name != "eventID"}
    assert standing([wrong, nameless]) == []


def test_follows_corrections_of_corrections():
    first, second, third = lot("1"), lot("2"), lot("3")
    events = [
        first,
        declared(first, AT, INCORRECT_DATA, [name_of(second)]),
        declared(second, AT, INCORRECT_DATA, [name_of(third)]),
    ]
    assert instead_of(name_of(first), events) == (name_of(third),)
    assert instead_of(name_of(third), events) == (name_of(third),)


def test_finds_nothing_instead_of_what_did_not_happen_or_goes_round():
    first, second = lot("1"), lot("2")
    assert instead_of(name_of(first), [declared(first, AT, DID_NOT_OCCUR)]) == ()
    ring = [
        declared(first, AT, INCORRECT_DATA, [name_of(second)]),
        declared(second, AT, INCORRECT_DATA, [name_of(first)]),
    ]
    assert instead_of(name_of(first), ring) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=3)), max_size=12))
def test_ends_only_at_what_stands(said):
    events = [lot(str(n)) for n in range(6)]
    names = [name_of(event) for event in events]
    statements = [
        declared(events[n], AT, INCORRECT_DATA, [names[m] for m in correctives])
        for n, correctives in said
    ]
    left = {name_of(event) for event in standing([*events, *statements])}
    for name in names:
        ends = instead_of(name, statements)
        assert set(ends) <= left
        assert (ends == (name,)) == (name in left)


@pytest.mark.parametrize(
    ("change", "known", "path", "code"),
    [
        ({"action": "OBSERVE"}, ["urn:uuid:2"], "", "differs"),
        (
            {
                "errorDeclaration": {
                    "declarationTime": "2026-02-01T00:00:00Z",
                    "correctiveEventIDs": ["urn:uuid:2"],
                }
            },
            ["urn:uuid:2"],
            "errorDeclaration.declarationTime",
            "before_event",
        ),
        ({}, [], "errorDeclaration.correctiveEventIDs[0]", "unknown_corrective"),
        (
            {"eventID": "urn:uuid:2"},
            ["urn:uuid:2"],
            "errorDeclaration.correctiveEventIDs[0]",
            "itself",
        ),
    ],
)
def test_says_what_is_wrong_with_a_declaration(change, known, path, code):
    event = lot("1")
    statement = declared(event, AT, INCORRECT_DATA, ["urn:uuid:2"]) | change
    assert declaration_faults(statement, event, known) == [Fault(path, code)]


def test_finds_nothing_wrong_with_a_good_declaration():
    event = lot("1")
    good = declared(event, AT, INCORRECT_DATA, ["urn:uuid:2"])
    assert declaration_faults(good, event, ["urn:uuid:2"]) == []
    assert declaration_faults(event, event, []) == [Fault("errorDeclaration", "no_declaration")]
    assert declaration_faults(good, None, ["urn:uuid:2"]) == [Fault("eventID", "unknown_event")]
