"""The ledger in the real browser: filter, open, edit, assign, save a view; phone and desktop, with and without script."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import SavedView
from linli.plans import actions
from linli.plans.models import Milestone, Task
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import directory, plans
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEDGER = "/console/ledger/"
PAGES = ("", "tree/", "timeline/", "print/?columns=all")
LOOKS = some_of("zh-hans", "en", "ug", "mn-mong", "elder", "dark")


@pytest.fixture
def town(db):
    """Two programmes with tasks of every lamp; the server's clock is the real one, so days are near it."""
    at, today = now(), now().date()
    other = directory.unit(plans.OTHER)
    first = plans.programme(
        at=at,
        title="创建全国民族团结进步示范市三年行动",
        starts_on=today - timedelta(400),
        ends_on=today + timedelta(400),
    )
    training = plans.measure(at=at, programme=first, title="开展职业技能培训")
    services = plans.measure(at=at, programme=first, title="完善社区服务")
    late = plans.task(at=at, measure=training, title="举办社区服务人员培训班12期",
                      due_on=today - timedelta(20), starts_on=today - timedelta(200))  # fmt: skip
    plans.task(at=at, measure=training, title="组织专场招聘会4场", lead=other,
               due_on=today + timedelta(10), supporting=(directory.unit(),))  # fmt: skip
    far = plans.task(at=at, measure=services, title="新建社区服务站30个", target=30,
                     due_on=today + timedelta(200))  # fmt: skip
    Milestone.objects.create(task=far, title="完成选址", due_on=today + timedelta(60))
    plans.task(at=at, measure=services, title="设立法律援助窗口", lead=None,
               starts_on=today + timedelta(60), due_on=today + timedelta(150))  # fmt: skip
    done = plans.promised_task(
        at=at, measure=services, title="编印办事指南", due_on=today + timedelta(30)
    )
    plans.accepted(at=at, task=done)
    move = actions.ask_move(by=plans.planner(), at=at, task=far, due_on=today + timedelta(290),
                            target=None, reason="选址推迟")  # fmt: skip
    actions.decide_move(by=plans.supervisor(), at=at, move=move, approved=True, words="同意")
    draft = plans.programme(at=at, title="下一年工作计划(草案)", starts_on=date(today.year + 1, 1, 1),
                            ends_on=date(today.year + 1, 12, 31))  # fmt: skip
    measure = plans.measure(at=at, programme=draft, title="文化惠民")
    plans.task(at=at, measure=measure, title="举办社区文化节", due_on=date(today.year + 1, 6, 30))
    account(Role.PLANNER, username="planner")
    return late


@pytest.fixture
def desk(page, live_server, town):
    sign_in(page, live_server, "planner")
    return page


