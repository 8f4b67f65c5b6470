"""Measures: who acts, who leads and answers, which figures belong, and what holds for any text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader.measures.boundary import SERVICE_INSTEAD
from linli.reader.reading import Figure, Place, ReportPlace
from tests.reader.measure_texts import read


def who(text, **known):
    return [(each.verb, each.actor, each.actor_implied) for each in read(text, **known)]


def test_actor_is_printed_or_carried_over():
    text = "区民政局设立服务窗口3个,开通热线电话。聘请顾问6名。"
    assert who(text) == [
        ("设立", "区民政局", None),
        ("开通", None, "区民政局"),
        ("聘请", None, "区民政局"),
    ]


def test_subject_of_a_stance_carries_over_to_the_deed():
    assert who("区委、区政府高度重视邻里工作,成立工作专班。") == [
        ("成立", None, "区委、区政府"),
    ]


def test_actor_of_a_short_clause_before_the_deed_is_printed_in_the_span():
    assert who("东湖区联合西山县,引入三家专业机构。") == [("引入", "东湖区", None)]


def test_new_paragraph_starts_without_a_subject():
    text = "区民政局设立服务窗口3个。\n全区开设夜校。\n印发通知。"
    assert who(text)[2] == ("印发", None, "全区")


def test_place_of_the_report_acts_where_nobody_is_named():
    place = Place(0, 3, "東湖區", "county", "990102", "东湖区", "subject")
    home = ReportPlace("990000", "990100", "990102")
    assert who("東湖區紀實\n印發通知。", places=(place,), home=home) == [("印發", None, "東湖區")]


def test_unknown_place_falls_back_to_what_the_report_calls_itself():
    assert who("印发通知。\n各街道在我市率先行动。")[0] == ("印发", None, "我市")
    assert who("印发通知。") == [("印发", None, "本单位")]


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        (
            "建设邻里公园。(牵头单位:市住建局;责任单位:市财政局、各区县)",
            ("市住建局",),
            ("市财政局", "各区县"),
        ),
        ("开设夜校12所。(责任单位:市教育局)", (), ("市教育局",)),
        ("开设夜校12所。\n牵头单位:市教育局\n", ("市教育局",), ()),
        (
            "开设夜校。\n责任单位:市教育局、团市委",
            (),
            ("市教育局", "团市委"),
        ),
        (
            "由区教育局牵头,团区委、区妇联配合,在各小学开设夜校。",
            ("区教育局",),
            ("团区委", "区妇联"),
        ),
        ("印發通知。(牽頭單位:市民委;責任單位:市教育局)", ("市民委",), ("市教育局",)),
        ("开设夜校。", (), ()),
        ("明确了每个项目的牵头单位。", (), ()),
    ],
)
def test_units_are_kept_as_printed(text, lead, responsible):
    measure = read(text)[0]
    assert (measure.lead_units, measure.responsible_units) == (lead, responsible)


def test_note_below_holds_for_every_item_since_the_last_note():
    text = "举办讲座。印发手册。\n责任单位:市民委\n建成公园。\n责任单位:市住建局"
    assert [(each.verb, each.responsible_units) for each in read(text)] == [
        ("举办", ("市民委",)),
        ("印发", ("市民委",)),
        ("建成", ("市住建局",)),
    ]


def figure(name, start, end):
    return Figure(
        name, start, end, "", start, end, Decimal(1), "item", "count", "exact",
        None, None, None, None, None, hard=True,
    )  # fmt: skip


def test_figures_inside_the_span_are_named():
    text = "开设夜校12所,惠及居民3000人,发放手册500份。"
    figures = (figure("f1", 4, 7), figure("f2", 12, 17), figure("f3", 22, 26))
    assert [each.figures for each in read(text, figures=figures)] == [("f1",), ("f3",)]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("建立了外来务工人员信息台账。", "person_register"),
        ("实行了流动人口网格化管理。", "surveillance"),
        ("加强网络舆情监测。", "opinion_monitoring"),
        ("依法打击各类违法犯罪活动。", "policing"),
        ("建立流动人口服务管理协作机制。", "consent_needed"),
        ("建立便民服务中心。", None),
    ],
)
def test_measure_carries_why_it_stays_outside(sentence, reason):
    assert [each.boundary for each in read(sentence)] == [reason]


def test_watching_is_told_even_under_a_verb_that_says_nothing():
    (measure,) = read("确保流动人口动态管理全覆盖。")
    assert measure.boundary == "surveillance"


WORDS = """成立 印发 开展 推动 培训 对 在 我市 区民政局 , 。 ; : “ ” ( ) 《 》 、 了 的 12 所 每年
网格化管理 流动人口 信息 服务 一是 由 牵头 责任单位: 進行 察看 ■ 将 任 长"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_measure_slices_back_and_somebody_acts(text):
    end = 0
    for measure in read(text):
        assert text[measure.start : measure.end] == measure.surface != ""
        assert text[measure.verb_start : measure.verb_end] == measure.verb != ""
        assert measure.start <= measure.verb_start < measure.verb_end <= measure.end
        assert (measure.actor is None) != (measure.actor_implied is None)
        assert measure.actor or measure.actor_implied
        assert measure.status in ("done", "ongoing", "planned")
        assert measure.boundary is None or measure.boundary in SERVICE_INSTEAD
        assert end <= measure.start
        end = measure.end


@pytest.mark.parametrize(
    "unit",
    [
        ",", "建立", "开展的", "某培训", "“", "(“《", "1", "由任", "信息,", "责任单位:市局;", "牵头", " ", "■", "流动人口信息",
        "建立,牵头", "每", "流入地联", "建立了网格,",
    ],
)  # fmt: skip
def test_never_hangs_on_hostile_lines(unit, never_hangs):
    text = unit * (300_000 // len(unit))
    read(text)
