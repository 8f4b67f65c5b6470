"""RDML files: what they say becomes wells; what they hide is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory import rdml_xml as lab_rdml_xml
from linli.trace.rules.laboratory.files import OMITTED, RowFault, Unreadable, Words
from linli.trace.rules.laboratory.methods import (
    EXTRACTION,
    NEGATIVE,
    NTC,
    POSITIVE,
    SAMPLE,
    STANDARD,
)
from linli.trace.rules.laboratory.rdml import read_rdml
from linli.trace.rules.laboratory.runs import Well
from tests.trace.laboratory import PIG, d

_SAMPLES = """
<sample id="S1"><type>unkn</type></sample>
<sample id="W"><type>ntc</type></sample>
<sample id="P"><type>pos</type></sample>
<sample id="N"><type>ntp</type></sample>
<sample id="K"><type>std</type><quantity><value>1e3</value><unit>cop</unit></quantity></sample>
<sample id="EB"><type>unkn</type></sample>
<sample id="R"><type>nrt</type></sample>
"""
_PLATE = (
    "<pcrFormat><rows>8</rows><columns>12</columns><rowLabel>ABC</rowLabel>"
    "<columnLabel>123</columnLabel></pcrFormat>"
)


def _react(number, sample, *data):
    return f'<react id="{number}"><sample id="{sample}"/>{"".join(data)}</react>'


def _data(cq="", more="", target="pig"):
    said = f"<cq>{cq}</cq>" if cq else ""
    return f'<data><tar id="{target}"/>{said}{more}</data>'


def _rdml(*reacts, plate=_PLATE, version="1.2", samples=_SAMPLES):
    return (
        f'<rdml version="{version}" xmlns="http://www.rdml.org"><dye id="FAM"/>{samples}<target id="pig"><type>toi</type><dyeId id="FAM"/></target>'
        f'<experiment id="E"><run id="R1"><instrument>Cycler</instrument><dataCollectionSoftware>'
        f"<name>Soft</name><version>3</version></dataCollectionSoftware><cqDetectionMethod>other"
        f"</cqDetectionMethod>{plate}<runDate>2026-11-20T10:30:00</runDate>{''.join(reacts)}</run></experiment>"
        "</rdml>"
    ).encode()


def _zipped(xml, name="rdml_data.xml", **more):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for other, text in more.items():
            archive.writestr(other, text)
    return buffer.getvalue()


_POINTS = "<adp><cyc>1</cyc><fluor>0.1</fluor></adp><adp><cyc>2</cyc><fluor>0.2</fluor></adp>"


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
@pytest.mark.parametrize("wrap", [lambda xml: xml, _zipped])
def test_reads_the_wells_of_a_run(version, wrap):
    xml = _rdml(
        _react(1, "S1", _data("31.25", _POINTS)),
        _react(12, "W", _data("-1.0", _POINTS)),
        _react(13, "P", _data("25")),
        _react(14, "N", _data("", _POINTS)),
        _react(15, "K", _data("22.5")),
        _react(96, "EB", _data("-1.0")),
        version=version,
    )
    (run,) = read_rdml(wrap(xml), Words({"pig": PIG}, {"EB": EXTRACTION}))

    assert run.faults == []
    assert (run.name, run.instrument, run.software) == ("E/R1", "Cycler", "Soft 3")
    assert (run.run_at, run.threshold_by) == ("2026-11-20T10:30:00", "other")
    assert run.wells == [
        Well("A1", SAMPLE, "S1", PIG, d("31.25")),
        Well("A12", NTC, "W", PIG, None),
        Well("B1", POSITIVE, "P", PIG, d(25)),
        Well("B2", NEGATIVE, "N", PIG, None),
        Well("B3", STANDARD, "K", PIG, d("22.5"), quantity=d(1000)),
        Well("H12", EXTRACTION, "EB", PIG, None),
    ]


def test_reads_the_first_version_in_which_reactions_bear_their_places():
    plate = "<pcrFormat>96-well plate; A1-H12</pcrFormat>"
    (run,) = read_rdml(_rdml(_react("H12", "S1", _data("30")), plate=plate, version="1.0"))
    assert run.wells == [Well("H12", SAMPLE, "S1", "pig", d(30))]


def test_keeps_what_was_set_aside_with_its_reason():
    (run,) = read_rdml(
        _rdml(
            _react(1, "S1", _data("31", "<excl>bubble</excl>")),
            _react(2, "S1", _data("", "<excl/>")),
            _react(3, "S1", _data("31")),
        )
    )
    assert [(one.place, one.excluded) for one in run.wells] == [
        ("A1", "bubble"),
        ("A2", OMITTED),
        ("A3", ""),
    ]


def test_says_what_is_wrong_in_which_reaction():
    (run,) = read_rdml(
        _rdml(
            _react(1, "S1", _data()),
            _react(2, "S1", _data("late")),
            _react(3, "nobody", _data("30")),
            _react(4, "R", _data("30")),
            _react(5, "S1", "<data><cq>30</cq></data>"),
            _react(6, "S1", "<partitions/>"),
            _react(7, "P", _data("30")),
            _react(8, "S1", _data("30", "<excl>false</excl>")),
            _react(9, "S1", _data("INF")),
            _react(10, "T", _data("30")),
            _react(11, "S1"),
            samples=_SAMPLES + '<sample id="T"><type targetId="ox">unkn</type></sample>',
        ),
        Words({}, {"P": SAMPLE}),
    )
    assert run.wells == []
    assert run.faults == [
        RowFault(1, "A1", "ct", "missing"),
        RowFault(2, "A2", "ct", "not_a_ct"),
        RowFault(3, "A3", "sample", "unknown_sample"),
        RowFault(4, "A4", "role", "unknown_role"),
        RowFault(5, "A5", "target", "missing"),
        RowFault(6, "A6", "", "digital"),
        RowFault(7, "A7", "role", "role_contradicts"),
        RowFault(8, "A8", "omit", "not_yes_or_no"),
        RowFault(9, "A9", "ct", "not_a_ct"),
        RowFault(10, "A10", "role", "role_missing"),
    ]


def test_reads_what_a_sample_is_for_each_target():
    samples = (
        '<sample id="S1"><type targetId="ox">std</type><type targetId="pig">unkn</type></sample>'
    )
    (run,) = read_rdml(
        _rdml(_react(1, "S1", _data("30"), _data("20", target="ox")), samples=samples)
    )
    assert [(one.target, one.role) for one in run.wells] == [("pig", SAMPLE), ("ox", STANDARD)]


@pytest.mark.parametrize("said", ["", "<type/>", "<type>unkn</type>"])
def test_takes_a_sample_of_which_nothing_is_said_for_an_unknown_one(said):
    (run,) = read_rdml(
        _rdml(_react(1, "S1", _data("NaN")), samples=f'<sample id="S1">{said}</sample>')
    )
    assert run.wells == [Well("A1", SAMPLE, "S1", "pig", None)]


def test_takes_no_amount_that_is_not_in_copies():
    samples = '<sample id="K"><type>std</type><quantity><value>10</value><unit>ng</unit></quantity></sample>'
    (run,) = read_rdml(_rdml(_react(1, "K", _data("20")), samples=samples))
    assert run.wells[0].quantity is None


@pytest.mark.parametrize(
    ("plate", "number", "place"),
    [
        ("", "7", "7"),
        (
            "<pcrFormat><rows>36</rows><columns>1</columns><rowLabel>123</rowLabel></pcrFormat>",
            "7",
            "7",
        ),
        (_PLATE, "A7", "A7"),
        (_PLATE.replace("12", "24", 1), "25", "B1"),
        (_PLATE, "99999", "99999"),
    ],
)
def test_names_places_as_the_plate_does(plate, number, place):
    (run,) = read_rdml(_rdml(_react(number, "S1", _data("30")), plate=plate))
    assert run.wells[0].place == place


def test_reads_every_run_of_a_file():
    one = _rdml(_react(1, "S1", _data("30")))
    two = one.replace(b"</experiment>", b'<run id="R2"/></experiment><experiment id="F"/>')
    assert [(run.name, len(run.wells)) for run in read_rdml(two)] == [("E/R1", 1), ("E/R2", 0)]


_BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rdml version="1.2">&b;</rdml>'
_OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rdml version="1.2">&x;</rdml>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"<rdml", "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (_BOMB, "damaged"),
        (_OUTSIDE, "damaged"),
        (b"<html/>", "not_rdml"),
        (_rdml(version="2.0"), "not_rdml"),
        (_zipped(b"<rdml/>", "other.xml"), "not_rdml"),
        (_zipped(b" " * (48 * 1024 * 1024 + 1)), "too_large"),
    ],
)
def test_refuses_what_is_no_rdml_or_is_a_trap(data, code):
    with pytest.raises(Unreadable) as bad:
        read_rdml(data)
    assert bad.value.code == code


def test_refuses_a_file_of_too_many_parts(monkeypatch):
    many = _zipped(b'<rdml version="1.2">' + b"<a/>" * 1_000 + b"</rdml>")
    assert read_rdml(many) == []
    monkeypatch.setattr(lab_rdml_xml, "MOST_ELEMENTS", 999)
    with pytest.raises(Unreadable) as bad:
        read_rdml(many)
    assert bad.value.code == "too_large"


def test_refuses_a_file_under_a_password():
    locked = bytearray(_zipped(_rdml()))
    locked[6] |= 1  # the flag in the entry's own head, and in the directory
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable) as bad:
        read_rdml(bytes(locked))
    assert bad.value.code == "encrypted"


@given(st.binary(max_size=200), st.booleans())
def test_reads_or_refuses_whatever_comes(data, zipped):
    code = "damaged"
    try:
        read_rdml(_zipped(data) if zipped else data)
    except Unreadable as bad:
        code = bad.code
    assert code in ("damaged", "not_rdml")
