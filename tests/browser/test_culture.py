"""Contests, a quiz and neighbours in the real browser: every look without a fault, and a work's way without JavaScript."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.offers.models import Entry
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in, some_of, views
from tests.town import culture, offers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = some_of("zh-hans", "zh-hant", "ug", "elder", "dark")


@pytest.fixture
def town(settings, tmp_path):
    settings.KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    at = now()
    early = at - timedelta(days=20)
    told, judging = culture.contest(at=early), culture.contest(at=early)
    picture = {"kind": "image", "words": "", "file": culture.rebuilt()}
    sent = [culture.sent(told, at=early, shown=True).entry for _ in range(3)]
    sent.append(culture.sent(told, at=early, shown=True, **picture).entry)
    culture.judged(told, {one: 60 + n for n, one in enumerate(sent)}, at=at)
    work = culture.sent(judging, at=early, **picture).entry
    circle = culture.circle(at=at)
    for side in ("wanted", "offered"):
        culture.neighbour(circle, side, at=at)
    return SimpleNamespace(
        told=told.offer.code,
        taking=culture.contest(at=at).offer.code,
        judging=f"{judging.offer.code}/{work.number}",
        quiz=culture.quiz(at=at).code,
        circle=circle.offer.code,
    )


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_stands_in_every_look(page, live_server, town, look, width):
    paths = {
        "contest": f"/contests/{town.told}/",
        "send": f"/contests/{town.taking}/send/",
        "wall": f"/wall/{town.told}/",
        "quiz": f"/quiz/{town.quiz}/",
        "volunteers": "/volunteers/",
        "join": f"/volunteers/{town.circle}/join/",
    }
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"culture-{name}-{look}-{width}")


@pytest.mark.parametrize("width", SIZES)
def test_stands_on_the_desk(page, live_server, town, width):
    Staff.objects.create(
        username="officer", name="经办人", role=Role.OFFICER, unit=offers.LABOUR, password="long-enough-1"
    )  # fmt: skip
    sign_in(page, live_server, "officer")
    desk = "/console/offers"
    for name, path in {
        "contests": f"{desk}/contests/",
        "jury": f"{desk}/contests/{town.told}/",
        "judge": f"{desk}/contests/{town.judging}/",
        "prize": f"{desk}/contests/{town.told}/prize/",
        "bank": f"{desk}/quizzes/{town.quiz}/",
        "pairs": f"{desk}/pairs/",
    }.items():
        go(page, live_server, path, "zh-hans", width, SIZES[width])
        assert no_overflow(page), (name, width)
        assert broken(page) == {}, (name, width)
        look_at(page, f"culture-desk-{name}-{width}")


def test_sends_a_work_and_lets_it_hang_without_javascript(browser, live_server, town):
    page = browser.new_context(java_script_enabled=False, locale="en").new_page()
    page.goto(f"{live_server.url}/en/contests/{town.taking}/send/")
    page.check("input[name=kind][value=text]")
    page.fill("input[name=title]", "楼下的灯")
    page.fill("textarea[name=words]", "一直亮着。")
    page.click("main form button")
    number, mark = (one.inner_text() for one in page.locator(".claim").all())
    page.goto(f"{live_server.url}/en/contests/{town.taking}/mine/")
    page.fill("input[name=number]", number)
    page.fill("input[name=mark]", mark)
    page.click("main form button")
    assert Entry.objects.get(number=number, contest__offer__code=town.taking).shown_on is None
    page.locator("form[action$='/hang/'] button").click()

    assert page.locator("form[action$='/down/']").count() == 1
    kept = Entry.objects.get(number=number, contest__offer__code=town.taking)
    assert kept.shown_on is not None
    page.context.close()
