"""What the demo says of the five places is what the sources say, each with its sentence; and its plans live."""

from decimal import Decimal
from urllib.parse import parse_qsl

import pytest

from linli.demo import town
from linli.facts.models import Evidence, Fact
from linli.facts.queries import contradictions
from linli.kernel.models import SavedView
from linli.plans import queries
from linli.plans.models import Body, Meeting, PolicyDocument, Programme, Step, Task
from linli.plans.rules.lamp import Lamp
from linli.reports.models import Report, Verdict
from tests.town import filled as kept

pytestmark = pytest.mark.django_db

QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU = "620103", "620200", "620100", "450205", "510106"
# DOMAIN.md: place, indicator, value, bound, year in which the period begins.
KNOWN = {
    (QILIHE, "area.groups", "45", "exact", 2018),
    (QILIHE, "area.minority_residents", "100000", "approx_below", 2018),
    (QILIHE, "area.minority_share", "15.4", "exact", 2018),
    (QILIHE, "plans.lines", "9", "exact", 2018),
    (JIAYUGUAN, "area.groups", "29", "exact", 2019),
    (JIAYUGUAN, "area.minority_residents", "6200", "more_than", 2019),
    (JIAYUGUAN, "funds.paired_assistance", "8000000", "exact", 2019),
    (JIAYUGUAN, "projects.floor_area", "7000.3", "exact", 2019),
    (JIAYUGUAN, "jobs.posts_offered", "151", "exact", 2019),
    (LANZHOU, "funds.price_subsidy", "2250480", "exact", 2016),
    (LANZHOU, "funds.price_subsidy_city", "1125240", "exact", 2016),
    (LANZHOU, "funds.price_subsidy_county", "1125240", "exact", 2016),
    (LANZHOU, "training.trainees", "70", "exact", 2016),
    (LANZHOU, "training.officials", "50", "exact", 2016),
    (LANZHOU, "training.teachers", "55", "exact", 2016),
    (LANZHOU, "training.attendances", "300", "approx", 2016),
    (LANZHOU, "training.study_days", "9", "exact", 2016),
    (LANZHOU, "training.officials_month", "50", "more_than", 2016),
    (LANZHOU, "stations.centres", "5", "exact", 2016),
    (LIUBEI, "schools.lesson_coverage", "100", "exact", 2022),
    (LIUBEI, "meetings.joint", "2", "exact", 2022),
    (LIUBEI, "recognition.units_honoured", "10", "exact", 2022),
    (LIUBEI, "recognition.people_honoured", "25", "exact", 2022),
    (LIUBEI, "recognition.national", "1", "exact", 2022),
    (LIUBEI, "recognition.regional", "7", "exact", 2022),
    (LIUBEI, "recognition.city", "42", "exact", 2022),
    (JINNIU, "area.minority_residents", "30000", "more_than", 2022),
    (JINNIU, "visits.passing", "1000000", "approx_below", 2022),
    (JINNIU, "community.in_posts", "150", "more_than", 2022),
    (JINNIU, "training.courses", "10", "exact", 2022),
    (JINNIU, "training.attendances", "500", "approx_below", 2022),
    (JINNIU, "training.craft_sessions", "50", "more_than", 2022),
    (JINNIU, "training.craft_women", "1000", "approx_below", 2022),
    (JINNIU, "requests.settled", "10", "more_than", 2022),
    (JINNIU, "stations.open", "5", "exact", 2022),
    (JINNIU, "places.theme_streets", "19", "exact", 2022),
    (JINNIU, "places.park_sites", "3", "exact", 2022),
    (JINNIU, "exchange.teams", "6", "exact", 2010),
    (JINNIU, "exchange.sent", "158", "exact", 2010),
    (JINNIU, "funds.public", "303000000", "exact", 2010),
    (JINNIU, "funds.social", "48360000", "exact", 2010),
    (JINNIU, "projects.done", "260", "exact", 2010),
    (JINNIU, "economy.gdp_growth", "14.58", "exact", 2010),
    (JINNIU, "economy.poverty_rate", "22.88", "exact", 2014),
    (JINNIU, "economy.poverty_rate", "0.26", "exact", 2019),
}


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    with django_db_blocker.unblock(), kept.demo(tmp_path_factory.mktemp("demo"), noon):
        yield noon


