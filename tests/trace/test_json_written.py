from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.event_faults import document_faults
from linli.trace.rules.epcis.json_events import from_json, read_json
from linli.trace.rules.epcis.json_written import (
    CONTEXT,
    capture_document,
    json_event,
    query_document,
)
from linli.trace.rules.epcis.xml_events import read_xml
from tests.trace.epcis import an_event, as_bytes

AT = "2026-05-01T00:00:00Z"
TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"))


def test_writes_a_capture_with_prefixes_of_its_own():
    (event,) = read_json(as_bytes(an_event())).events
    written = capture_document([event], AT)
    assert written["@context"] == [CONTEXT, {"x1": "https://shop.example/voc/"}]
    assert written["epcisBody"]["eventList"][0]["ilmd"] == {
        "cbvmda:lotNumber": "L1",
        "x1:shed": "3",
    }
    assert document_faults(from_json(written)) == []


def test_writes_the_answer_to_a_query_and_one_event():
    (event,) = events = read_json(as_bytes(an_event())).events
    answer = query_document(events, AT, "recent", "s1")
    results = answer["epcisBody"]["queryResults"]
    assert (results["queryName"], results["subscriptionID"]) == ("recent", "s1")
    assert from_json(answer).events == events
    assert "subscriptionID" not in query_document(events, AT, "q")["epcisBody"]["queryResults"]
    assert from_json(json_event(event)).events == events


def test_needs_no_prefixes_for_the_standard_alone():
    (event,) = read_json(as_bytes(an_event(ilmd={"cbvmda:lotNumber": "1"}))).events
    assert json_event(event)["@context"] == [CONTEXT]


def test_reads_again_what_was_written_of_every_file(shared):
    folder = shared / "conformance/epcis/openepcis-test-resources"
    count = 0
    for path in sorted(folder.rglob("*.*")):
        if path.suffix not in {".json", ".xml"} or {"Invalid", "Queries"} & set(path.parts):
            continue
        events = (read_xml if path.suffix == ".xml" else read_json)(path.read_bytes()).events
        assert from_json(capture_document(events, AT)).events == events, path
        count += len(events)
    assert count > 200


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["urn:a:", "https://b.example/", "urn:epcglobal:cbv:mda:"]), st.text("abc", min_size=1)),
        TEXT | st.integers() | st.lists(TEXT, max_size=2),
    )
)  # fmt: skip
def test_reads_again_what_was_written(extensions):
    (event,) = read_json(as_bytes(an_event())).events
    event |= {f"{{{namespace}}}{name}": value for (namespace, name), value in extensions.items()}
    assert from_json(capture_document([event], AT)).events == (event,)
