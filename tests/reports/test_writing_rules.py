from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.facts.rules.intervals import BOUNDS, interval
from linli.facts.rules.periods import of_iso
from linli.reports.rules.paper import Figure, Plain
from linli.reports.rules.writing import differing, keeping, linting, saying
from linli.reports.rules.writing.answers import Answer, KnownFigure, figures_of, spans_of
from linli.reports.rules.writing.filling import Front, Told, answered, filled
from linli.reports.rules.writing.parts import Asked, ByHand, Grid, HeadingAsked, Text, Wrong
from linli.reports.rules.writing.reading import read_text
from linli.reports.rules.writing.saying import Stated


def stated(value, bound="exact", unit="人"):
    return Stated(Decimal(value), bound, unit)


def words(pieces):
    return "".join(piece.words for piece in pieces)


@pytest.mark.parametrize(
    ("given", "hans", "english"),
    [
        (stated("460"), "460人", "460 人"),
        (stated("100000", "approx_below"), "近10万人", "almost 100,000 人"),
        (stated("300", "more_than"), "300余人", "more than 300 人"),
        (stated("3000000", "more_than", "元"), "300余万元", "more than 3,000,000 元"),
        (stated("6235", "more_than"), "超过6235人", "more than 6,235 人"),
        (stated("1125240", unit="元"), "112.524万元", "1,125,240 元"),
        (stated("303000000", unit="元"), "3.03亿元", "303,000,000 元"),
        (stated("15.4", "exact", "%"), "15.4%", "15.4%"),
        (stated("95", "at_least", "%"), "不少于95%", "at least 95%"),
        (stated("20", "more_than", "%"), "超过20%", "more than 20%"),
        (stated("50", "approx"), "约50人", "about 50 人"),
        (stated("8", "at_most"), "不超过8人", "at most 8 人"),
        (stated("8", "less_than"), "不足8人", "less than 8 人"),
        (stated("-5.50", unit=""), "-5.5", "-5.5"),
        (stated("123456.78912"), "123,456.78912人", "123,456.78912 人"),
    ],
)
def test_says_a_figure(given, hans, english):
    assert saying.said(given, "zh-hans") == hans
    assert saying.said(given, "en") == english


@pytest.mark.parametrize(
    ("before", "now", "changed", "moved"),
    [
        (stated(400), stated(460), "增加60人，增长15%", "由400人升至460人"),
        (stated(460), stated(400), "减少60人，下降13%", "由460人降至400人"),
        (stated(400), stated(400), "与上年持平", "由400人变为400人"),
        (stated(0), stated(5), "增加5人", "由0人升至5人"),
        (stated("22.88", unit="%"), stated("0.26", unit="%"), "下降22.62个百分点", "由22.88%降至0.26%"),
        (stated(100, "approx"), stated(105), "由约100人变为105人", "由约100人变为105人"),
        (stated(100, "approx"), stated(205), "由约100人升至205人", "由约100人升至205人"),
        (stated(1000000), stated(1000001), "增加1人", "由100万人升至100.0001万人"),
    ],
)  # fmt: skip
def test_says_a_change(before, now, changed, moved):
    assert words(saying.changed(before, now, "zh-hans")) == changed
    assert words(saying.moved(before, now, "zh-hans")) == moved


@given(
    st.decimals(-(10**14), 10**14, places=2),
    st.sampled_from(BOUNDS),
    st.sampled_from(["zh-hans", "en"]),
)
def test_says_no_digit_that_is_not_meant(value, bound, language):
    said = saying.said(Stated(value, bound, "%"), language)
    digits = "".join(letter for letter in said if letter in "-.0123456789")
    scale = 8 if "亿" in said else 4 if "万" in said else 0
    assert Decimal(digits).scaleb(scale) == value


