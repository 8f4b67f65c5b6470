"""Tables of instruments: found under their facts, read row by row, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory import csv_tables as lab_csv
from linli.trace.rules.laboratory.csv_tables import read_csv
from linli.trace.rules.laboratory.files import (
    OMITTED,
    RowFault,
    Unreadable,
    Words,
    ct_of,
    role_of,
    role_there,
)
from linli.trace.rules.laboratory.methods import (
    EXTRACTION,
    INHIBITION,
    NEGATIVE,
    NTC,
    POSITIVE,
    SAMPLE,
    STANDARD,
)
from linli.trace.rules.laboratory.runs import Well
from tests.trace.laboratory import PIG, d

# As an instrument with facts above, notes below and a Ct in which the T is Cyrillic.
_LONG = """* Instrument Type = Fast 96
* Experiment Name = plate 7
* Experiment Run End Time = 2026-11-20 10:30

[Results]
Well,Well Position,Omit,Sample Name,Target Name,Task,CТ,Ct Mean,Quantity
1,A1,false,,pig,NTC,Undetermined,,
2,A2,true,S1,pig,UNKNOWN,31.2034,31,
3,A3,false,S1,pig,UNKNOWN,31.5,31,999
4,A4,false,,,,,,
5,A05,false,K1,pig,STANDARD,22.1,,1000

