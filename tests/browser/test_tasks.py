"""The work pages of plans in the real browser: every width, several looks, with and without script."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.plans import actions
from linli.plans.models import Notice, Progress, Task
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import directory
from tests.town import plans as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "面向各族群众开展国家通用语言文字和职业技能培训"


@pytest.fixture
def scene(noon):
    """A programme with a task in every state, a body that met, and staff who may sign in; codes by name."""
    start = now() - timedelta(days=200)
    for who, name in (
        (town.planner(), "planner"),
        (town.officer(), "officer"),
        (town.supervisor(), "supervisor"),
    ):
        Staff.objects.create(
            username=name, name=who.name, role=who.role, unit=who.unit, password="long-enough-1"
        )
    directory.unit(town.OTHER)
    measure = town.measure(at=start, title=LONG * 3)
    training = town.task(at=start, measure=measure, title=f"全年{LONG}600人次", target=600)
    window = town.task(
        at=start, measure=measure, title="设立双语服务窗口", due_on=date(2026, 6, 30)
    )
    milestone = actions.add_milestone(
        by=town.planner(), at=start, task=training, title="确定师资", due_on=date(2026, 6, 1)
    )
    actions.publish_programme(by=town.planner(), at=start, programme=measure.programme)
    actions.reach_milestone(
        by=town.officer(), at=now(), milestone=milestone, reached_on=date(2026, 6, 1)
    )
    training.refresh_from_db()
    town.sent_back(at=start, task=training, value=300, says_done=False)
    training.refresh_from_db()
    actions.ask_move(
        by=town.officer(),
        at=now(),
        task=training,
        due_on=date(2027, 3, 31),
        target=training.target,
        reason="校舍改造",
    )
    actions.send_notice(
        by=town.supervisor(),
        at=now(),
        task=training,
        unit=training.lead,
        kind="warn",
        due_on=(now() + timedelta(days=9)).date(),
    )
    town.accepted(at=start, task=town.promised_task(at=start, measure=measure, title="编印教材"))
    body = town.body(at=start, name="省领导小组")
    body = town.body(at=start, name="市领导小组", above=body)
    held = town.meeting(
        at=start, starts_at=start + timedelta(days=1), body=body, agenda=["研究分工", "审议方案"]
    )
    actions.send_call(by=town.planner(), at=start, meeting=held)
    town.approved_minutes(
        meeting=held, minutes=f"会议决定,{LONG}。会议要求,按月报送。", at=start + timedelta(days=2)
    )
    coming = town.meeting(
        at=now(), starts_at=now() + timedelta(days=5), body=body, agenda=["督查安排"]
    )
    document = actions.record_document(
        by=town.planner(), at=start,
        draft=actions.DocumentDraft(title=f"{LONG}方案", area=directory.area(), number="嘉办发〔2026〕3号"),
    )  # fmt: skip
    return {
        "programmes": "/console/programmes/",
        "programme": f"/console/programmes/{measure.programme.code}/",
        "publish": f"/console/programmes/{measure.programme.code}/publish/",
        "task": f"/console/tasks/{training.code}/",
        "overdue": f"/console/tasks/{window.code}/",
        "task-new": f"/console/measures/{measure.code}/tasks/new/",
        "task-edit": f"/console/tasks/{training.code}/edit/",
        "letter": f"/console/tasks/{training.code}/notices/{Notice.objects.get().pk}/",
        "documents": "/console/documents/",
        "document": f"/console/documents/{document.code}/",
        "bodies": "/console/bodies/",
        "body": f"/console/bodies/{body.code}/",
        "meeting-new": f"/console/bodies/{body.code}/meetings/new/",
        "meeting-held": f"/console/meetings/{held.code}/",
        "meeting": f"/console/meetings/{coming.code}/",
        "call": f"/console/meetings/{coming.code}/call/",
        "decide": f"/console/meetings/{held.code}/decide/0/9/",
        "import": "/console/ledger/import/",
    }  # fmt: skip


def table():
    from linli.kernel.sheets import XLSX, write_xlsx

    rows = [
        (1, LONG, "举办汉语培训班", "市人社局", "市教育局", "2026年6月底"),
        (2, "", "举办技能大赛", "市人社局", "各部门", "尽快"),
    ]
    header = ("序号", "重点任务", "具体措施", "牵头单位", "责任单位", "完成时限")
    return {
        "name": "任务分解表.xlsx",
        "mimeType": XLSX,
        "buffer": write_xlsx(header, rows, title="表"),
    }


def bring(page, server, scene):
    page.goto(server.url + scene["import"])
    page.select_option("main select", index=1)
    page.set_input_files("main input[type=file]", [table()])
    page.locator("main form[enctype] button").click()
    page.wait_for_url("**/import/e*/")


@pytest.mark.parametrize("width", SIZES)
def test_fits_every_width(page, live_server, scene, width):
    sign_in(page, live_server, "planner")
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    for name, path in scene.items():
        page.goto(live_server.url + path)
        look_at(page, f"plans-{name}-{width}")
        assert no_overflow(page), name

    bring(page, live_server, scene)
    look_at(page, f"plans-import-rows-{width}")
    assert no_overflow(page)


@pytest.mark.parametrize("who", ["officer", "supervisor"])
@pytest.mark.parametrize("width", SIZES)
def test_fits_every_role(page, live_server, scene, width, who):
    sign_in(page, live_server, who)
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    for name in ("task", "overdue", "meeting-held"):
        page.goto(live_server.url + scene[name])
        for details in page.locator("main details:not([open]) summary").all():
            details.click()
        look_at(page, f"plans-{name}-{who}-{width}")
        assert no_overflow(page), name


@pytest.mark.parametrize("look", some_of("zh-hans", "en", "ug", "elder", "dark"))
def test_breaks_no_rule_of_access(page, live_server, scene, look):
    sign_in(page, live_server, "planner")
    found = {}
    for name, path in scene.items():
        go(page, live_server, path, look, width=1366, height=768)
        if wrong := broken(page):
            found[name] = wrong

    assert found == {}


@pytest.mark.parametrize("who", ["officer", "supervisor"])
def test_breaks_no_rule_of_access_with_its_forms_open(page, live_server, scene, who):
    sign_in(page, live_server, who)
    go(page, live_server, scene["task"])
    for details in page.locator("main details:not([open]) summary").all():
        details.click()

    assert broken(page) == {}


def test_breaks_no_rule_of_access_with_wrong_rows(page, live_server, scene):
    sign_in(page, live_server, "planner")
    bring(page, live_server, scene)

    assert page.locator("tr.is-wrong").count() == 1
    assert broken(page) == {}


def test_shows_the_load_as_soon_as_a_unit_is_chosen(page, live_server, scene):
    sign_in(page, live_server, "planner")
    page.goto(live_server.url + scene["task-new"])

    page.select_option("#id_lead", label=town.LEAD)

    page.wait_for_selector("#load table")
    assert page.locator("#load thead th.number").count() == 12


def test_writes_a_letter_anew_without_leaving_the_page(page, live_server, scene):
    sign_in(page, live_server, "supervisor")
    page.goto(live_server.url + scene["overdue"])
    page.locator("main summary").last.click()
    page.select_option("#id_letter-kind", "demand")

    page.locator("#letter button[hx-post]").click()

    expect(page.locator("#id_letter-words")).to_have_value(re.compile("督办函"))
    assert page.url == live_server.url + scene["overdue"]


def test_carries_a_task_from_report_to_green_without_script(browser, live_server, scene):
    """Reported, sent back, reported again with evidence, accepted: on plain forms."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    address = live_server.url + scene["overdue"]

    def sign_in_as(who):
        context.clear_cookies()
        page.goto(f"{live_server.url}/account/login/?next={scene['overdue']}")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", "long-enough-1")
        page.locator("main form button").first.click()
        page.goto(address)

    sign_in_as("officer")
    page.fill("#id_report-words", "四个街道已设窗口。")
    page.check("#id_report-says_done")
    page.locator("form[enctype] button").click()

    sign_in_as("supervisor")
    assert page.locator("button[value=accepted]").count() == 0
    page.fill("#id_review-reason", "请附照片和开放时间。")
    page.locator("button[value=sent_back]").click()

    sign_in_as("officer")
    assert "请附照片和开放时间。" in page.locator("aside .notice").inner_text()
    page.fill("#id_report-words", "附开放时间表。")
    page.check("#id_report-says_done")
    page.set_input_files(
        "#id_report-file", [{"name": "时间表.txt", "mimeType": "text/plain", "buffer": b"09:00"}]
    )
    page.locator("form[enctype] button").click()

    sign_in_as("supervisor")
    page.locator("button[value=accepted]").click()

    assert page.locator(".task-lamp--done").count() == 1
    assert Task.objects.get(title="设立双语服务窗口").state == Task.ACCEPTED
    assert Progress.objects.filter(task__title="设立双语服务窗口").count() == 2
    context.close()