@pytest.mark.parametrize(
    ("text", "line", "code", "about"),
    [
        ("{{培训}}", 1, "no_indicator_code", "培训"),
        ("一\n{{a.b area=62}}", 2, "no_area_code", "62"),
        ("{{a.b period=soon}}", 1, "no_period", "soon"),
        ("{{a.b period=2025-13}}", 1, "no_period", "2025-13"),
        ("{{a.b as=poem}}", 1, "unknown_way", "poem"),
        ("{{a.b x}}", 1, "not_an_option", "x"),
        ("{{a.b x=1}}", 1, "unknown_option", "x"),
        ("{{a.b as=value as=value}}", 1, "option_twice", "as"),
        ("一\n\n二{{a.b", 3, "not_closed", "a.b"),
        ("{{by hand: }}", 1, "no_prompt", ""),
        ("见{{by hand: 做法}}", 1, "by_hand_alone", ""),
        ("见{{table indicators=a}}", 1, "table_alone", ""),
        ("{{table}}", 1, "no_indicators", ""),
        ("{{table indicators=a,b areas=620200,620100 periods=2024,2025}}", 1, "three_lists", ""),
        ("{{table indicators=a areas=inside,620200}}", 1, "inside_alone", ""),
        ("##### 五", 1, "too_deep", "#####"),
        ("| 甲 | 乙 |\n|---|---|\n| 一 | {{A}} |", 3, "no_indicator_code", "A"),
        ("- 一\n- {{A}}", 2, "no_indicator_code", "A"),
    ],
)
def test_names_what_is_wrong_by_its_line(text, line, code, about):
    assert read_text(text).wrong == (Wrong(line, code, about),)


def test_refuses_a_passage_inside_a_passage():
    assert read_text("{{by hand: 又}}", by_hand=True).wrong == (Wrong(1, "by_hand_inside"),)


def test_reads_what_a_template_asks():
    text = read_text("# 题\n\n{{a.b area=620200 period=2019年3月 as=change}}\n\n{{by hand:做法}}\n\n{{table indicators=a.b,c periods=last,this caption=\"两 年\"}}")  # fmt: skip

    assert text.wrong == ()
    assert text.blocks == (
        HeadingAsked(1, (Plain("题"),)),
        text.blocks[1],
        ByHand(1, "做法", 5),
        Grid(("a.b", "c"), ("",), ("last", "this"), "两 年", 7),
    )
    assert text.asked() == [
        Asked("a.b", 3, "620200", "2019-03", "change"),
        Asked("a.b", 7, "", "last"), Asked("a.b", 7, "", "this"),
        Asked("c", 7, "", "last"), Asked("c", 7, "", "this"),
    ]  # fmt: skip


def test_joins_broken_lines_as_their_letters_stand():
    assert [part.words for part in read_text("一行\n二行").blocks[0].parts] == ["一行", "二行"]
    joined = read_text("one\ntwo").blocks[0].parts
    assert "".join(part.words for part in joined) == "one two"


def test_takes_no_link_and_no_markup():
    (block,) = read_text("<b>x</b> [l](http://x.example) ![i](y)").blocks
    assert "".join(part.words for part in block.parts) == ("<b>x</b> [l](http://x.example) ![i](y)")


hostile = st.text(
    st.sampled_from(list("{}#|-*\\\n\r\t 一a.=\",:[]()<>`_0123456789\0\u2028")), max_size=300
) | st.text(max_size=200)  # fmt: skip


@given(hostile)
def test_reads_whatever_is_typed_and_sets_it(text):
    read = read_text(text)
    answers = {one: Answer(one, one.indicator, faults=("missing",)) for one in read.asked()}
    told = Told(answers, {"indicators": "", "areas": "", "periods": ""}, lambda _of, one: one, {}, "zh-hans")  # fmt: skip
    paper = filled(Front("题", "单位", ""), read, told)

    assert keeping.of_record(keeping.as_record(paper)) == paper
    assert len(answered(read, told)) == len(read.asked())
    assert all(1 <= one.line <= text.count("\n") + text.count("\r") + 1 for one in read.wrong)


def known(value, bound="exact", fact=1):
    return KnownFigure(fact, f"CODE-{fact:04}", Decimal(value), bound, "何处")


