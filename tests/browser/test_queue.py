"""The queue and the page of a case in the real browser: keys, drawer, answer; phone and desktop, with and without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from linli.cases.actions import handling, topics
from linli.cases.models import Case
from linli.kernel.clock import now
from linli.kernel.models import Look, Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import cases, directory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/console/cases/"
UYGHUR = "بىنادىكى چىراغ ئۈچ ھەپتىدىن بېرى بۇزۇق، كېچىدە يولنى كۆرگىلى بولمايدۇ."
LOOKS = some_of("zh-hans", "en", "ug", "mn-mong", "elder", "dark")


@pytest.fixture
def town(db):
    """Cases of every kind at one unit; the newest is in hand, was said in Uyghur, and much was done with it."""
    at, officer = now(), cases.officer()
    cases.other()
    legal = cases.topic(
        "legal-aid", unit=cases.LEGAL, name="法律援助", kind="legal_aid", sensitive=True
    )
    for days in (9, 4, 2):
        cases.asked(at=at - timedelta(days=days))
    done = cases.taken(
        at=at - timedelta(days=1), words=UYGHUR, wish="请修好。", reply_language="ug"
    )
    handling.note(by=officer, at=at, case=done, words="已电话联系物业。")
    handling.extend(by=officer, at=at, case=done, days=2, kind="on_site", words="须现场查看。")
    unit = directory.unit(cases.LEGAL)
    handling.join(by=officer, at=at, case=done, unit=unit, words="请协助核实。")
    topics.write_template(by=officer, at=at, name="已派员", language="ug", words="خادىم ئەۋەتىلدى.")
    cases.handed_on(
        at=at, to=cases.HOUSING, case=cases.taken(at=at, topic=legal, fields_granted=("words",))
    )
    for who, name in (
        (officer, "officer"),
        (cases.clerk(), "clerk"),
        (cases.supervisor(), "supervisor"),
    ):
        Staff.objects.create(
            username=name, name=who.name, role=who.role, unit=who.unit, password="long-enough-1"
        )
    return done


@pytest.fixture
def desk(page, live_server, town):
    sign_in(page, live_server, "officer")
    return page


@pytest.fixture
def plain(browser, live_server, town):
    """The same desk without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "officer")
    yield page
    context.close()


def looks_at(case):
    return Look.objects.filter(about=case.code).count()


@pytest.mark.parametrize("width", SIZES)
def test_opens_a_case_beside_the_queue_by_keys(desk, live_server, town, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    desk.goto(live_server.url + QUEUE)
    rows = desk.locator("tbody tr")
    first = Case.objects.get(code=rows.first.get_attribute("id").removeprefix("case-"))

    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    assert looks_at(first) == 0
    desk.keyboard.press("e")
    drawer = desk.locator("#drawer")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text(cases.WORDS)

    assert desk.url.endswith(QUEUE)
    assert looks_at(first) == 1
    assert no_overflow(desk)
    look_at(desk, f"queue-drawer-{width}")
    desk.keyboard.press("Escape")
    expect(drawer).not_to_be_visible()


@pytest.mark.parametrize("width", SIZES)
def test_takes_from_the_drawer(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    desk.goto(f"{live_server.url}{QUEUE}?unassigned=on")
    code = desk.locator("tbody tr").first.get_attribute("id").removeprefix("case-")

    desk.locator("tbody th a").first.click()
    desk.locator("#drawer form button.button").first.click()
    desk.wait_for_url(f"**{QUEUE}{code}/")

    assert Case.objects.get(code=code).state == Case.WORKING


def test_searches_by_key(desk, live_server):
    desk.goto(live_server.url + QUEUE)

    desk.keyboard.press("/")

    assert desk.evaluate("document.activeElement.closest('.filters') !== null")


@pytest.mark.parametrize("width", SIZES)
def test_takes_the_chosen_cases(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    desk.goto(f"{live_server.url}{QUEUE}?unassigned=on")

    desk.locator("[data-choose-all]").check()
    assert desk.locator("[data-chosen]").inner_text() == "3"
    desk.locator("#take .button").first.click()
    desk.locator("[data-toast]").wait_for()

    assert Case.objects.filter(unit__name=cases.HOUSING, state=Case.WORKING).count() == 4


@pytest.mark.parametrize("width", SIZES)
def test_writes_an_answer_with_template_and_preview(desk, live_server, town, width):
    desk.set_viewport_size({"width": width, "height": SIZES[width]})
    desk.goto(f"{live_server.url}{QUEUE}{town.code}/")
    words = desk.locator("textarea[name=reply-words]")

    desk.select_option("select[name=reply-template]", label="已派员")
    desk.locator("#reply button[value=fill]").click()
    expect(words).to_have_value("خادىم ئەۋەتىلدى.")
    desk.locator("#reply button[value=preview]").click()
    expect(desk.locator(".letter")).to_have_text("خادىم ئەۋەتىلدى.")
    assert desk.locator(".letter").evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert looks_at(town) == 1  # the page alone: a draft opens nothing
    desk.locator("#reply button[value=send]").click()
    desk.locator("[data-toast]").wait_for()

    assert Case.objects.get(pk=town.pk).state == Case.ANSWERED


@pytest.mark.parametrize("width", SIZES)
def test_writes_an_answer_without_script(plain, live_server, town, width):
    plain.set_viewport_size({"width": width, "height": SIZES[width]})
    plain.goto(live_server.url + QUEUE)
    plain.locator(f"#case-{town.code} th a").click()

    plain.fill("textarea[name=reply-words]", "灯已修好。")
    plain.locator("#reply button[value=preview]").click()
    assert plain.locator(".letter").inner_text() == "灯已修好。"
    assert plain.locator("textarea[name=reply-words]").input_value() == "灯已修好。"
    plain.locator("#reply button[value=send]").click()

    assert plain.url == f"{live_server.url}{QUEUE}{town.code}/"
    assert Case.objects.get(pk=town.pk).state == Case.ANSWERED


def test_hands_on_without_script(plain, live_server, town):
    plain.goto(f"{live_server.url}{QUEUE}{town.code}/")

    plain.locator("#hand_on summary").click()
    plain.select_option("select[name=hand-unit]", label=cases.LEGAL)
    plain.fill("textarea[name=hand-words]", "请办理。")
    plain.locator("#hand_on button").click()

    assert Case.objects.get(pk=town.pk).hand_overs.get().to_unit.name == cases.LEGAL


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_breaks_no_rule_of_access(desk, live_server, town, look, width):
    for path in (
        QUEUE,
        f"{QUEUE}{town.code}/",
        "/console/causes/",
        "/console/emergency/",
        "/console/replies/",
    ):
        go(desk, live_server, path, look=look, width=width, height=SIZES[width])
        desk.evaluate("document.querySelectorAll('.acts details').forEach(one => one.open = true)")

        assert broken(desk) == {}, path
        # Where lines run down, a page is read sideways.
        assert look == "mn-mong" or no_overflow(desk), path
    look_at(desk, f"queue-{look}-{width}")


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("clerk", ("/console/window/", "/console/topics/")),
        ("supervisor", (f"{QUEUE}overview/", "/console/emergency/", "/console/officials/")),
    ],
)
@pytest.mark.parametrize("width", SIZES)
def test_breaks_no_rule_of_access_for_others(page, live_server, town, who, paths, width):
    sign_in(page, live_server, who)
    for path in paths:
        go(page, live_server, path, width=width, height=SIZES[width])

        assert broken(page) == {}, path
        assert no_overflow(page), path
