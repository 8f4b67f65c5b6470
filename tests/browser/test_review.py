"""The review in the real browser: by keyboard from the first item to the ledger, in bulk, without script."""

import pytest

from linli.demo import indicators
from linli.demo.town import REPORTS
from linli.facts.models import Fact
from linli.kernel.actors import Role, system
from linli.plans.models import Task
from linli.reports import actions
from linli.reports.models import Taken
from linli.reports.queries.review import review_of
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of
from tests.town import directory, flows
from tests.town.staff import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(noon):
    """Return the demo's report of Jiayuguan, 2018, in a directory that knows some of its units."""
    directory.area()
    for name in ("嘉峪关市民族事务委员会", "嘉峪关市教育局", "嘉峪关市司法局"):
        directory.unit(name)
    by = system("test")
    indicators.define_all(by=by, at=noon)
    name = "jiayuguan-2018.txt"
    return actions.receive(by=by, data=(REPORTS / name).read_bytes(), name=name, at=noon)


@pytest.fixture
def planner(page, live_server):
    account(Role.PLANNER, username="planner")
    sign_in(page, live_server, "planner")
    return page


def address(server, report, rest=""):
    return f"{server.url}/console/reports/{report.code}/review/{rest}"


def counts(report):
    return review_of(report).counts


def current(page):
    return page.locator('[data-review] [aria-current="true"]').get_attribute("data-item")


def settle(page, report, *, decided):
    page.locator(f'progress[value="{decided}"]').wait_for()
    assert counts(report)["decided"] == decided


@pytest.mark.parametrize("width", SIZES)
def test_fits_phone_and_desktop(planner, live_server, report, width):
    planner.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, rest in (("", ""), ("correct", "m30/"), ("merge", "m30/merge/"), ("take", "take/")):
        planner.goto(address(live_server, report, rest))
        assert no_overflow(planner), rest
        look_at(planner, f"review-{name}-{width}")


def test_reviews_a_whole_report_by_keyboard(planner, live_server, report):
    planner.set_viewport_size({"width": 1366, "height": 768})
    planner.goto(address(live_server, report, "?kind=planned"))
    keys = planner.keyboard

    keys.press("j")
    first = current(planner)
    keys.press("j")
    keys.press("k")
    assert current(planner) == first == "m30"
    keys.press("a")
    settle(planner, report, decided=1)
    assert current(planner) == "m31"
    keys.press("x")
    settle(planner, report, decided=2)
    assert current(planner) == "m32"
    keys.press("k")
    keys.press("u")
    settle(planner, report, decided=1)

    planned = planner.locator("[data-review] [data-item]").count()
    for decided in range(2, planned + 1):
        keys.press("a")
        settle(planner, report, decided=decided)
    assert counts(report)["accept"] == planned >= 6
    look_at(planner, "review-by-keyboard")

    keys.press("z")
    settle(planner, report, decided=planned - 1)


def test_corrects_in_a_drawer_by_keyboard(planner, live_server, report):
    planner.goto(address(live_server, report, "?kind=planned"))
    planner.keyboard.press("j")
    planner.keyboard.press("e")
    drawer = planner.locator("#drawer")
    drawer.wait_for(state="visible")
    look_at(planner, "review-drawer")
    assert broken(planner) == {}

    # Letters typed into the drawer are text, not keys.
    planner.fill("#drawer [name=title]", "axxz")
    planner.keyboard.press("a")
    planner.locator("#drawer form[method=post] .button").click()

    planner.wait_for_url("**#i-m30")
    one = next(one for one in review_of(report).items if one.item.id == "m30")
    assert one.holds.becomes["title"] == "axxza"
    assert current(planner) == "m30"

    planner.keyboard.press("e")
    drawer.wait_for(state="visible")
    planner.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert current(planner) == "m30"


