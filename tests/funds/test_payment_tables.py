"""Tables as they go by: CSV in both encodings, XLSX however it was written, and what is no table."""

import io
import zipfile
from decimal import Decimal

import pytest

from linli.funds.queries.payment_heads import answer_rows, payment_rows
from linli.funds.queries.payment_tables import rows
from linli.kernel.refusals import Refused
from linli.kernel.sheets import write_xlsx

HEAD = ["序号", "账号", "金额"]
LINES = [["1", "6222000011112222333", "1200.5"], ["2", "M-0042-77", "86"]]
TEXT = "\r\n".join(",".join(line) for line in [HEAD, *LINES])


def of(data):
    return list(rows(io.BytesIO(data)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_csv(encoding):
    assert of(f"{TEXT}\r\n,,\r\n".encode(encoding)) == [HEAD, *LINES]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reads_csv_whose_head_is_plain(encoding):
    data = ("line,account,amount,result,reason\n" + "1,M-0042,1,成功,\n" * 40_000).encode(encoding)

    assert {tuple(line) for line in of(data)[1:]} == {("1", "M-0042", "1", "成功", "")}


def test_reads_xlsx_with_shared_texts():
    cells = [(1, LINES[0][1], Decimal("1200.5")), (2, LINES[1][1], 86)]

    assert of(write_xlsx(HEAD, cells, title="批")) == [HEAD, *LINES]


SHEET = """<?xml version="1.0"?>{more}<x:worksheet
 xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>
<x:row><x:c t="inlineStr"><x:is><x:r><x:t>序</x:t></x:r><x:r><x:t>号</x:t></x:r></x:is></x:c>
<x:c r="C1" t="str"><x:f>1+1</x:f><x:v>金额</x:v></x:c></x:row>
<x:row r="7"><x:c r="A7"><x:v>1.0000000000000002</x:v></x:c><x:c r="{at}7"><x:v>6222000011112222333</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""


def packed(**given):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook {main} {r}><sheets><sheet name="一" r:id="a"/></sheets></workbook>',
        )
        ways = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
        parts.writestr(
            "xl/_rels/workbook.xml.rels", ways.format('<Relationship Id="a" Target="/xl/one.xml"/>')
        )
        parts.writestr("xl/one.xml", SHEET.format(**{"more": "", "at": "B"} | given))
    return out.getvalue()


def test_reads_xlsx_as_other_programs_write_it():
    # An account that was typed as a number has lost its last digits, and looks like none.
    assert of(packed()) == [["序号", "", "金额"], ["1", "6.22200001111222e+18"]]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and no more",
        b'"a' + b"b" * 200_000,
        packed(more='<!DOCTYPE x [<!ENTITY a "b">]>'),
        packed(at="ZZZZZZ"),
        packed(at="A"),
    ],
)
def test_refuses_what_is_no_table(data):
    with pytest.raises(Refused) as caught:
        of(data)

    assert caught.value.code == "not_a_table"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("序号,账号,金额,户名", "other_columns"),
        ("序号,账号,金额,姓名", "trait_of_a_person"),
        ("序号,身份证号,金额", "trait_of_a_person"),
        ("序号,账号", "other_columns"),
        ("", "not_a_table"),
    ],
)
def test_refuses_other_columns(head, code):
    for read in (payment_rows, answer_rows):
        with pytest.raises(Refused) as caught:
            read(io.BytesIO(head.encode()))
        assert caught.value.code == code
