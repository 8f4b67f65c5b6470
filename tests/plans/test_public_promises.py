"""The public page of promises: what was promised, how it stands and why; nothing unpublished, nobody named."""

import csv
import gzip
import io
from datetime import date, timedelta

import pytest

from linli.facts import actions as facts
from linli.plans import actions
from linli.plans.models import Task
from linli.plans.rules.lamp import Lamp
from tests.town import directory
from tests.town import plans as town

pytestmark = pytest.mark.django_db

SENTENCE = "2026年底前，全市完成职业技能培训600人次。"


@pytest.fixture(autouse=True)
def clock(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def may(noon):
    return noon - timedelta(days=200)


def span(*, at):
    return facts.cite_span(
        by=town.planner(),
        at=at,
        source="2026年工作方案",
        digest="ab" * 32,
        start=10,
        end=10 + len(SENTENCE),
        words=SENTENCE,
        address="/reports/7K3M-92QD/#s-m1",
    )


def moved(task, *, at, due_on, reason="验收延期"):
    move = actions.ask_move(
        by=town.planner(), at=at, task=task, due_on=due_on, target=task.target, reason=reason
    )
    actions.decide_move(by=town.supervisor(), at=at, move=move, approved=True)
    task.refresh_from_db()
    return task


def hidden(*, at):
    """A task that is not published, full of words that would be noticed."""
    programme = town.programme(at=at, title="未公布的方案")
    measure = town.measure(at=at, programme=programme, title="未公布的措施")
    return town.task(at=at, measure=measure, title="未公布的任务", evidence=span(at=at))


def shown(page):
    return [row["task"].title for row in page.context["rows"]]


def test_shows_a_promise_with_its_sentence_unit_day_and_reason(client, may):
    task = town.promised_task(at=may, evidence=span(at=may), due_on=date(2026, 12, 1))

    text = client.get("/en/promises/").content.decode()

    assert SENTENCE in text
    assert 'href="/en/reports/7K3M-92QD/#s-m1"' in text
    assert town.LEAD in text
    assert 'datetime="2026-12-01"' in text
    assert "lamp--soon" in text
    assert "The day is less than a month away." in text
    assert f"/en/promises/tasks/{task.code}/" in text


@pytest.mark.parametrize(
    ("lamp", "made"),
    [
        (Lamp.GREEN, lambda at: town.accepted(at=at)),
        (Lamp.BLUE, lambda at: town.promised_task(at=at)),
        (Lamp.AMBER, lambda at: town.sent_back(at=at)),
        (Lamp.RED, lambda at: town.promised_task(at=at, due_on=date(2026, 10, 1))),
        (Lamp.GREY, lambda at: town.promised_task(at=at, due_on=date(2027, 12, 1))),
    ],
)
def test_lights_each_lamp_by_word_and_shape(client, may, lamp, made):
    from linli.plans.schemas.telling import LAMPS, SHAPES

    made(may)

    page = client.get("/en/promises/")

    text = page.content.decode()
    assert [row["shape"] for row in page.context["rows"]] == [SHAPES[lamp]]
    words = "Not begun" if lamp == Lamp.GREY else str(LAMPS[lamp])
    assert f'<span class="lamp lamp--{SHAPES[lamp]}" dir="auto">{words}</span>' in text


def test_never_shows_green_on_a_claim(client, may):
    town.reported(at=may, task=town.promised_task(at=may, target=600), value=600)

    page = client.get("/promises/")

    assert [row["shape"] for row in page.context["rows"]] == ["soon"]


def test_says_that_a_promise_was_given_up_and_why(client, may):
    task = town.promised_task(at=may)
    actions.drop_task(by=town.planner(), at=may, task=task, reason="上级方案取消")

    page = client.get(f"/en/promises/tasks/{task.code}/")

    assert page.context["lamp"] == "Given up"
    assert "上级方案取消" in page.content.decode()


def test_keeps_the_first_day_beside_the_new_one(client, may):
    task = town.promised_task(at=may, due_on=date(2026, 12, 1))
    moved(task, at=may + timedelta(days=20), due_on=date(2027, 1, 10))

    for address in ("/en/promises/", f"/en/promises/tasks/{task.code}/"):
        text = " ".join(client.get(address).content.decode().split())
        assert 'datetime="2026-12-01"' in text.split("<s class")[1].split("</s>")[0]
        assert "40 days later" in text
    assert "验收延期" in text
    assert town.SUPERVISION in text


def test_shows_no_move_that_was_refused_or_waits(client, may):
    task = town.promised_task(at=may)
    move = actions.ask_move(
        by=town.planner(), at=may, task=task, due_on=date(2027, 3, 1), target=None, reason="想推迟"
    )

    page = client.get(f"/promises/tasks/{task.code}/")
    assert "想推迟" not in page.content.decode()

    actions.decide_move(by=town.supervisor(), at=may, move=move, approved=False, words="不同意")
    page = client.get(f"/promises/tasks/{task.code}/")
    assert "想推迟" not in page.content.decode()
    assert "不同意" not in page.content.decode()


def test_tells_the_story_by_units_and_days(client, may):
    task = town.promised_task(at=may)
    town.sent_back(at=may + timedelta(days=10), task=task, reason="请补充证书清单。")
    task.refresh_from_db()
    town.accepted(at=may + timedelta(days=20), task=task, words="补充了清单。")

    page = client.get(f"/promises/tasks/{task.code}/")

    kinds = [one["deed"].kind for one in page.context["deeds"]]
    assert kinds == ["promised", "reported", "sent_back", "reported", "accepted"]
    text = page.content.decode()
    assert "请补充证书清单。" in text
    assert "certificates.txt" in text
    assert "补充了清单。" in text
    assert town.LEAD in text
    assert town.SUPERVISION in text


def test_keeps_a_units_own_words_until_supervision_stands_behind_them(client, may):
    task = town.promised_task(at=may)
    town.reported(at=may, task=task, words="经办的原话。")

    assert "经办的原话。" not in client.get(f"/promises/tasks/{task.code}/").content.decode()


def test_names_nobody(client, may):
    task = town.accepted(at=may)
    moved(town.promised_task(at=may, measure=task.measure), at=may, due_on=date(2027, 2, 1))

    for address in ADDRESSES(task):
        text = client.get(address).content.decode()
        assert [name for name in ("规划员", "经办人", "督查员") if name in text] == []


def ADDRESSES(task):  # noqa: N802 - all the ways to a task
    measure, place = task.measure.code, task.measure.programme.area_id
    return [
        "/promises/",
        "/promises.csv",
        "/promises.json",
        f"/promises/{place}/",
        f"/promises/{place}.csv",
        f"/promises/{place}.json",
        f"/promises/tasks/{task.code}/",
        f"/feeds/tasks/{task.code}.atom",
        f"/feeds/tasks/{task.code}.ics",
        f"/feeds/measures/{measure}.atom",
        f"/feeds/measures/{measure}.ics",
        f"/feeds/promises/{place}.atom",
        f"/feeds/promises/{place}.ics",
    ]


def test_leaks_nothing_that_is_not_published(client, may):
    secret = hidden(at=may)
    town.promised_task(at=may)  # something else is published in the same place

    for address in ADDRESSES(secret):
        page = client.get(address)
        text = page.content.decode()
        assert "未公布" not in text, address
        assert secret.code not in text.replace(address, ""), address
    assert client.get(f"/promises/tasks/{secret.code}/").status_code == 404
    assert client.get(f"/feeds/tasks/{secret.code}.atom").status_code == 404
    assert client.get(f"/feeds/tasks/{secret.code}.ics").status_code == 404
    assert client.get(f"/feeds/measures/{secret.measure.code}.atom").status_code == 404
    assert client.get(f"/feeds/measures/{secret.measure.code}.ics").status_code == 404


def test_shows_the_same_once_it_is_published(client, may):
    secret = hidden(at=may)
    programme = secret.measure.programme
    actions.publish_programme(by=town.planner(), at=may, programme=programme)

    assert [a for a in ADDRESSES(secret) if client.get(a).status_code != 200] == []
    assert shown(client.get("/promises/")) == ["未公布的任务"]


def test_offers_no_unit_or_year_of_what_is_not_published(client, may):
    measure = town.measure(at=may)
    town.task(at=may, measure=measure, lead=directory.unit("保密局"), due_on=date(2033, 1, 1))

    text = client.get("/promises/?words=x").content.decode()

    assert "保密局" not in text
    assert "2033" not in text


def test_hides_figures_of_indicators_that_are_not_public(client, may):
    secret = town.indicator("secret.figure", name="内部指标", public=False)
    task = town.promised_task(at=may, target=4321, indicator=secret)
    town.accepted(at=may, task=task, value=4321)

    for address in ADDRESSES(task):
        text = client.get(address).content.decode()
        assert [word for word in ("内部指标", "4321", "4,321") if word in text] == [], address


def test_leads_to_the_figure_that_proves_it(client, may):
    task = town.accepted(at=may, task=town.promised_task(at=may, target=600), value=600)

    page = client.get(f"/promises/tasks/{task.code}/")

    fact = page.context["figure"]["fact"]
    assert fact.status == "evidenced"
    assert f'href="/c/{fact.code}"' in page.content.decode()
    assert client.get(f"/c/{fact.code}").status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("words=招聘", ["举办招聘会"]),
        ("words=没有", []),
        ("year=2027", ["举办招聘会"]),
        ("lamp=grey", ["举办招聘会"]),
        ("lamp=green", []),
        (f"unit={town.OTHER}", ["举办招聘会"]),
        ("area=620200", ["全年培训600人次", "举办招聘会"]),
        ("area=620100", []),
        ("lamp=pink&year=x&page=zz&area=%00&words=%00", ["全年培训600人次", "举办招聘会"]),
    ],
)
def test_filters_by_address(client, may, query, titles):
    first = town.promised_task(at=may)
    fair = directory.unit(town.OTHER)
    town.task(
        at=may, measure=first.measure, title="举办招聘会", lead=fair, due_on=date(2027, 12, 1)
    )

    page = client.get(f"/promises/?{query}")
    rows = client.get(f"/promises.json?{query}").json()["rows"]

    assert shown(page) == titles
    assert [row["title"] for row in rows] == titles
    assert ("empty" in page.content.decode()) == (not titles)


