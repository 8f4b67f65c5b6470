"""Results on notice and the register of honours in the real browser: in every look; an objection from its form to its page."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from linli.assessments.models import Objection
from linli.kernel.clock import now
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of
from tests.town import notices as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def has(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    at = now()
    award, _later = town.named("甲社区", at=at - timedelta(days=60))
    told = town.scored("乙社区", at=at, of=town.round_(at=at, scheme=award.candidacy.round.scheme))
    notice = town.told(told, at=at)
    town.objected(told, at=at, item="a")
    return SimpleNamespace(told=told.code, notice=notice.code, award=award.code)


@pytest.mark.parametrize("look", some_of("zh-hans", "ug", "elder", "dark"))
def test_stands_in_every_look(page, live_server, has, look):
    paths = {
        "candidate": f"/schemes/candidates/{has.told}/", "notice": f"/schemes/notices/{has.notice}/",
        "object": f"/schemes/candidates/{has.told}/object/", "honours": "/honours/",
        "certificate": f"/honours/{has.award}/certificate/",
    }  # fmt: skip
    for name, path in paths.items():
        go(page, live_server, path, look, 360, SIZES[360])
        assert no_overflow(page), (name, look)
        assert broken(page) == {}, (name, look)
        look_at(page, f"notices-{name}-{look}-360")


def test_objects_without_a_name_and_sees_how_it_stands(page, live_server, has):
    page.goto(f"{live_server.url}/en/schemes/candidates/{has.told}/")
    page.get_by_role("link", name="Object to this result").click()
    page.get_by_label("Something in it is not so").check()
    page.get_by_label("What is not right?").fill("服务窗口没有开放。")
    page.locator("main .button").click()
    code, passphrase = page.locator(".slip .claim").all_inner_texts()
    page.get_by_role("link", name="See how it stands").click()
    page.get_by_label("Your code").fill(code)
    page.get_by_label("Passphrase").fill(passphrase)
    page.locator("main .button").click()

    page.get_by_role("heading", name="Your objection").wait_for()
    assert "服务窗口没有开放。" in page.inner_text("main")
    assert Objection.objects.get(code=code).state == "open"
