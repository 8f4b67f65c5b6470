"""What a breakdown table says: days, columns, merged cells, several units in a cell, and each row's fate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.plans.rules.breakdown import Fate, Knowledge, judged, key_of
from linli.plans.rules.due_days import due_day, is_open_ended
from linli.plans.rules.table_reading import Row, amount, guessed, names_in, rows_of


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026年6月底", date(2026, 6, 30)),
        ("2026.6.30", date(2026, 6, 30)),
        ("2026-06-30", date(2026, 6, 30)),
        ("2026/6/3", date(2026, 6, 3)),
        ("２０２６年６月", date(2026, 6, 30)),
        ("2026.6", date(2026, 6, 30)),
        ("2026-6", date(2026, 6, 30)),
        ("2028年2月底", date(2028, 2, 29)),
        ("6月", date(2025, 6, 30)),
        ("6月底前", date(2025, 6, 30)),
        ("6月30日前完成", date(2025, 6, 30)),
        ("二〇二六年六月底", date(2026, 6, 30)),
        ("十二月二十五日", date(2025, 12, 25)),
        ("年底", date(2025, 12, 31)),
        ("年底前", date(2025, 12, 31)),
        ("今年底", date(2025, 12, 31)),
        ("全年", date(2025, 12, 31)),
        ("2026年", date(2026, 12, 31)),
        ("2026", date(2026, 12, 31)),
        ("2026年底", date(2026, 12, 31)),
        ("上半年", date(2025, 6, 30)),
        ("2026年上半年底前", date(2026, 6, 30)),
        ("第二季度", date(2025, 6, 30)),
        ("2026年第四季度末", date(2026, 12, 31)),
        ("三季度", date(2025, 9, 30)),
        ("6月中旬", date(2025, 6, 20)),
        ("2026年10月上旬", date(2026, 10, 10)),
        ("6月下旬", date(2025, 6, 30)),
        ("2026年1月—6月", date(2026, 6, 30)),
        ("1-6月", date(2025, 6, 30)),
        ("2026年3月-2027年5月", date(2027, 5, 31)),
        ("2026年1月至12月", date(2026, 12, 31)),
        ("至2026年底", date(2026, 12, 31)),
        ("2026年12月31日前完成,長期堅持", date(2026, 12, 31)),
        ("2026年6月底前完成", date(2026, 6, 30)),
    ],
)
def test_understands_the_days_of_tables(words, day):
    assert due_day(words, year=2025) == day


@pytest.mark.parametrize(
    "words",
    [
        "", "底", "前", "12", "三", "尽快", "长期坚持", "2026年2月30日", "13月", "0月", "2026年0月",
        "6.3",  # what a spreadsheet makes of 6.30
        "2026.1",  # and of 2026.10
        "2026年5月、9月",  # two days
        "3月31日,9月30日",
        "99年", "1826年6月",
    ],
)  # fmt: skip
def test_names_no_day_where_none_or_two_could_be_meant(words):
    assert due_day(words, year=2025) is None


@pytest.mark.parametrize("words", ["长期坚持", "長期", "持续推进", "每年", "常态化", "ongoing"])
def test_knows_what_is_open_on_purpose(words):
    assert is_open_ended(words)
    assert due_day(words, year=2025) is None


def test_takes_no_day_for_open():
    assert not is_open_ended("2026年6月底")


@given(day=st.dates(date(2000, 1, 1), date(2100, 12, 31)), year=st.integers(2000, 2100))
def test_reads_every_full_day_whatever_the_year_meant(day, year):
    for words in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day.year} 年 {day.month} 月 {day.day} 日前",
    ):
        assert due_day(words, year=year) == day


@given(year=st.integers(2000, 2100), month=st.integers(1, 12))
def test_means_the_last_day_of_a_month(year, month):
    for words in (f"{month}月", f"{month}月底", f"{year}年{month}月", f"{year}年{month}月末前"):
        day = due_day(words, year=year)
        assert (day.year, day.month) == (year, month)
        assert (day + timedelta(days=1)).day == 1


@given(words=st.text("年月日底末前至到-—.,/、0123456789一二十季度上下半旬中 ", max_size=14))
def test_never_falls_over_words(words):
    assert due_day(words, year=2026) is None or due_day(words, year=2026).year in range(2000, 2101)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (
            ("序号", "重点任务", "具体措施", "牵头单位", "责任单位", "配合单位", "完成时限", "备注"),
            {"number": 0, "measure": 1, "task": 2, "lead": 3, "responsible": 4, "supporting": 5, "due": 6},
        ),
        (
            ("序號", "工作任務", "牽頭單位", "責任單位", "協辦單位", "完成時間", "目標值"),
            {"number": 0, "task": 1, "lead": 2, "responsible": 3, "supporting": 4, "due": 5, "target": 6},
        ),
        (
            ("No.", "Measure", "Task", "Lead unit", "Responsible units", "Supporting units", "Deadline", "Indicator", "Target"),
            {"number": 0, "measure": 1, "task": 2, "lead": 3, "responsible": 4, "supporting": 5, "due": 6, "indicator": 7, "target": 8},
        ),
        (("任 务", "责任领导", "责任人", "联系电话"), {"task": 0}),
        (("甲", "乙"), {}),
    ],
)  # fmt: skip
def test_guesses_columns_from_headers(columns, found):
    assert guessed(columns) == found


def test_gives_merged_cells_the_measure_above():
    table = [
        ["1", "开展培训", "汉语课程", "市人社局"],
        ["2", "", "技能课程", ""],
        ["3", "改善服务", "设立窗口", "市民宗局"],
    ]
    columns = {"number": 0, "measure": 1, "task": 2, "lead": 3}

    rows = rows_of(enumerate(table, 2), columns, otherwise="其他")

    assert [(row.measure, row.task, row.lead) for row in rows] == [
        ("开展培训", "汉语课程", "市人社局"),
        ("开展培训", "技能课程", ""),
        ("改善服务", "设立窗口", "市民宗局"),
    ]
    continued = rows_of(enumerate(table, 2), columns, otherwise="其他", continues=True)
    assert [row.lead for row in continued] == ["市人社局", "市人社局", "市民宗局"]


def test_takes_section_lines_as_measures():
    table = [
        ["", "写在节之前的任务", "市人社局"],
        ["一、加强培训", "", ""],
        ["1", "汉语课程", "市人社局"],
        ["二、改善服务", "", ""],
        ["2", "设立窗口", "市民宗局"],
    ]

    columns = {"number": 0, "task": 1, "lead": 2}
    rows = rows_of(enumerate(table, 1), columns, otherwise="其他")

    assert [(row.line, row.measure, row.task) for row in rows] == [
        (1, "其他", "写在节之前的任务"),
        (2, "一、加强培训", ""),
        (3, "一、加强培训", "汉语课程"),
        (4, "二、改善服务", ""),
        (5, "二、改善服务", "设立窗口"),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市人社局、市教育局", ["市人社局", "市教育局"]),
        ("市人社局,市教育局；市财政局\n市民宗局", ["市人社局", "市教育局", "市财政局", "市民宗局"]),
        ("市人社局 市教育局等", ["市人社局", "市教育局"]),
        ("责任单位：市人力资源和社会保障局", ["市人力资源和社会保障局"]),
        ("Bureau of Education; Bureau of Finance", ["Bureau of Education", "Bureau of Finance"]),
        (" 、 ", []),
    ],
)
def test_finds_the_units_of_a_cell(cell, names):
    assert names_in(cell) == names


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2000", ("at_least", Decimal(2000))),
        ("不少于2,000人次", ("at_least", Decimal(2000))),
        ("1.5万人", ("at_least", Decimal(15000))),
        ("５０％", ("at_least", Decimal(50))),
        ("不超过3件", ("at_most", Decimal(3))),
        ("5%以下", ("at_most", Decimal(5))),
        ("培训12期2000人次", None),
        ("明显提高", None),
        ("9" * 16, None),
    ],
)
def test_reads_a_target_with_one_number(words, found):
    assert amount(words) == found


UNITS = {"市人社局": 1, "市教育局": 2, "市财政局": 3}
INDICATORS = {"培训人次": 7}


def known(**overrides):
    given = {"unit": UNITS.get, "indicator": INDICATORS.get, "tasks": frozenset(), "year": 2026}
    return Knowledge(**given | overrides)


def one(known_things=None, **cells):
    (found,) = judged([Row(1, "开展培训", **{"task": "汉语课程"} | cells)], known_things or known())
    return found


def test_makes_a_new_task_of_a_row():
    found = one(
        lead="市人社局",
        responsible="市教育局、市人社局",
        supporting="市财政局、市教育局",
        due="6月底",
    )

    assert (found.fate, found.lead, found.responsible, found.supporting, found.due_on) == (
        Fate.NEW, 1, (2,), (3,), date(2026, 6, 30),
    )  # fmt: skip
    assert found.wrongs == found.notes == ()


def test_lets_the_first_responsible_unit_lead_where_none_is_said_to():
    found = one(responsible="市教育局、市财政局", due="年底")

    assert (found.lead, found.responsible) == (2, (3,))
    assert found.notes == (("first_leads", "市教育局"),)


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"task": "", "lead": "市人社局"}, ("no_task", "")),
        ({"lead": "市外星局"}, ("unit_not_known", "市外星局")),
        ({"lead": "市人社局", "supporting": "各部门"}, ("unit_not_known", "各部门")),
        ({"due": "尽快"}, ("day_not_understood", "尽快")),
        ({"indicator": "幸福"}, ("indicator_not_known", "幸福")),
        ({"indicator": "培训人次", "target": "很多"}, ("no_number", "很多")),
        ({"task": "长" * 301}, ("too_long", "长" * 40)),
    ],
)
def test_sends_a_row_back_with_its_reason(cells, wrong):
    found = one(**cells)

    assert found.fate == Fate.WRONG
    assert wrong in found.wrongs


def test_leaves_out_unknown_helpers_when_asked_to():
    found = one(
        known(skips_unknown=True), lead="市人社局", supporting="各部门、市财政局", due="年底"
    )

    assert (found.fate, found.supporting) == (Fate.NEW, (3,))
    assert found.notes == (("unit_not_known", "各部门"),)
    assert one(known(skips_unknown=True), lead="各部门").fate == Fate.WRONG


def test_takes_a_target_with_its_indicator_and_keeps_other_goals_in_the_title():
    measured = one(indicator="培训人次", target="不少于2000")
    assert (measured.title, measured.indicator, measured.target) == ("汉语课程", 7, Decimal(2000))

    told = one(target="培训2000人次")
    assert (told.title, told.indicator, told.target) == ("汉语课程（培训2000人次）", None, None)


def test_knows_what_is_there_and_what_the_table_repeats():
    rows = [
        Row(1, "开展培训", "汉语课程"),
        Row(2, "开展培训", "技能课程"),
        Row(3, "开展 培训", "技能课程"),
    ]

    found = judged(rows, known(tasks=frozenset({key_of("开展培训", "汉语 课程")})))

    assert [row.fate for row in found] == [Fate.KNOWN, Fate.NEW, Fate.REPEATED]


@given(
    cells=st.lists(
        st.tuples(*[st.sampled_from(["", "甲", "市人社局", "6月", "尽快", "2000"])] * 5), max_size=8
    )
)
def test_adds_nothing_when_the_same_table_comes_again(cells):
    rows = rows_of(
        list(enumerate(cells, 1)),
        {"measure": 0, "task": 1, "lead": 2, "due": 3, "target": 4},
        otherwise="其他",
    )
    first = judged(rows, known())
    assert [row.row.line for row in first] == list(range(1, len(cells) + 1))

    tasks = frozenset(key_of(r.row.measure, r.title) for r in first if r.fate == Fate.NEW)
    again = judged(rows, known(tasks=tasks))

    assert not [row for row in again if row.fate == Fate.NEW]