def test_shows_each_place_its_own(client, may):
    lanzhou = directory.area("620100", name="兰州市")
    town.promised_task(at=may)
    programme = town.programme(at=may, title="兰州方案", area=lanzhou)
    measure = town.measure(at=may, programme=programme)
    town.promised_task(at=may, measure=measure, title="兰州的任务")
    directory.area("620000", name="甘肃省", level="province")

    assert shown(client.get("/promises/620100/")) == ["兰州的任务"]
    assert len(shown(client.get("/promises/620000/"))) == 2
    assert [one["area"].name for one in client.get("/promises/").context["places"]] == [
        "兰州市",
        "嘉峪关市",
    ]
    assert client.get("/promises/999999/").status_code == 404
    assert client.get("/promises/999999.csv").status_code == 404


def test_counts_how_they_stand_and_how_far_they_moved(client, may):
    green = town.accepted(at=may)
    late = town.promised_task(at=may, measure=green.measure, due_on=date(2026, 10, 1))
    other = town.promised_task(at=may, measure=green.measure, due_on=date(2026, 12, 30))
    moved(late, at=may, due_on=date(2026, 10, 11))
    moved(other, at=may, due_on=date(2027, 1, 29))

    page = client.get("/promises/")

    counts = {one["shape"]: one["count"] for one in page.context["lamps"]}
    assert counts == {"done": 1, "late": 1, "note": 1, "soon": 0, "plain": 0}
    drift = page.context["drift"]
    assert (drift.promised, drift.moved, drift.median_days) == (3, 2, 10.0)