@pytest.fixture
def plain(browser, live_server, town):
    """The same desk without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "planner")
    yield page
    context.close()


def rows(page):
    return page.locator(".ledger tbody th").all_inner_texts()


def filters_and_opens(page, live_server):
    page.goto(live_server.url + LEDGER)
    page.fill("input[name=words]", "培训班")
    page.locator(".filters button").click()
    page.wait_for_url("**words=*")
    assert [text.strip() for text in rows(page)] == ["举办社区服务人员培训班12期"]
    page.goto(f"{live_server.url}{LEDGER}tree/")
    page.locator(".tree__measure .tree__toggle", has_text="开展职业技能培训").click()
    page.locator(".tree__measure tbody tr").first.wait_for()
    assert page.locator(".tree__measure tbody tr").count() == 2
    assert page.locator('.tree__toggle[aria-expanded="true"]').count() >= 2


@pytest.mark.parametrize("width", SIZES)
def test_filters_and_opens_a_measure(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})

    filters_and_opens(desk, live_server)

    # Opened in place: the address stays, the focus stays where it was.
    assert desk.url.endswith("/tree/")
    assert desk.evaluate("document.activeElement.id").startswith("toggle-")


@pytest.mark.parametrize("width", SIZES)
def test_filters_and_opens_a_measure_without_script(plain, live_server, width):
    plain.set_viewport_size({"width": width, "height": SIZES[width]})

    filters_and_opens(plain, live_server)

    assert "open=" in plain.url


@pytest.mark.parametrize("width", SIZES)
def test_edits_a_row_in_place(desk, live_server, town, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    free = Task.objects.get(title="举办社区文化节")
    desk.goto(f"{live_server.url}{LEDGER}?order=title")
    row = desk.locator(f"#task-{free.code}")

    row.locator(".pencil").click()
    title = row.locator("input[name=title]")
    title.wait_for()
    expect(title).to_be_focused()
    look_at(desk, f"ledger-edit-{width}")
    title.fill("举办社区文化节2场")
    row.locator("input[name=due_on]").fill(f"{free.due_on.year}-09-30")
    row.locator("button").click()
    row.locator(".pencil").wait_for()

    assert "举办社区文化节2场" in row.inner_text()
    assert f"{free.due_on.year}-09-30" in row.inner_text()
    expect(desk.locator(f"#edit-{free.code}")).to_be_focused()
    free.refresh_from_db()
    assert free.title == "举办社区文化节2场"


@pytest.mark.parametrize("width", SIZES)
def test_says_what_is_wrong_in_the_row(browser, live_server, town, width):
    # In a page of its own: the browser itself tells its console of an answer 422.
    page = browser.new_context(viewport={"width": width, "height": SIZES[width]}).new_page()
    sign_in(page, live_server, "planner")
    page.goto(f"{live_server.url}{LEDGER}?words=文化节")
    page.locator(".pencil").click()
    title = page.locator(".cells input[name=title]")
    title.fill("")
    page.locator(".cells input[name=starts_on]").fill("2099-01-01")

    page.locator(".cells button").click()

    page.locator(".cells .field__error").first.wait_for()
    assert page.locator(".cells .field--wrong").count() == 2
    assert page.locator(".cells input[name=starts_on]").input_value() == "2099-01-01"
    assert broken(page) == {}
    look_at(page, f"ledger-edit-wrong-{width}")
    page.context.close()


def test_leaves_a_row_as_it_was(desk, live_server):
    desk.goto(live_server.url + LEDGER)
    before = rows(desk)

    desk.locator(".pencil").first.click()
    desk.locator(".cells a").last.click()
    desk.locator(".cells").wait_for(state="detached")

    assert rows(desk) == before


def test_edits_a_row_without_script(plain, live_server):
    free = Task.objects.get(title="举办社区文化节")
    plain.goto(f"{live_server.url}{LEDGER}?words=文化节")

    plain.locator(".pencil").click()
    plain.fill("input[name=title]", "举办社区文化节3场")
    plain.locator("main form button").click()

    assert (
        plain.url == f"{live_server.url}{LEDGER}?words=%E6%96%87%E5%8C%96%E8%8A%82#task-{free.code}"
    )
    assert rows(plain)[0].strip() == "举办社区文化节3场"


@pytest.mark.parametrize("width", SIZES)
def test_gives_chosen_tasks_to_a_unit(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    desk.goto(live_server.url + LEDGER)
    open_ones = Task.objects.filter(lead__name=plans.LEAD, state="open")
    codes = list(open_ones.values_list("code", flat=True))

    for code in codes:
        desk.locator(f'input[value="{code}"]').check()
    assert desk.locator("[data-chosen]").inner_text() == str(len(codes))
    desk.select_option("#assign-unit", label=plans.OTHER)
    desk.locator("#load table").wait_for()
    look_at(desk, f"ledger-assign-{width}")
    desk.locator(".assign button").first.click()

    desk.locator("[data-toast]").wait_for()
    look_at(desk, f"ledger-assigned-{width}")
    given = Task.objects.filter(code__in=codes, lead__name=plans.OTHER).count()
    assert given == len(codes)


def test_chooses_every_row_with_one_box(desk, live_server):
    desk.goto(live_server.url + LEDGER)

    desk.locator("[data-choose-all]").check()

    boxes = desk.locator("input[name=task]")
    assert boxes.count() == 6
    assert desk.locator("[data-chosen]").inner_text() == "6"


def test_asks_again_before_a_unit_carries_too_much(plain, live_server):
    at, today = now(), now().date()
    measure = Task.objects.get(title="举办社区文化节").measure
    other = directory.unit(plans.OTHER)
    day = date(today.year + 1, 6, 15)
    for number in range(5):
        plans.task(at=at, measure=measure, title=f"已有任务{number}", lead=other, due_on=day)
    free = Task.objects.get(title="举办社区文化节")
    plain.set_viewport_size({"width": 1366, "height": 768})
    plain.goto(f"{live_server.url}{LEDGER}?words=文化节")

    plain.locator("input[name=task]").check()
    plain.select_option("#assign-unit", label=plans.OTHER)
    plain.locator(".assign button").first.click()

    assert plain.locator(".notice--soon").is_visible()
    look_at(plain, "ledger-too-much")
    plain.locator("main form .button").click()
    plain.wait_for_url("**words=*")
    free.refresh_from_db()
    assert free.lead == other


@pytest.mark.parametrize("scripted", [True, False])
def test_saves_and_forgets_a_view(request, live_server, scripted):
    page = request.getfixturevalue("desk" if scripted else "plain")
    page.goto(f"{live_server.url}{LEDGER}?lamp=red&order=-due")

    page.locator(".tools__save summary").click()
    page.fill("#view-name", "逾期的")
    page.locator(".tools__save button").click()
    page.wait_for_url("**lamp=red*")

    view = SavedView.objects.get()
    assert view.query == "lamp=red&order=-due"
    page.goto(live_server.url + LEDGER)
    page.get_by_role("link", name="逾期的").click()
    page.wait_for_url("**lamp=red*")
    assert [text.strip() for text in rows(page)] == ["举办社区服务人员培训班12期"]
    page.goto(live_server.url + "/console/views/")
    page.locator(f'form[action$="/{view.pk}/"] button[value=forget]').click()
    page.goto(live_server.url + LEDGER)
    assert page.get_by_role("link", name="逾期的").count() == 0


def test_moves_through_rows_by_keyboard(desk, live_server):
    desk.goto(live_server.url + LEDGER)

    desk.keyboard.press("j")
    desk.keyboard.press("j")
    second = desk.locator('.ledger tbody tr[aria-selected="true"]')
    assert second.locator("th a").first.inner_text() == rows(desk)[1].strip()
    desk.keyboard.press("e")

    desk.wait_for_url("**/console/tasks/**")


@pytest.mark.parametrize("where", PAGES)
def test_fits_every_width(desk, live_server, where):
    name = where.partition("/")[0] or "list"
    for look in some_of("zh-hans", "ug", "elder"):
        for width, height in SIZES.items():
            go(desk, live_server, LEDGER + where, look, width, height)

            look_at(desk, f"ledger-{name}-{look}-{width}")
            assert no_overflow(desk), (look, width)


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access(desk, live_server, look):
    measure = Task.objects.first().measure
    opened = f"tree/?open={measure.programme.code}&open={measure.code}"
    for where in ("", opened, "timeline/", "print/", f"tasks/{Task.objects.first().code}/edit/"):
        go(desk, live_server, LEDGER + where, look, width=1366, height=768)

        assert (where, broken(desk)) == (where, {})


def test_breaks_no_rule_of_access_while_a_row_is_open(desk, live_server):
    desk.goto(live_server.url + LEDGER)
    desk.locator(".pencil").first.click()
    desk.locator(".cells input[name=title]").wait_for()
    desk.select_option("#assign-unit", label=plans.OTHER)
    desk.locator("#load table").wait_for()

    assert broken(desk) == {}


def test_keeps_time_from_left_to_right_in_every_script(desk, live_server):
    def ticks():
        boxes = desk.locator(".gantt__axis text").all()
        return [box.bounding_box()["x"] for box in boxes]

    for look in ("zh-hans", "ug"):
        go(desk, live_server, f"{LEDGER}timeline/", look, 1366, 768)
        assert ticks() == sorted(ticks())
        today = desk.locator(".gantt__row .gantt__bar").first.bounding_box()
        assert today["width"] > 3


def test_prints_the_head_on_every_sheet_and_no_chrome(desk, live_server):
    at = now()
    measure = Task.objects.first().measure
    for number in range(60):
        plans.task(at=at, measure=measure, title=f"打印的第{number}项任务")
    desk.goto(f"{live_server.url}{LEDGER}print/")
    desk.emulate_media(media="print")

    assert not desk.locator(".bar").is_visible()
    assert not desk.locator(".foot").is_visible()
    assert (
        desk.locator("thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
    )
    assert desk.locator("tbody tr").count() == 66
    assert len(desk.pdf(prefer_css_page_size=True)) > 10_000
