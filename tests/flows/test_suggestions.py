from datetime import date

import pytest

from linli.demo import indicators
from linli.demo.town import REPORTS
from linli.facts.models import Fact
from linli.flows import reading_to_ledger as flow
from linli.flows.reading_to_ledger import naming, timing
from linli.kernel.actors import system
from linli.reports import actions
from tests.town import directory, flows
from tests.town import plans as ledger
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


def suggested(report, item, **given):
    return flow.suggestions(report, **given)[item]


def test_suggests_a_figure_as_a_fact_of_the_indicator_that_is_meant(noon):
    flows.fairs()
    one = suggested(flows.jiayuguan(at=noon), "f3")

    assert one.advice == "accept"
    assert one.becomes == {
        "as": "fact",
        "indicator": "jobs.fairs",
        "name": "举办专场招聘会",
        "unit": "session",
        "unit_kind": "count",
        "period": "2025",
        "value": "3",
        "bound": "exact",
    }


def test_suggests_a_new_indicator_where_none_is_meant(noon):
    flows.fairs()
    one = suggested(flows.jiayuguan(at=noon), "f4")

    assert (one.becomes["indicator"], one.becomes["name"], one.lacks) == ("", "提供岗位", ())


def test_suggests_a_promise_as_a_task_with_unit_day_and_target(noon):
    flows.fairs()
    report = flows.jiayuguan(at=noon)
    one = suggested(report, "m6")

    assert one.advice == "accept"
    assert one.becomes == {
        "kind": "task",
        "title": "市人社局举办专场招聘会不少于5场",
        "lead": directory.unit().code,
        "responsible": [],
        "due_on": "2026-12-31",
        "indicator": "jobs.fairs",
        "name": "举办专场招聘会",
        "unit": "session",
        "unit_kind": "count",
        "target": "5",
        "sense": "at_least",
    }
    assert suggested(report, "f7").becomes["as"] == "target"
    assert suggested(report, "m8").becomes["due_on"] == "2026-06-30"


def test_gives_a_task_to_no_unit_that_the_sentence_does_not_name(noon):
    assert suggested(flows.jiayuguan(at=noon), "m7").becomes["lead"] == ""


def test_suggests_no_promise_where_something_was_done(noon):
    assert suggested(flows.jiayuguan(at=noon), "m3").advice == "leave"


def test_leaves_figures_of_a_group_to_an_officer(noon):
    report = flows.jiayuguan(at=noon)

    assert {suggested(report, item).advice for item in ("f5", "f6")} == {"leave"}


def test_suggests_nothing_for_what_is_out_of_scope(noon):
    assert "m5" not in flow.suggestions(flows.jiayuguan(at=noon))


def test_names_what_is_missing_when_the_report_does_not_say_its_year(noon):
    report = flows.jiayuguan(at=noon, text="嘉峪关市工作综述\n市人社局举办专场招聘会3场。\n")

    assert suggested(report, "f1").lacks == ("period",)
    assert suggested(report, "f1", period="2025").lacks == ()


def test_suggests_to_merge_with_a_task_that_is_there(noon):
    task = ledger.task(at=noon, title="举办专场招聘会5场")
    one = suggested(flows.jiayuguan(at=noon), "m6")

    assert one.advice == "merge"
    assert [(found.kind, found.code) for found in one.candidates] == [("task", task.code)]


def test_suggests_to_merge_with_a_fact_and_names_contradictions(noon):
    flows.fairs()
    report = flows.jiayuguan(at=noon)
    flows.decide(report, noon, f3=("accept", suggested(report, "f3").becomes))
    flow.take(by=actor(), at=noon, report=report, programme=None)
    fact = Fact.objects.get()
    same = flows.jiayuguan(at=noon, text="嘉峪关市2025年工作总结\n市人社局举办专场招聘会3场。\n")
    other = flows.jiayuguan(at=noon, text="嘉峪关市2025年工作总结\n市人社局举办专场招聘会4场。\n")

    assert [found.code for found in suggested(same, "f1").candidates] == [fact.code]
    assert (suggested(same, "f1").advice, suggested(same, "f1").contradicts) == ("merge", ())
    assert suggested(other, "f1").contradicts == (fact.code,)