Analysis Type,Singleplex
Reference Sample,N/A
"""


def test_reads_a_table_with_facts_above_and_notes_below():
    brought = read_csv(_LONG.encode(), Words({"pig": PIG}, {}))

    assert brought.faults == []
    assert (brought.name, brought.instrument, brought.run_at) == (
        "plate 7",
        "Fast 96",
        "2026-11-20 10:30",
    )
    assert brought.wells == [
        Well("A1", NTC, "", PIG, None),
        Well("A2", SAMPLE, "S1", PIG, d("31.2034"), excluded=OMITTED),
        Well("A3", SAMPLE, "S1", PIG, d("31.5")),
        Well("A5", STANDARD, "K1", PIG, d("22.1"), quantity=d(1000)),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"Well,Target,Content,Sample,Cq\nA01,pig,Unkn-03,S1,30.5\nB02,pig,Neg Ctrl,,NaN\n",
        "Well\tTarget\tContent\tSample\tCq\nA1\tpig\tUnkn\tS1\t30.5\nB2\tpig\tNeg Ctrl\t\tN/A\n".encode(
            "utf-16"
        ),
        "Well;Target;Content;Sample;Cq\nA1;pig;Unkn;S1;30,5\nB2;pig;NTP;;-1.0\n".encode(
            "utf-8-sig"
        ),
        "孔位,检测项目,类型,样品编号,Ct值\nA1,pig,待测样品,S1,30.5\nB2,pig,阴性对照,,未检出\n".encode(
            "gb18030"
        ),
    ],
)
def test_reads_the_same_from_tables_of_other_makes(data):
    brought = read_csv(data)
    assert brought.faults == []
    assert brought.wells == [
        Well("A1", SAMPLE, "S1", "pig", d("30.5")),
        Well("B2", NEGATIVE, "", "pig", None),
    ]


def test_says_of_each_bad_row_what_is_wrong_in_which_column():
    table = (
        "Well,Target,Task,Sample,Ct,Omit,Curve,Quantity\n"
        "A1,pig,UNKNOWN,S1,,,,\n"
        "A2,pig,UNKNOWN,S1,late,,,\n"
        "??,pig,UNKNOWN,S1,30,,,\n"
        "A4,,UNKNOWN,S1,30,,,\n"
        "A5,pig,LUCK,S1,30,,,\n"
        "A6,pig,,S1,30,,,\n"
        "A7,pig,UNKNOWN,S1,30,perhaps,perhaps,\n"
        "A8,pig,STANDARD,K,20,,,many\n"
        "A9,pig,UNKNOWN,S1,,yes,,\n"
        "B1,pig,UNKNOWN,S1,30,,Amp,\n"
        "B2,pig,UNKNOWN,S1,30,,No Amp,\n"
    )
    brought = read_csv(table.encode())
    assert brought.faults == [
        RowFault(2, "A1", "ct", "missing"),
        RowFault(3, "A2", "ct", "not_a_ct"),
        RowFault(4, "??", "place", "not_a_well"),
        RowFault(5, "A4", "target", "missing"),
        RowFault(6, "A5", "role", "unknown_role"),
        RowFault(7, "A6", "role", "role_missing"),
        RowFault(8, "A7", "curve", "not_yes_or_no"),
        RowFault(8, "A7", "omit", "not_yes_or_no"),
        RowFault(9, "A8", "quantity", "not_a_number"),
    ]
    assert [(one.place, one.ct, one.curve, one.excluded) for one in brought.wells] == [
        ("A9", None, None, OMITTED),
        ("B1", d(30), True, ""),
        ("B2", d(30), False, ""),
    ]


def test_loses_no_well_that_stands_below_a_blank_row():
    table = "Well,Target,Task,Sample,Ct\nA1,pig,NTC,,NaN\n\nA2,pig,UNKNOWN,S1,30\nEnd,,,,\n"
    assert [one.place for one in read_csv(table.encode()).wells] == ["A1", "A2"]


def test_refuses_more_wells_than_any_instrument_has(monkeypatch):
    table = "Well,Target,Task,Ct\n" + "A1,pig,NTC,NaN\n" * 3
    monkeypatch.setattr(lab_csv, "MOST_WELLS", 3)
    assert len(read_csv(table.encode()).wells) == 3
    monkeypatch.setattr(lab_csv, "MOST_WELLS", 2)
    with pytest.raises(Unreadable) as bad:
        read_csv(table.encode())
    assert bad.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_table"),
        (b"Well,Sample,Ct\nA1,S,30\n", "not_a_table"),
        (b"a,b\n" * 500 + b"Well,Target,Ct\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff", "not_text"),
        (b"x" * (16 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_refuses_what_is_no_table(data, code):
    with pytest.raises(Unreadable) as bad:
        read_csv(data)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("said", "ct"),
    [("30", (d(30), "")), (" 30,25 ", (d("30.25"), "")), ("3.1e1", (d(31), "")),
     ("Undetermined", (None, "")), ("NaN", (None, "")), ("-1.0", (None, "")), ("", (None, "missing")),
     ("0", (None, "not_a_ct")), ("-5", (None, "not_a_ct")), ("inf", (None, "not_a_ct")),
     ("late", (None, "not_a_ct")), ("9" * 50, (None, "not_a_ct"))],
)  # fmt: skip
def test_reads_a_ct_or_says_that_there_was_none(said, ct):
    assert ct_of(said) == ct


@pytest.mark.parametrize(
    ("said", "role"),
    [("UNKNOWN", SAMPLE), ("Unkn-12", SAMPLE), ("NTC-1", NTC), ("Neg Ctrl", NEGATIVE),
     ("Pos Ctrl-2", POSITIVE), ("Std-03", STANDARD), ("提取空白", EXTRACTION), ("IPC", INHIBITION),
     ("nrt", ""), ("", "")],
)  # fmt: skip
def test_knows_the_words_of_instruments_for_roles(said, role):
    assert role_of(said) == role


@pytest.mark.parametrize(
    ("said", "planned", "found"),
    [
        ("UNKNOWN", EXTRACTION, (EXTRACTION, "")),
        ("", SAMPLE, (SAMPLE, "")),
        ("NTC", EXTRACTION, (EXTRACTION, "")),
        ("NTC", POSITIVE, ("", "role_contradicts")),
        ("Pos Ctrl", SAMPLE, ("", "role_contradicts")),
        ("NTC", SAMPLE, ("", "role_contradicts")),
        ("NTC", "", (NTC, "")),
    ],
)
def test_lets_the_plan_say_what_a_file_leaves_open(said, planned, found):
    assert role_there(said, "X", Words({}, {"X": planned} if planned else {})) == found


_cells = st.text(st.characters(codec="utf-8", exclude_characters='\0\r\n,;\t"'), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["A1", "B12", "9"]), _cells, _cells, _cells), max_size=8))
def test_reads_every_row_of_a_well_or_names_it(rows):
    table = "Well,Target,Task,Sample,Ct\n" + "".join(
        f"{place},pig,{role},{sample},{ct}\n" for place, role, sample, ct in rows
    )
    brought = read_csv(table.encode())
    named = {one.line for one in brought.faults}
    assert len(brought.wells) + len(named) == len(rows)


@given(st.binary(max_size=300))
def test_reads_or_refuses_whatever_comes(data):
    code = "not_text"
    try:
        read_csv(data)
    except Unreadable as bad:
        code = bad.code
    assert code in ("not_text", "not_a_table")
