"""Dropped promises: published pairs for everybody, all for supervision, and the letter to the unit."""

from datetime import timedelta

import pytest

from linli.flows.drops_to_notices import ask_unit
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.plans.models import Notice
from linli.reports.models import Report, Taken
from linli.reports.queries.drops import Pair, drop_of, drops, successive
from tests.town import facts, plans, reports
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
LATER = """嘉峪关市2026年民族团结进步工作总结
嘉峪关示例报  2026-12-26 10:20
2026年,市人社局举办专场招聘会6场,提供岗位300个。
二、2027年工作打算
一是市人社局举办专场招聘会不少于7场。
"""


@pytest.fixture
def pair(noon):
    earlier = reports.published(at=noon, text=reports.JIAYUGUAN)
    return Pair(earlier, reports.published(at=noon, text=LATER, name="later.txt"))


@pytest.fixture
def vanished(pair):
    return next(one for one in drops([pair]) if one.fate.outcome == "vanished")


def taken(drop, noon, **overrides):
    task = plans.promised_task(at=noon, **overrides)
    Taken.objects.create(
        report=drop.pair.earlier, item=drop.fate.earlier.id, kind="task", code=task.code,
        **signed(plans.planner(), noon),
    )  # fmt: skip
    return task


def test_shows_both_texts_and_where_they_stand(client, pair, vanished):
    page = client.get("/dropped/")
    rows = page.context["rows"]

    assert rows[0].sides[0]["words"] == vanished.fate.earlier.words
    assert rows[0].sides[1]["words"] == ""
    assert rows[0].sides[0]["address"].startswith(f"/reports/{pair.earlier.code}/#s-")
    assert rows[0].ask == ""


def test_shows_everybody_published_reports_only(client, noon):
    reports.published(at=noon, text=reports.JIAYUGUAN)
    kept = reports.report(at=noon, text=LATER, name="later.txt")

    assert client.get("/dropped/").context["rows"] == []

    client.force_login(account(Role.SUPERVISOR))
    page = client.get("/console/dropped/")
    assert {row.sides[1]["title"] for row in page.context["rows"]} == {kept.title}


def test_compares_neighbours_in_time_and_of_one_place_only(noon):
    by_year = [
        reports.published(
            at=noon, text=reports.JIAYUGUAN.replace("2025", str(year)), name=str(year)
        )
        for year in (2025, 2023, 2024)
    ]
    reports.published(at=noon)

    pairs = successive(Report.objects.published())

    assert [(one.earlier.pk, one.later.pk) for one in pairs] == [
        (by_year[2].pk, by_year[0].pk),
        (by_year[1].pk, by_year[2].pk),
    ]


def test_holds_no_promise_against_a_report_of_the_same_weeks(noon):
    """A plan for the year to come, and days later the report of the year that is over."""
    plan = reports.published(at=noon, text=reports.JIAYUGUAN)
    soon = reports.JIAYUGUAN.replace("2025-12-26", "2026-01-08")
    reports.published(at=noon, text=soon, name="soon.txt")

    assert successive(Report.objects.published()) == []

    later = reports.published(at=noon, text=LATER, name="later.txt")
    pairs = successive(Report.objects.published())
    assert {one.later.pk for one in pairs} == {later.pk}
    assert plan.pk in {one.earlier.pk for one in pairs}


def test_narrows_by_outcome_and_leaves_out_what_cannot_be(client, pair):
    everything = client.get("/dropped/").context["page"].paginator.count
    some = client.get("/dropped/", {"outcome": "vanished"}).context["page"].paginator.count

    assert 0 < some <= everything
    odd = client.get("/dropped/", {"outcome": "x", "area": "'", "page": "9999999999999999999999"})
    assert odd.context["page"].paginator.count == everything


def test_is_kept_until_a_report_is_published_or_withdrawn(client, pair, django_assert_num_queries):
    client.get("/dropped/")

    with django_assert_num_queries(1):
        client.get("/dropped/")


def test_asks_a_bounded_number_of_queries(client, pair, django_assert_max_num_queries):
    client.force_login(account(Role.SUPERVISOR))
    client.get("/console/dropped/")

    with django_assert_max_num_queries(12):
        client.get("/console/dropped/")


def test_tells_everybody_of_contradictions_between_public_figures_only(client, noon):
    hidden = facts.indicator("inside.only", public=False)
    for source, value in (("统计局", "300"), ("人社局", "400")):
        facts.fact(value, at=noon, source=source)
        facts.fact(value, at=noon, source=source, indicator=hidden)

    def clashes(path):
        return [subject.indicator.code for subject, _sides in client.get(path).context["clashes"]]

    public = clashes("/dropped/")
    client.force_login(account(Role.SUPERVISOR))

    assert "inside.only" not in public
    assert len(public) == 1
    assert sorted(clashes("/console/dropped/")) == sorted([*public, "inside.only"])


def test_asks_the_unit_that_leads_the_task(client, noon, vanished):
    task = taken(vanished, noon)
    client.force_login(account(Role.SUPERVISOR))
    codes = (vanished.pair.earlier.code, vanished.pair.later.code, vanished.fate.earlier.id)
    address = "/console/dropped/{}/{}/{}/".format(*codes)

    assert client.get(address).status_code == 200
    answer = client.post(address, {"due_on": "2099-01-01"})

    letter = Notice.objects.get()
    assert answer["Location"] == f"/console/tasks/{task.code}/"
    assert (letter.task, letter.unit, letter.kind) == (task, task.lead, "remind")
    assert vanished.fate.earlier.words in letter.words
    assert vanished.pair.later.title in letter.words


def test_refuses_to_ask_without_a_task_and_writes_nothing(noon, vanished):
    with pytest.raises(Refused) as refused:
        ask_unit(by=plans.supervisor(), at=noon, drop=vanished, due_on=noon.date() + timedelta(9))

    assert refused.value.code == "not_in_ledger"
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("by", "days", "code"),
    [
        (actor(Role.OFFICER, unit=plans.LEAD), 9, "not_allowed"),
        (plans.supervisor(), 0, "deadline_passed"),
        (plans.supervisor(plans.LEAD), 9, "own_task"),
    ],
)
def test_refuses_who_may_not_ask_and_days_behind(noon, vanished, by, days, code):
    taken(vanished, noon)

    with pytest.raises(Refused) as refused:
        ask_unit(by=by, at=noon, drop=vanished, due_on=noon.date() + timedelta(days))

    assert refused.value.code == code
    assert not Notice.objects.exists()


def test_finds_no_drop_in_what_was_kept(pair):
    answered = {one.fate.earlier.id for one in drops([pair])}

    assert drop_of(pair, "m999") is None
    assert all(drop_of(pair, item) for item in answered)