def test_asks_the_database_the_same_however_long_the_report(noon, django_assert_max_num_queries):
    directory.unit()
    flows.fairs()
    many = "".join(f"市人社局举办专场招聘会{n}场,提供岗位{n}个。\n" for n in range(2, 60))
    report = flows.jiayuguan(at=noon, text=f"嘉峪关市2025年工作总结\n{many}")

    with django_assert_max_num_queries(9):
        made = flow.suggestions(report)
    assert len(made) > 150


def test_means_the_right_indicator_or_none_in_the_demo(noon):
    """Held against the table that people made of the demo's reports: none wrong, most found."""
    by = system("test")
    indicators.define_all(by=by, at=noon)
    found = {"right": 0, "wrong": 0, "none": 0}
    for name, wanted in known().items():
        report = actions.receive(by=by, data=(REPORTS / name).read_bytes(), name=name, at=noon)
        made, seen = flow.suggestions(report), {}
        for figure in report.reading["figures"]:
            seen[figure["surface"]] = nth = seen.get(figure["surface"], 0) + 1
            meant = wanted.get((figure["surface"], nth))
            if meant and figure["id"] in made and made[figure["id"]].becomes["as"] == "fact":
                got = made[figure["id"]].becomes["indicator"]
                found["none" if not got else "right" if got == meant else "wrong"] += 1

    assert found["wrong"] == 0
    assert found["right"] >= 0.45 * sum(found.values()) > 20


def known():
    wanted = {}
    for report, surface, nth, indicator, _ in indicators.rows("known.tsv"):
        wanted.setdefault(report, {})[(surface, int(nth))] = indicator
    return wanted


@pytest.mark.parametrize(
    ("name", "unit", "code"),
    [
        ("举办专场招聘会", "session", "jobs.fairs"),
        ("举办专场招聘会", "item", None),
        ("办理法律援助案件", "item", "legal_aid.cases"),
        ("设立法律援助工作站", "item", None),
        ("开展便民活动", "session", None),
    ],
)
def test_takes_an_indicator_for_its_own_noun_only(name, unit, code):
    known = [
        naming.Known("jobs.fairs", "专场招聘会场数", "session"),
        naming.Known("legal_aid.cases", "法律援助件数", "item"),
    ]
    meant = naming.meant(name, unit, known)

    assert (meant and meant[0].code) == code


def test_gives_the_same_name_the_same_code():
    assert naming.indicator_code("新建社区服务站", "item") == naming.indicator_code(
        "新建社區服務站", "item"
    )
    assert naming.indicator_code("新建社区服务站", "m2") != naming.indicator_code(
        "新建社区服务站", "item"
    )


@pytest.mark.parametrize(
    ("title", "printed", "year"),
    [
        ("2018年工作总结", None, "2018"),
        ("工作总结", "2018-12-26", "2018"),
        ("工作总结", "2019-01-05", "2018"),
        ("工作总结", "2019-07-05", ""),
        ("工作总结", None, ""),
        ("2018年工作总结和2019年打算", "2018-12-26", ""),
    ],
)
def test_takes_the_year_that_is_printed_and_guesses_none(title, printed, year):
    reading = {
        "lines": [[0, len(title), "main", "title"]],
        "dates": [
            {"start": title.index(iso), "end": title.index(iso) + 5, "iso": iso}
            for iso in ("2018", "2019")
            if iso in title
        ],
        "date": printed,
    }

    assert timing.report_period(reading) == year


def test_finds_a_day_in_the_sentence_before_that_of_its_section():
    headings = [{"start": 0, "end": 10, "level": 1}]
    dates = [
        {"start": 2, "end": 6, "iso": "2026"},
        {"start": 12, "end": 15, "iso": "2026-06"},
    ]
    reading = {"headings": headings, "dates": dates}

    def due(start, end, status="planned"):
        return timing.due_day(reading, {"start": start, "end": end, "status": status})

    assert due(11, 20) == date(2026, 6, 30)
    assert due(30, 40) == date(2026, 12, 31)
    assert due(11, 20, "done") is None


@pytest.mark.parametrize(
    ("own", "otherwise", "found"),
    [
        ("2026", "", "2026"),
        ("", "2026", "2026"),
        ("2027-06", "", ""),
        ("2027-06", "2026", ""),
        ("", "2027", ""),
        ("", "", ""),
    ],
)
def test_counts_nothing_of_days_to_come(own, otherwise, found):
    told_on = date(2026, 11, 20)

    assert timing.figure_period({"period": own}, otherwise, told_on=told_on) == found