def test_holds_what_the_sources_say_with_the_sentence(filled):
    claims = Fact.objects.filter(evidence__kind=Evidence.SPAN).select_related("evidence")
    said = {
        (fact.area_id, code, fact.value, fact.bound, fact.period_from.year)
        for fact, code in zip(
            claims.order_by("pk"),
            claims.order_by("pk").values_list("indicator__code", flat=True),
            strict=True,
        )
    }

    assert {(*row[:2], Decimal(row[2]), *row[3:]) for row in KNOWN} - said == set()
    assert all(fact.status == Fact.CLAIMED for fact in claims)
    assert all(fact.evidence.address.startswith("/reports/") for fact in claims)
    assert not Verdict.objects.filter(out_of_scope=True, verb__in=["accept", "merge"]).exists()


def test_keeps_a_live_plan_for_each_place(filled):
    for area in (QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU):
        counts = queries.public_ledger(queries.Filters(area=area, year=filled.year), filled).counts
        assert counts[Lamp.GREEN] >= 2, area
        assert counts[Lamp.RED] + counts[Lamp.AMBER] >= 2, area
        assert Meeting.objects.filter(body__area=area).count() == 2, area
    everything = queries.public_ledger(queries.Filters(), filled).counts
    assert all(everything[lamp] for lamp in Lamp)
    assert Programme.objects.published().count() == 10
    # What a decision promised waits for a planner.
    (waiting,) = Task.objects.filter(promised_at=None)
    assert "便民菜车" in waiting.title


def test_shows_drift_a_contradiction_and_what_others_confirm(filled):
    moved = [task for task in Task.objects.all() if task.first_due_on != task.due_on]
    (found,) = contradictions()

    assert len(moved) >= 8
    assert {found.first.value, found.second.value} == {58, 56}
    # Two that somebody outside confirms, and the cited pair that both sides of the assistance state.
    assert Fact.objects.current().filter(status=Fact.CONFIRMED).count() == 4


# The documents of type plan or policy that the reports name: place, title, day, status.
NAMED = {
    (LANZHOU, "兰州市民族团结进步创建工作要点", "2015-03-05", "in_force"),
    (LANZHOU, "兰州市清真食品管理规定", "2010-06-01", "in_force"),
    (LANZHOU, "兰州市城市民族工作实施细则（试行）", "2016-05-20", "replaced"),
    (QILIHE, "七里河区民族团结进步创建任务分解表", "2018-03-16", "in_force"),
    (JIAYUGUAN, "嘉峪关市民族团结进步创建三年行动方案(2018-2020年)", "2018-02-08", "replaced"),
    (JINNIU, "對口支援五年合作備忘錄", "2021-06-18", "in_force"),
    (LIUBEI, "柳北区民族团结进步创建实施方案（2021—2023年）", "2021-03-22", "replaced"),
}
REPLACED = {
    "兰州市城市民族工作实施细则（试行）": "兰州市城市民族工作实施细则(示例)",
    "嘉峪关市民族团结进步创建三年行动方案(2018-2020年)": "嘉峪关市民族团结进步创建实施方案(示例)",
    "柳北区民族团结进步创建实施方案（2018—2020年）(示例)": "柳北区民族团结进步创建实施方案（2021—2023年）",
    "柳北区民族团结进步创建实施方案（2021—2023年）": "柳北区邻里服务实施意见(示例)",
}
CARRIED = {
    "兰州市2015年民族团结进步创建工作情况汇报": "兰州市民族团结进步创建工作要点",
    "让服务走到各族群众家门口": "七里河区民族团结进步创建任务分解表",
    "把邻里服务办到群众心坎上": "嘉峪关市民族团结进步创建三年行动方案(2018-2020年)",
    "從家門口的服務做起 成都市金牛區民族工作走深走實": None,
    "柳北区民族团结进步示范城区创建工作汇报": "柳北区民族团结进步创建实施方案（2021—2023年）",
    "兰州市2026年邻里服务工作要点（演示用虚构事项）": "兰州市城市民族工作实施细则(示例)",
    "七里河区2026年邻里服务工作要点（演示用虚构事项）": "七里河区邻里服务实施意见(示例)",
    "嘉峪关市2026年邻里服务工作要点（演示用虚构事项）": "嘉峪关市民族团结进步创建实施方案(示例)",
    "金牛区2026年邻里服务工作要点（演示用虚构事项）": "金牛区邻里服务实施意见(示例)",
    "柳北区2026年邻里服务工作要点（演示用虚构事项）": "柳北区邻里服务实施意见(示例)",
}


