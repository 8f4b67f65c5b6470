"""The table of areas: whole, and true to the data set it was made from."""

import itertools
import json
import re
from pathlib import Path

import pytest

from linli.reader.places import areas, naming
from tools import areas as maker

CODES = Path(__file__).parents[3] / "shared/conformance/gb2260/areacodes/codes.json"


def test_every_code_has_six_digits_and_sensible_years():
    for area in areas.table():
        assert re.fullmatch(r"[1-8]\d{5}", area.code)
        assert 1980 <= area.first <= (area.last or areas.LATEST) <= areas.LATEST


def test_every_successor_exists():
    codes = {area.code for area in areas.table()}
    assert [area for area in areas.table() if not codes.issuperset(area.heirs)] == []


def test_every_area_has_its_province():
    codes = set(areas.newest())
    assert {areas.province_of(code) for code in codes} <= codes


def test_no_two_records_of_one_code_overlap():
    spans = sorted((a.code, a.first, a.last or areas.LATEST) for a in areas.table())
    clashes = [
        (one, other)
        for one, other in itertools.pairwise(spans)
        if one[0] == other[0] and other[1] <= one[2]
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("620200", "嘉峪关市", "city"),
        ("623000", "甘南藏族自治州", "prefecture"),
        ("513332", "石渠县", "county"),
        ("620103", "七里河区", "county"),
        ("450205", "柳北区", "county"),
        ("650000", "新疆维吾尔自治区", "province"),
    ],
)
def test_knows_names_and_levels(code, name, level):
    area = areas.newest()[code]
    assert (area.name, area.level, area.last) == (name, level, None)


def test_is_what_the_maker_makes_of_the_data_set():
    if not CODES.exists():
        pytest.skip(f"the data set is not there: {CODES}")
    made = maker.table(json.loads(CODES.read_text(encoding="utf-8"))["items"])
    assert made == maker.TABLE.read_text(encoding="utf-8")


def test_maker_ends_a_record_with_its_last_year():
    items = [
        {
            "code": 110000,
            "name": "甲市",
            "start": 1981,
            "children": [
                {
                    "code": 110103,
                    "name": "乙区",
                    "start": 1981,
                    "end": 2010,
                    "succ": [{"code": 110101}],
                },
                {"code": 110101, "name": "丙区", "start": 1981, "succ": [{"code": 110103}]},
            ],
        }
    ]
    rows = maker.table(items).splitlines()[len(maker.SOURCE) :]
    assert rows == [
        "110000\t甲市\t1981\t\t",
        "110101\t丙区\t1981\t\t",
        "110103\t乙区\t1981\t2009\t110101",
    ]


@pytest.mark.parametrize(
    ("name", "code", "aliases"),
    [
        ("甘南藏族自治州", "623000", ["甘南藏族自治州", "甘南州", "甘南"]),
        ("巴音郭楞蒙古自治州", "652800", ["巴音郭楞蒙古自治州", "巴音郭楞州", "巴音郭楞"]),
        ("龙胜各族自治县", "450328", ["龙胜各族自治县", "龙胜县", "龙胜"]),
        ("东乡族自治县", "622926", ["东乡族自治县", "东乡县", "东乡"]),
        ("新疆维吾尔自治区", "650000", ["新疆维吾尔自治区", "新疆"]),
        ("内蒙古自治区", "150000", ["内蒙古自治区", "内蒙古"]),
        ("鄂伦春自治旗", "150723", ["鄂伦春自治旗", "鄂伦春旗"]),
        ("礼县", "621226", ["礼县"]),
        ("香港特别行政区", "810000", ["香港特别行政区", "香港"]),
    ],
)
def test_names_an_area_in_its_usual_ways(name, code, aliases):
    area = areas.Area(code, name, 1981, None, ())
    assert [alias.text for alias in naming.aliases(area)] == aliases
