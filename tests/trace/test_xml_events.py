import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.epcis.event_faults import document_faults
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.event_shapes import CAPTURE, QUERY, SINGLE, XML, Fault
from linli.trace.rules.epcis.xml_events import read_xml

EVENT = """<ObjectEvent>
  <eventTime>2026-03-01T08:00:00+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
  <certificationInfo>https://certifier.example/halal/17</certificationInfo>
  <epcList/><action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
  <readPoint><id>urn:epc:id:sgln:6901234.00005.0</id></readPoint>
  <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:6901234.056789.L1</epcClass>
    <quantity>12.50</quantity><uom>KGM</uom></quantityElement></quantityList>
  <sourceList><source type="urn:epcglobal:cbv:sdt:location">urn:a:b</source></sourceList>
  <sensorElementList><sensorElement><sensorMetadata time="2026-03-01T00:00:00Z" shop:by="me"/>
    <sensorReport type="gs1:Temperature" value="4.0" uom="CEL" booleanValue="true"/>
    <shop:shelf>2</shop:shelf></sensorElement></sensorElementList>
  <ilmd><shop:shed>3</shop:shed><shop:shed>4</shop:shed><shop:in kind="x">5</shop:in></ilmd>
</ObjectEvent>"""
SHOP = "{https://shop.example/voc/}"


def a_file(events=EVENT, version="2"):
    return (
        f'<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:{version}" xmlns:shop="https://shop.example/voc/" '
        'schemaVersion="2.0" creationDate="2026-03-02T00:00:00Z">'
        f"<EPCISBody><EventList>{events}</EventList></EPCISBody></e:EPCISDocument>"
    ).encode()


def test_reads_an_event_as_json_has_it():
    document = read_xml(a_file())
    assert (document.kind, document.form, document.faults) == (CAPTURE, XML, ())
    assert document.events == (
        {
            "type": "ObjectEvent",
            "eventTime": "2026-03-01T08:00:00+08:00",
            "eventTimeZoneOffset": "+08:00",
            "certificationInfo": ["https://certifier.example/halal/17"],
            "epcList": [],
            "action": "ADD",
            "bizStep": "commissioning",
            "readPoint": {"id": "urn:epc:id:sgln:6901234.00005.0"},
            "quantityList": [
                {
                    "epcClass": "urn:epc:class:lgtin:6901234.056789.L1",
                    "quantity": 12.5,
                    "uom": "KGM",
                }
            ],
            "sourceList": [{"type": "location", "source": "urn:a:b"}],
            "sensorElementList": [
                {
                    "sensorMetadata": {"time": "2026-03-01T00:00:00Z", SHOP + "by": "me"},
                    "sensorReport": [
                        {"type": "Temperature", "value": 4, "uom": "CEL", "booleanValue": True}
                    ],
                    SHOP + "shelf": "2",
                }
            ],
            "ilmd": {SHOP + "shed": ["3", "4"], SHOP + "in": {"kind": "x", "#text": "5"}},
        },
    )
    assert document_faults(document) == []


def test_opens_the_wrappers_of_version_1_2():
    inner = EVENT.replace("<quantityList>", "<extension><quantityList>").replace(
        "</sourceList>", "</sourceList></extension>"
    )
    wrapped = f"<extension><extension>{inner}</extension></extension>"
    assert read_xml(a_file(wrapped, "1")).events == read_xml(a_file()).events


def test_reads_fields_in_the_namespace_of_the_standard():
    names = a_file().replace(b"<action>ADD</action>", b"<e:action>ADD</e:action>")
    assert read_xml(names).events == read_xml(a_file()).events


def test_reads_answers_and_bare_events():
    bare = EVENT.replace("<ObjectEvent>", '<ObjectEvent xmlns:shop="https://shop.example/voc/">')
    answer = (
        '<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2"><EPCISBody><q:QueryResults>'
        f"<resultsBody><EventList>{bare}</EventList></resultsBody></q:QueryResults></EPCISBody>"
        "</q:EPCISQueryDocument>"
    )
    documents = [read_xml(bare), read_xml(answer)]
    assert [document.kind for document in documents] == [SINGLE, QUERY]
    assert [document.events for document in documents] == [read_xml(a_file()).events] * 2


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        (b"<a", "", "xml"),
        (b"", "", "xml"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "", "xml"),
        (BOMB, "", "entities"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "", "entities"),
        (a_file("<ObjectEvent>" + "<x>" * 90 + "</x>" * 90 + "</ObjectEvent>"), "", "depth"),
        (a_file("<extension>" * 90 + "</extension>" * 90), "", "depth"),
        (b"<EPCISDocument/>", "epcisBody.eventList", "missing"),
        (
            a_file(EVENT.replace("<ObjectEvent>", "<ObjectEvent><action>ADD</action>")),
            "epcisBody.eventList[0]",
            "order",
        ),
    ],
    ids=range(9),
)
def test_says_why_it_cannot_read(data, path, code):
    assert Fault(path, code) in read_xml(data).faults


def test_finds_what_is_no_number_and_what_is_unknown():
    text = EVENT.replace("12.50", "some").replace("<epcList/>", "<epcList/><madeUp/>")
    assert document_faults(read_xml(a_file(text))) == [
        Fault("epcisBody.eventList[0].quantityList[0].quantity", "number"),
        Fault("epcisBody.eventList[0].madeUp", "unknown"),
    ]


def test_lets_a_thing_come_twice_in_a_list():
    twice = EVENT.replace("<epcList/>", "<epcList><epc>urn:a:b</epc><epc>urn:a:b</epc></epcList>")
    assert document_faults(read_xml(a_file(twice))) == []


TAGS = [
    "eventTime", "epcList", "quantityList", "quantityElement", "sourceList", "source", "sensorElementList",
    "sensorElement", "sensorReport", "errorDeclaration", "persistentDisposition", "set", "extension", "ilmd", "id",
    "readPoint", "certificationInfo", "shop:own",
]  # fmt: skip


@given(
    st.recursive(
        st.text("a1 ", max_size=4),
        lambda inner: st.lists(st.tuples(st.sampled_from(TAGS), inner), max_size=4).map(
            lambda parts: "".join(f"<{tag} value='1'>{text}</{tag}>" for tag, text in parts)
        ),
        max_leaves=12,
    )
)
def test_has_an_answer_to_whatever_comes(text):
    document = read_xml(a_file(f"<ObjectEvent>{text}</ObjectEvent>"))
    assert len(document.events) == 1
    assert document_faults(document) != []
    assert event_id(document.events[0]).startswith("ni:///sha-256;")