def test_gives_a_line_to_quote(client, may):
    task = town.promised_task(at=may, evidence=span(at=may))

    line = client.get(f"/en/promises/tasks/{task.code}/").context["quote_line"]

    assert line == (
        f"嘉峪关市: “{SENTENCE}” ({town.LEAD}, due Dec. 31, 2026). Under way on 2026-11-21. "
        f"Linli {task.code}. http://testserver/promises/tasks/{task.code}/"
    )


def test_says_that_there_is_nothing_yet(client):
    directory.area()

    assert "empty" in client.get("/promises/").content.decode()
    assert "empty" in client.get("/promises/620200/").content.decode()
    assert client.get("/promises.json").json()["rows"] == []


def test_gives_the_rows_as_a_table(client, may):
    task = town.promised_task(
        at=may,
        evidence=span(at=may),
        target=600,
        due_on=date(2026, 12, 1),
        responsible=(directory.unit(town.OTHER),),
    )
    moved(task, at=may + timedelta(days=20), due_on=date(2026, 12, 31))
    town.accepted(at=may + timedelta(days=30), task=task, value=600)

    response = client.get("/promises/620200.csv")
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    data = client.get("/en/promises/620200.json").json()

    fact = client.get(f"/promises/tasks/{task.code}/").context["figure"]["fact"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "max-age=300" in response["Cache-Control"]
    assert row == {
        "promise": task.code,
        "address": f"http://testserver/promises/tasks/{task.code}/",
        "area_code": "620200",
        "area": "嘉峪关市",
        "programme": "创建工作方案",
        "measure": "开展职业技能培训",
        "title": "全年培训600人次",
        "sentence": SENTENCE,
        "sentence_source": "2026年工作方案",
        "sentence_address": "http://testserver/reports/7K3M-92QD/#s-m1",
        "lead_unit": town.LEAD,
        "responsible_units": town.OTHER,
        "supporting_units": "",
        "promised_on": "2026-05-05",
        "starts_on": "",
        "first_due_on": "2026-12-01",
        "due_on": "2026-12-31",
        "drift_days": "30",
        "moves": "1",
        "last_move_reason": "验收延期",
        "last_move_approved_by": town.SUPERVISION,
        "indicator": "training.places",
        "target_sense": "at_least",
        "first_target": "600",
        "target": "600",
        "unit": "人次",
        "lamp": "green",
        "lamp_reason": "done",
        "accepted_on": "2026-06-04",
        "proof_source": town.LEAD,
        "proof_sha256": Task.objects.get().proof.digest,
        "figure": f"http://testserver/c/{fact.code}",
        "figure_value": "600",
        "figure_status": "evidenced",
    }
    assert list(data["rows"][0]) == list(data["columns"]) == list(row)
    assert data["rows"][0]["target"] == 600
    assert all(data["columns"].values())


def test_writes_a_table_that_runs_nothing(client, may):
    town.promised_task(at=may, title="=HYPERLINK(1)")

    (row,) = csv.DictReader(io.StringIO(client.get("/promises.csv").content.decode("utf-8-sig")))

    assert row["title"] == "'=HYPERLINK(1)"


def test_escapes_what_was_written(client, may):
    task = town.promised_task(at=may, title="<script>x</script>")

    for address in ("/promises/", f"/promises/tasks/{task.code}/"):
        assert "<script>x" not in client.get(address).content.decode()


def many(count, *, at):
    measure = town.promised_task(at=at, evidence=span(at=at), target=600).measure
    task = measure.tasks.get()
    rows = [
        Task(
            measure=measure, position=number, title=f"第{number}项任务", lead=task.lead,
            due_on=task.due_on, first_due_on=task.due_on, promised_at=at, evidence=task.evidence,
            indicator=task.indicator, target=task.target, first_target=task.target,
        )
        for number in range(1, count)
    ]  # fmt: skip
    Task.objects.bulk_create(rows)
    return task


@pytest.mark.parametrize("count", [2, 60])
def test_asks_the_database_the_same_however_many_there_are(
    client, may, django_assert_num_queries, count
):
    task = many(count, at=may)

    with django_assert_num_queries(9):
        client.get("/promises/")
    with django_assert_num_queries(5):
        client.get("/promises.csv")
    with django_assert_num_queries(13):
        client.get(f"/promises/tasks/{task.code}/")


def test_turns_a_thousand_promises_into_light_pages(client, may):
    many(1000, at=may)

    page = client.get("/promises/?page=40")

    assert (page.context["page"].paginator.num_pages, len(page.context["rows"])) == (40, 25)
    assert len(gzip.compress(client.get("/promises/").content)) < 20 * 1024
    assert len(client.get("/promises.json").json()["rows"]) == 1000
