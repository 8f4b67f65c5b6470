import pytest

from linli.reader.reading import Place
from tests.reader.report_lines import dates_in, figures_of, titles_in


def only(text, **known):
    (figure,) = figures_of(text, **known)
    return figure


@pytest.mark.parametrize(
    ("text", "aggregation"),
    [
        ("共举办10期。", "total"),
        ("合计90人。", "total"),
        ("累计培训90人。", "cumulative"),
        ("年均培训90人。", "annual_average"),
        ("每年培训90人。", "annual"),
        ("培训90人。", None),
        ("公共服务岗位90个。", None),
        ("全市共有少数民族29个。", None),
        ("共同培训90人。", None),
        ("累计下降5%。", None),
    ],
)
def test_aggregation_comes_from_the_clause(text, aggregation):
    assert only(text).aggregation == aggregation


def test_since_makes_counts_cumulative_and_runs_to_the_publication():
    text = "自2010年承担任务，选派158名干部，贫困率降至0.26%。"
    dates = dates_in(text, kind="since")
    people, rate = figures_of(text, dates=dates, published="2022-10-12")
    assert (people.period, people.aggregation) == ("2010/2022-10", "cumulative")
    assert (rate.period, rate.aggregation) == ("2010/2022-10", None)
    assert figures_of(text, dates=dates)[0].period == "2010/.."


def test_period_is_the_nearest_date_before_in_the_sentence():
    text = "2018年投入5万元，2019年投入8万元。又投入3万元。"
    assert [figure.period for figure in figures_of(text, dates=dates_in(text))] == [
        "2018",
        "2019",
        None,
    ]


def test_the_year_of_a_title_is_no_period():
    text = "印发《2018—2020年工作方案》，召开会议3次。"
    figure = only(text, dates=dates_in(text), documents=titles_in(text))
    assert figure.period is None


def test_recurring_dates_are_no_period():
    text = "每年培训90人。"
    assert only(text, dates=dates_in(text, "每年", "recurring")).period is None


def test_subject_is_the_nearest_place_else_the_reports_own():
    def place(start, surface, role):
        return Place(start, start + len(surface), surface, "county", "000000", surface, role)

    text = "全区有5个社区。向甲县投入3万元。"
    places = (place(0, "全区", "subject"), place(text.index("甲县"), "甲县", "partner"))
    assert [figure.subject for figure in figures_of(text, places=places)] == ["全区", "甲县"]
    assert figures_of("有5个社区。")[0].subject is None


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("从12个增加到25个。", ["before", "after"]),
        ("由2016年的5.1%提高到2020年的8.3%。", ["before", "after"]),
        ("力争到2025年，建成100个社区。", ["target"]),
        ("确保完成90%。", ["target"]),
        ("少数民族人口达到15%的重点乡镇。", ["threshold"]),
        ("年收入超过3万元的家庭。", ["threshold"]),
        ("培训90人。", [None]),
    ],
)
def test_role_tells_before_after_target_and_threshold(text, roles):
    assert [figure.role for figure in figures_of(text)] == roles


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5万元。", "money"),
        ("占5%。", "rate"),
        ("同比增长5%。", "growth"),
        ("贫困率下降至5%。", "rate"),
        ("5平方米。", "area"),
        ("5公里。", "length"),
        ("5小时。", "duration"),
        ("5岁。", "age"),
        ("5个。", "count"),
        ("5倍。", "ratio"),
        ("指数为98.5。", "index"),
        ("5吨。", "other"),
    ],
)
def test_kind_follows_the_unit(text, kind):
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("打造19条特色街区。", "特色街区"),
        ("少数民族人口达3万余人。", "少数民族人口"),
        ("财政帮扶资金共3.03亿元。", "财政帮扶资金"),
        ("贫困发生率为0.26%。", "贫困发生率"),
        ("5人。", None),
        ("对52个责任单位实行按月调度。", "责任单位"),
        ("先后召开领导小组会议3次。", "领导小组会议"),
        ("捐赠图书2.3万册。", "图书"),
    ],
)
def test_counted_is_the_noun_behind_or_before(text, counted):
    assert only(text).counted == counted


def test_surfaces_come_from_the_raw_text():
    figure = only("投入3.03億元。")
    assert (figure.surface, figure.value) == ("3.03億元", 303000000)