def test_records_the_documents_that_the_reports_name(filled):
    named = PolicyDocument.objects.filter(evidence__isnull=False).select_related("evidence")
    read = {
        (report.area, found["title"])
        for report in Report.objects.all()
        for found in report.reading["documents"]
        if found["type"] in {"plan", "policy"}
    }

    assert {(d.area_id, d.title, f"{d.issued_on}", d.status) for d in named} == NAMED
    assert {(d.area_id, d.title) for d in named} == read
    assert {d.evidence.words for d in named} == {f"《{title}》" for _, title, *_ in NAMED}
    assert all("#s-t" in d.evidence.address for d in named)


def test_marks_what_is_invented_of_the_documents(filled):
    documents = PolicyDocument.objects.select_related("issuer")

    assert documents.count() == 13
    assert {d.title for d in documents if not d.number} == {"對口支援五年合作備忘錄"}
    assert all(d.number.endswith("号(示例)") for d in documents if d.number)
    assert all(d.title.endswith("(示例)") for d in documents if d.evidence_id is None)
    assert all(d.issuer.area_id == d.area_id for d in documents)


def test_links_documents_to_successors_and_programmes(filled):
    pairs = PolicyDocument.objects.filter(supersedes__isnull=False)
    carried = Programme.objects.published().values_list("title", "document__title")

    assert dict(pairs.values_list("supersedes__title", "title")) == REPLACED
    assert set(
        PolicyDocument.objects.filter(status="replaced").values_list("title", flat=True)
    ) == set(REPLACED)
    assert dict(carried) == CARRIED


def test_founds_three_levels_of_bodies_in_each_place(filled):
    for area in (QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU):
        bodies = {body.kind: body for body in Body.objects.filter(area=area)}
        group, joint = bodies["leading_group"], bodies["joint_meeting"]
        office = bodies["working_office"]
        assert Body.objects.filter(area=area).count() == 3, area
        assert (group.above, joint.above, office.above) == (None, group, joint)
        assert [body.seats.count() for body in (group, joint, office)] == [9, 6, 3]
        chairs = [body.seats.get(chairs=True).unit.name for body in (group, joint, office)]
        assert [chair.endswith("统一战线工作部") for chair in chairs] == [True, False, False]
        assert chairs[1] == chairs[2]
        assert chairs[1].endswith("民族宗教事务局")


def test_counts_the_figures_of_the_ledger(filled):
    counted = Fact.objects.current().filter(
        evidence__kind=Evidence.QUERY, indicator__code__startswith="plans."
    )
    jiayuguan = counted.filter(area=JIAYUGUAN, period_from__year=2019)

    assert set(counted.values_list("status", flat=True)) == {Fact.EVIDENCED}
    assert set(counted.values_list("area", flat=True)) == {
        QILIHE, JIAYUGUAN, LANZHOU, LIUBEI, JINNIU,
    }  # fmt: skip
    assert dict(jiayuguan.values_list("indicator__code", "value")) == {
        "plans.tasks_promised": 7,
        "plans.tasks_proven": 4,
        "plans.tasks_overdue": 3,
        "plans.median_drift_days": 0,
    }


def test_saves_a_view_that_shows_the_overdue_tasks(filled):
    view = SavedView.objects.get(page="plans:ledger")
    filters = queries.Filters.of(dict(parse_qsl(view.query)))
    found = queries.ledger(filters, filled).shown

    assert (view.owner.username, view.name) == ("planner", "嘉峪关市逾期任务")
    assert filters == queries.Filters(area=JIAYUGUAN, lamp=Lamp.RED)
    assert filters.query == view.query
    assert len(found) == 4


def test_adds_nothing_to_the_plans_the_second_time(filled):
    models = (PolicyDocument, Body, Meeting, Programme, Task, SavedView, Step, Fact)
    before = [model.objects.count() for model in models]

    assert town.fill(size=1, at=filled) == 0
    assert [model.objects.count() for model in models] == before
