import json

import pytest

from linli.trace.rules.epcis.event_shapes import CAPTURE, DEPTH, QUERY, SINGLE, Fault
from linli.trace.rules.epcis.json_events import from_json, read_json
from tests.trace.epcis import CONTEXT, a_file, an_event, as_bytes, without


def test_reads_an_event_without_need_of_its_context():
    (event,) = read_json(as_bytes(an_event(**{"gs1:note": "x"}))).events
    assert event["ilmd"] == {
        "{urn:epcglobal:cbv:mda:}lotNumber": "L1",
        "{https://shop.example/voc/}shed": "3",
    }
    assert event["{https://gs1.org/voc/}note"] == "x"
    assert event["bizStep"] == "commissioning"
    assert "@context" not in event


def test_reads_all_spellings_of_a_word():
    words = [
        "shipping",
        "cbv:BizStep-shipping",
        "https://ref.gs1.org/cbv/BizStep-shipping",
        "https://shop.example/voc/shipping",
        "urn:epcglobal:cbv:bizstep:shipping",  # only XML may write it so
    ]
    document = read_json(as_bytes(*[an_event(bizStep=word) for word in words]))
    assert [event["bizStep"] for event in document.events] == ["shipping"] * 3 + words[3:]


def test_reads_words_within():
    (event,) = read_json(
        as_bytes(
            an_event(
                persistentDisposition={"set": ["cbv:Disp-recalled"]},
                sourceList=[{"type": "cbv:SDT-location", "source": "urn:a:b"}],
                errorDeclaration={"declarationTime": "x", "reason": "cbv:ER-incorrect_data"},
                sensorElementList=[{"sensorReport": [{"type": "gs1:Temperature", "value": 4}]}],
                certificationInfo="urn:a:c",
            )
        )
    ).events
    assert event["persistentDisposition"] == {"set": ["recalled"]}
    assert event["sourceList"] == [{"type": "location", "source": "urn:a:b"}]
    assert event["errorDeclaration"]["reason"] == "incorrect_data"
    assert event["sensorElementList"] == [{"sensorReport": [{"type": "Temperature", "value": 4}]}]
    assert event["certificationInfo"] == ["urn:a:c"]


def test_lets_a_context_within_win():
    inner = an_event(**{"@context": {"shop": "https://other.example/"}})
    first, second = read_json(as_bytes(inner, an_event())).events
    assert "{https://other.example/}shed" in first["ilmd"]
    assert "{https://shop.example/voc/}shed" in second["ilmd"]


def test_reads_captures_answers_and_bare_events():
    answer = a_file() | {
        "type": QUERY,
        "epcisBody": {
            "queryResults": {"queryName": "q", "resultsBody": {"eventList": [an_event()]}}
        },
    }
    documents = [
        read_json(as_bytes(an_event())),
        from_json(answer),
        from_json({"@context": CONTEXT} | an_event()),
    ]
    assert [document.kind for document in documents] == [CAPTURE, QUERY, SINGLE]
    assert len({json.dumps(document.events) for document in documents}) == 1
    assert [document.faults for document in documents] == [(), (), ()]


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = {"shop:in": value}
    return value


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        (b"{", "", "json"),
        (b"\xff\xfe", "", "json"),
        (as_bytes().decode().encode("utf-16"), "", "json"),  # JSON is UTF-8
        (b"[]", "", "type"),
        (b'{"a": NaN}', "", "json"),
        (b'{"@context": [], "type": "a\\ud800"}', "", "json"),
        (b'{"@context": [], "type": "a\\u0000"}', "", "json"),
        (b"[" * 100_000, "", "json"),
        (as_bytes(an_event(**{"shop:in": nested(DEPTH + 1)})), "", "depth"),
        (json.dumps(without(a_file(an_event()), "@context")).encode(), "@context", "missing"),
        (json.dumps(a_file() | {"epcisBody": []}).encode(), "epcisBody.eventList", "missing"),
        (
            json.dumps(
                a_file()
                | {
                    "type": QUERY,
                    "epcisBody": {"queryResults": {"resultsBody": {"eventList": []}}},
                }
            ).encode(),
            "epcisBody.queryResults.queryName",
            "missing",
        ),
        (as_bytes("no event"), "epcisBody.eventList[0]", "type"),
    ],
    ids=range(13),
)
def test_says_why_it_cannot_read(data, path, code):
    assert read_json(data).faults == (Fault(path, code),)


def test_reads_what_is_deep_but_not_too_deep():
    assert read_json(as_bytes(an_event(**{"shop:in": nested(DEPTH - 2)}))).faults == ()


def test_reads_a_text_that_only_speaks_of_the_letter_zero():
    (event,) = read_json(as_bytes(an_event(**{"shop:how": "\\u0000 and \\ud800"}))).events
    assert event["{https://shop.example/voc/}how"] == "\\u0000 and \\ud800"
    assert from_json(a_file(an_event(**{"shop:how": "\\\\u0000"}))).faults == ()
