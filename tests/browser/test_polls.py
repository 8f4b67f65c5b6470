"""A poll in the real browser: its pages in every look, and a slip whose code is sent in no address."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate

from linli.assessments.actions import polls
from linli.assessments.models import PollMatter
from linli.kernel.clock import now
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, some_of
from tests.town import polls as town
from tests.town.assessments import planner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def has(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    at = now()
    past = at - timedelta(days=9)
    told = town.opened(at=past, until=localdate(past))
    town.answers(told, town.slips(told, 12, at=past), at=past)
    polls.release_poll(by=planner(), at=at, poll=told)
    runs = town.opened(at=at, until=localdate(at) + timedelta(days=9), title="进行中的测评")
    return SimpleNamespace(told=told.code, runs=runs.code, slip=town.slips(runs, 1, at=at)[0])


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("look", some_of("zh-hans", "ug", "elder", "dark"))
def test_stands_in_every_look(page, live_server, has, look, width):
    paths = {
        "polls": "/polls/", "result": f"/polls/{has.told}/", "poll": f"/polls/{has.runs}/",
        "slip": f"/polls/{has.runs}/answer/",
    }  # fmt: skip
    for name, path in paths.items():
        go(page, live_server, path, look, width, SIZES[width])
        assert no_overflow(page), (name, look, width)
        assert broken(page) == {}, (name, look, width)
        look_at(page, f"polls-{name}-{look}-{width}")


def test_sends_the_code_of_a_slip_in_no_address_and_keeps_no_cookie(page, live_server, has):
    digits, asked = has.slip.replace(" ", ""), []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))  # fmt: skip
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/en/polls/{has.runs}/answer/#{digits}")

    assert page.input_value("[data-slip]") == has.slip
    assert digits not in page.url
    page.click("main .button")
    page.get_by_label("Good").check()
    page.click("main .button")
    page.get_by_role("heading", name="Thank you").wait_for()

    sent = [said.partition("#")[0] for one in asked for said in one]
    assert not any(digits in said for said in sent)
    assert page.context.cookies() == []
    assert PollMatter.objects.get(poll__code=has.runs).answered == 1