def test_cites_both_facts_of_what_was_before_and_after():
    asked = Asked("a.b", 1, said_as="before-after")
    answer = Answer(asked, "甲", known(460), known(400, fact=2), "人")

    spans = spans_of(answer, "zh-hans")
    assert [(s.words, getattr(s, "code", "")) for s in spans] == [
        ("由", ""), ("400人", "CODE-0002"), ("升至", ""), ("460人", "CODE-0001"),
    ]  # fmt: skip
    assert [(one.fact, one.before) for one in figures_of([answer], "zh-hans")] == [
        (2, None), (1, None),
    ]  # fmt: skip
    change = Answer(Asked("a.b", 1, said_as="change"), "甲", known(460), known(400, fact=2), "人")
    assert figures_of([change], "zh-hans") == [("增加60人，增长15%", 1, 2)]
    assert isinstance(spans_of(change, "zh-hans")[0], Figure)
    assert spans_of(change, "zh-hans")[0].value == "60"


def test_points_at_the_figure_that_a_finding_is_about():
    both = Answer(Asked("a", 1, said_as="before-after"), "甲", known(2), known(1, fact=2))
    answers = [both, Answer(Asked("b", 2), "乙", faults=("missing",)), Answer(Asked("c", 3), "丙", known(3), faults=("claimed",))]  # fmt: skip

    found = list(linting.of_figures(answers, "zh-hans"))

    assert [(one.code, one.figure, one.line, one.error) for one in found] == [
        ("missing", 0, 2, True), ("claimed", 3, 3, False),
    ]  # fmt: skip


def test_finds_numbers_that_nobody_cites():
    text = read_text("{{by hand: 一}}\n\n{{by hand: 二}}")
    passages = {1: read_text("2025年3月5日培训460人，占15.4%，第3条{{a.b}}。", by_hand=True)}

    found = list(linting.of_passages(text, passages))

    assert [(one.code, one.passage, one.words) for one in found] == [
        ("typed_number", 1, "460"), ("typed_number", 1, "15.4"), ("unwritten", 2, "二"),
    ]  # fmt: skip
    assert not linting.publishable(found)
    assert linting.publishable(found[:2])


def test_counts_no_year_before_the_first():
    assert saying.year_before(of_iso("0001")) is None
    assert saying.year_before(of_iso("2024-02-29")).start == date(2023, 3, 1)
    assert saying.period_words(of_iso("2016/2020"), "zh-hans") == "2016–2020年"
    assert saying.period_words(of_iso("2024-03"), "zh-hans") == "2024年3月"
    assert saying.period_words(of_iso("2016/2020"), "en") == "2016–2020"


def cited(value, period, since=0, fact=1, bound="exact", indicator="a.b"):
    return differing.Cited(
        indicator, "620200", of_iso(period), since, interval(Decimal(value), bound),
        f"CODE-{fact:04}", fact, adds_up=False,
    )  # fmt: skip


def outcomes(earlier, later):
    def value(one):
        return one and str(one.values.low)

    found = differing.differences(earlier, later)
    return [(one.outcome, value(one.earlier), value(one.later)) for one in found]


def test_tells_what_became_of_each_figure():
    same, gone, new = cited("5", "2024"), cited("7", "2020", -60, 2), cited("9", "2021", -48, 3)
    first = [same, gone, cited("100", "2024", 0, 4, indicator="c")]
    second = [same, new, cited("120", "2024", 0, 5, indicator="c")]

    assert outcomes(first, second) == [
        ("contradicted", "100", "120"), ("gone", "7", None), ("new", None, "9"), ("same", "5", "5"),
    ]  # fmt: skip


def test_holds_this_year_against_this_year_where_the_times_differ():
    assert outcomes([cited("400", "2024")], [cited("460", "2025", 0, 2)]) == [
        ("changed", "400", "460")
    ]
    # What both say of 2024 is held against each other first.
    later = [cited("460", "2025", 0, 2), cited("390", "2024", -12, 3)]
    assert outcomes([cited("400", "2024")], later) == [
        ("contradicted", "400", "390"), ("new", None, "460"),
    ]  # fmt: skip


def test_digests_all_but_the_day():
    empty = Text((), ())
    told = Told({}, {}, lambda _of, one: one, {}, "zh-hans")
    papers = [filled(Front(title, "单位", on), empty, told) for title, on in (("题", "1"), ("题", "2"), ("别", "1"))]  # fmt: skip
    one, same, other = (keeping.digest(paper) for paper in papers)
    assert one == same != other
