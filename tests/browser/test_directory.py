"""Services and places in the real browser: every public page in every look, and the way of somebody in need."""

from datetime import UTC, datetime

import pytest

from linli.directory import actions
from linli.directory.actions import CostDraft, DocumentDraft, PhoneDraft, StageDraft, TermDraft
from tests.browser.look import SIZES, USUAL, broken, go, look_at, no_overflow, some_of
from tests.town import guides as town
from tests.town.staff import actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")
AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
RULES = (
    {
        "kind": "age",
        "from": 18,
        "until": 60,
        "reason": "年满18周岁、未满60周岁",
        "help": "满龄后再来",
    },
    {"kind": "holds", "document": "居住证", "reason": "持有居住证", "help": "先办居住证"},
)


@pytest.fixture
def places():
    """A town with one full guide, a place with everything said, and some others."""
    actions.write_term(by=actor(), at=AT, draft=TermDraft("theme", "work", "就业创业"))
    service = town.service(
        "创业担保贷款",
        at=AT,
        terms=("theme/work",),
        description="自主创业、手头缺钱的，可以申请政府贴息的贷款。",
        rules=RULES,
        promised_days=5,
        statutory_days=20,
        visits=1,
        basis="《就业促进法》第十九条",
        alert="年底前额度紧张",
        documents=(
            DocumentDraft(
                name="营业执照或者个体工商户登记证明", form="copy", copies=2, without="可以书面承诺"
            ),
            DocumentDraft(name="居住证"),
        ),
        stages=(StageDraft(name="受理", words="窗口核对", days=0), StageDraft(name="放款", days=5)),
        costs=(CostDraft(amount=1050, option="担保费"),),
        phones=(PhoneDraft(number="0937-6200000"),),
    )
    for number in range(5):
        place = town.station(
            f"第{number}街道便民服务站",
            at=AT,
            tile=(2 + number // 3, 2 + number % 3),
            schedules=(town.week(at=AT),),
            languages=(*town.spoken("ug", 0, 2), *town.spoken("zh-Hans", 0, 1, 2, 3, 4)),
            phones=(PhoneDraft(number=f"0937-620000{number}"),),
            access=("step-free", "lift"),
        )
        town.offer(service, place, at=AT, window="3号窗口")
    return service, place


def pages(service, place):
    return {
        "services": "/services/",
        "found": "/services/?q=贷款",
        "found-nothing": "/services/?q=火星移民",
        "guide": f"/services/{service.code}/",
        "for-you": f"/services/{service.code}/for-you/",
        "slip": f"/services/{service.code}/slip/",
        "stations": "/stations/",
        "station": f"/stations/{place.code}/",
        "languages": "/languages/",
        "search": "/search/?q=贷款",
    }


@pytest.mark.parametrize("look", LOOKS)
def test_breaks_no_rule_of_access_in_any_look(page, live_server, places, look):
    wrong = {}
    for name, path in pages(*places).items():
        for width, height in SIZES.items():
            go(page, live_server, path, look, width, height)
            if not no_overflow(page):
                wrong[name, width] = "runs over"
            if faults := broken(page):
                wrong[name, width] = faults
            if look in {*USUAL, "ug", "elder"}:
                look_at(page, f"directory-{name}-{look}-{width}")

    assert wrong == {}


def test_leads_from_a_word_to_the_door_without_a_script(browser, live_server, places):
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}/en/services/")
    page.fill("input[name=q]", "chuangye")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="创业担保贷款").click()
    page.get_by_role("link", name="Is it for you?").click()
    page.get_by_label("How old are you?").fill("30")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="See whether").click()
    said = page.locator("h1").inner_text()
    address = page.url
    page.locator("a.button", has_text="Where and when").click()
    page.get_by_role("link", name="第0街道便民服务站").click()

    assert said == "Yes: you can have this"
    assert "?" not in address
    assert page.locator("h1").inner_text() == "第0街道便民服务站"
    assert page.get_by_text("09:00–17:00").count() == 5
    assert context.cookies() == []
    context.close()


def test_goes_from_a_square_of_the_map_to_the_place(page, live_server, places):
    go(page, live_server, "/stations/")
    page.locator(".map__tile").nth(1).click()

    assert page.url.startswith(f"{live_server.url}/stations/")
    assert page.locator("h1").inner_text().endswith("便民服务站")


def test_asks_no_other_server(page, live_server, places):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages(*places).values():
        page.goto(live_server.url + path)

    assert asked
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