def test_heeds_no_key_in_a_field_nor_when_keys_are_off(planner, live_server, report):
    planner.goto(address(live_server, report))
    planner.keyboard.press("j")
    planner.select_option("[name=kind]", "figure")
    planner.focus("[name=kind]")
    planner.keyboard.press("a")
    planner.keyboard.press("x")
    assert counts(report)["decided"] == 0

    planner.locator("button[name=keys]").click()
    planner.wait_for_load_state()
    planner.keyboard.press("j")
    planner.keyboard.press("a")
    assert planner.locator('[data-review] [aria-current="true"]').count() == 0
    assert counts(report)["decided"] == 0


def test_decides_in_bulk_and_undoes_it(planner, live_server, report):
    planner.goto(address(live_server, report, "?kind=figure"))
    planner.locator("[data-all]").check()
    chosen = planner.locator("[name=item]:checked").count()
    planner.locator("button[name=verb][value=reject]").click()
    settle(planner, report, decided=chosen)
    assert chosen == counts(report)["reject"] >= 28
    planner.locator(".toast").wait_for()

    planner.keyboard.press("z")
    settle(planner, report, decided=0)


def test_never_offers_what_is_out_of_scope(planner, live_server, report):
    planner.goto(address(live_server, report, "?state=out_of_scope"))
    look_at(planner, "review-out-of-scope")

    assert planner.locator("[data-item=m13]").is_visible()
    assert planner.locator("[data-item=m13] button, [data-item=m13] input").count() == 0
    planner.keyboard.press("j")
    planner.keyboard.press("a")
    assert counts(report)["decided"] == 0

    # Who sends the form all the same is refused.
    token = planner.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = planner.request.post(
        address(live_server, report, "decide/"),
        form={"csrfmiddlewaretoken": token, "one": "accept:m13"},
        headers={"Referer": live_server.url},
    )
    assert answer.status == 422
    assert counts(report)["decided"] == 0


def test_takes_what_was_accepted_into_the_ledger(planner, live_server, report):
    planner.goto(address(live_server, report))
    planner.locator("button[name=shown][value=accept]").click()
    planner.locator('a.button[href$="/review/take/"]').click()
    planner.wait_for_url("**/take/")
    look_at(planner, "review-take-filled")
    assert broken(planner) == {}
    planner.locator("form[method=post] .button").last.click()

    planner.wait_for_url("**?state=taken")
    look_at(planner, "review-taken")
    assert Task.objects.count() >= 6
    assert Taken.objects.count() == counts(report)["taken"] > 30
    code = Fact.objects.get(indicator__code="jobs.fairs").code
    planner.locator(f'a[href="/c/{code}"]').click()
    planner.wait_for_url(f"**/c/{code}")


def test_works_without_script(browser, live_server, report):
    account(Role.PLANNER, username="planner")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "planner")
    page.goto(address(live_server, report, "?kind=planned"))

    page.locator('button[value="accept:m30"]').click()
    page.wait_for_url("**?kind=planned#i-m30")
    page.locator("[name=item][value=m31]").check()
    page.locator("[name=item][value=m32]").check()
    page.locator("button[name=verb][value=reject]").click()
    page.wait_for_url("**#items")
    page.locator('[data-item=m33] a[data-key="e"]').click()
    page.fill("[name=title]", "提供岗位")
    page.locator("main form[method=post] .button").click()
    page.wait_for_url("**#i-m33")
    page.locator('[data-item=m34] a[data-key="m"]').click()
    page.wait_for_url("**/m34/merge/**")

    found = flows.states(report)
    assert [found[item] for item in ("m30", "m31", "m32", "m33")] == [
        "accept",
        "reject",
        "reject",
        "accept",
    ]
    context.close()


@pytest.mark.parametrize("look", some_of("zh-hans", "zh-hant", "ug", "mn-mong", "elder", "dark"))
def test_breaks_no_rule_of_access(planner, live_server, report, look):
    flows.decide(report, report.received_at, m30=("reject", {}))
    for rest in ("", "m31/", "m31/merge/"):
        path = f"/console/reports/{report.code}/review/{rest}"
        go(planner, live_server, path, look, width=1366, height=768)

        assert (rest, broken(planner)) == (rest, {})
        look_at(planner, f"review-{look}{rest.strip('/').replace('/', '-')}")
