"""The whole way in the real browser: a report of Jiayuguan is read, reviewed, becomes commitments and facts;
one task is reported on, sent back, reported again with evidence, turns green; the public sees it beside its
sentence. Every person has a browser of their own.
"""

import pytest

from linli.demo import indicators
from linli.demo.town import REPORTS
from linli.facts.models import Fact
from linli.kernel.actors import Role, system
from linli.kernel.models import Staff
from linli.plans.models import Programme, Task
from tests.browser.look import look_at, no_overflow, sign_in
from tests.town import directory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REPORT = REPORTS / "jiayuguan-2018.txt"
CLAUSE = "接收玛曲县校(园)长挂职锻炼8名"
EDUCATION = "嘉峪关市教育局"
STAFF = {
    "planner": (Role.PLANNER, "嘉峪关市民族宗教事务局"),
    "officer": (Role.OFFICER, EDUCATION),
    "supervisor": (Role.SUPERVISOR, "嘉峪关市政府督查室"),
}


@pytest.fixture
def town(noon):
    directory.area()
    for role, name in STAFF.values():
        directory.unit(name)
        Staff.objects.create(
            username=role.value, name="甲", role=role, unit=name, password="long-enough-1"
        )
    indicators.define_all(by=system("test"), at=noon)


@pytest.fixture
def desks(browser, live_server, town):
    """Return a signed-in page for each role, and one for everybody else."""
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in range(4)]
    pages = dict(zip([*STAFF, "public"], (one.new_page() for one in contexts), strict=True))
    for name in STAFF:
        sign_in(pages[name], live_server, name)
    yield pages
    for one in contexts:
        one.close()


def click(page, selector, **chosen):
    page.locator(selector, **chosen).first.click()
    page.wait_for_load_state()


def test_a_promise_of_jiayuguan_becomes_proof(desks, live_server):
    planner, officer, supervisor, public = (
        desks[name] for name in ("planner", "officer", "supervisor", "public")
    )
    read_and_publish(planner, live_server)
    review_and_take(planner)
    publish_programme(planner, live_server)
    task = Task.objects.get(title=CLAUSE)
    assert (task.lead.name, task.first_due_on) == (EDUCATION, task.due_on)
    assert (task.target, task.first_target) == (8, 8)
    assert Fact.objects.filter(status=Fact.CLAIMED, indicator__code="jobs.fairs").exists()

    at_desk = f"{live_server.url}/console/tasks/{task.code}/"
    shown(public, live_server, task, "late")
    tell(officer, at_desk, "八名校长已到岗。")
    answer(supervisor, at_desk, "sent_back", "没有附名单批复,无法核对。")
    shown(public, live_server, task, "late")
    tell(officer, at_desk, "补充批复文件。", file=("批复.txt", "同意接收八名校(园)长挂职。"))
    answer(supervisor, at_desk, "accepted")
    look_at(supervisor, "story-task-accepted")
    fact = Fact.objects.current().get(indicator=task.indicator, evidence__kind="file")
    assert (fact.value, fact.status) == (8, Fact.EVIDENCED)

    shown(public, live_server, task, "done")
    public.locator("a", has_text=CLAUSE).first.click()
    public.wait_for_url(f"**/promises/tasks/{task.code}/")
    look_at(public, "story-promise")
    assert "批复.txt" in public.locator("main").inner_text()
    assert "没有附名单批复" in public.locator("main").inner_text()
    click(public, 'a[href*="#s-m"]')
    span = public.locator("a.mark:target")
    assert span.inner_text() in CLAUSE
    public.set_viewport_size({"width": 360, "height": 740})
    public.go_back()
    assert no_overflow(public)
    look_at(public, "story-promise-360")


def read_and_publish(page, server):
    page.goto(f"{server.url}/console/reports/")
    if not page.locator("input[type=file]").is_visible():
        page.locator("main details summary").first.click()
    page.set_input_files("input[type=file]", REPORT)
    click(page, "form[enctype] button")
    assert "办到群众心坎上" in page.locator("h1").inner_text()
    click(page, 'form[action$="/publish/"] button')


def review_and_take(page):
    click(page, 'a[href$="/review/"]')
    item = page.locator("[data-item]", has_text=CLAUSE).locator("visible=true").last
    code = item.get_attribute("data-item")
    page.goto(f"{page.url.split('?')[0].split('#')[0]}{code}/")
    page.select_option("[name=lead]", label=EDUCATION)
    page.fill("[name=due_on]", "2019-12-31")
    click(page, "main form[method=post] .button")
    click(page, "button[name=shown][value=accept]")
    page.locator('progress:not([value="1"])').wait_for()
    click(page, 'a.button[href$="/review/take/"]')
    click(page, "form[method=post] .button >> nth=-1")
    page.wait_for_url("**?state=taken")


def publish_programme(page, server):
    programme = Programme.objects.get()
    page.goto(f"{server.url}/console/programmes/{programme.code}/publish/")
    click(page, "main form[method=post] .button")
    programme.refresh_from_db()
    assert programme.published_at


def tell(page, address, words, *, file=None):
    page.goto(address)
    form = page.locator('form[action$="/report/"]')
    form.locator("[name=report-words]").fill(words)
    form.locator("[name=report-value]").fill("8")
    form.locator("[name=report-period]").fill("2019")
    form.locator("[name=report-says_done]").check()
    if file:
        name, text = file
        form.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        )
    form.locator(".button").click()
    page.wait_for_load_state()
    assert Task.objects.get(title=CLAUSE).state == Task.REPORTED


def answer(page, address, verdict, reason=""):
    page.goto(address)
    form = page.locator('form[action$="/review/"]')
    form.locator("[name=review-reason]").fill(reason)
    form.locator(f"button[value={verdict}]").click()
    page.wait_for_load_state()
    assert Task.objects.get(title=CLAUSE).state == verdict


def shown(page, server, task, lamp):
    page.goto(f"{server.url}/promises/620200/?words={CLAUSE[:8]}")
    row = page.locator("article", has_text=CLAUSE)
    assert row.locator(f".lamp--{lamp}").count() == 1
