"""An instrument built in the real browser, wide and narrow: a question moved, put right, read by everybody."""

import pytest

from linli.assessments.actions import drafting
from linli.assessments.actions import instruments as actions
from linli.assessments.models import Edition
from linli.assessments.rules import languages
from linli.kernel.clock import now
from tests.browser.look import SIZES, broken, look_at, no_overflow, sign_in
from tests.offers.console import desk
from tests.town import assessments as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_builds_an_instrument_wide_and_narrow(page, live_server):
    by, at = town.planner(), now()
    code = town.edition(at=at).instrument.code
    draft = actions.draft_next(by=by, at=at, instrument=Edition.objects.get().instrument)
    drafting.revise(by=by, at=at, edition=draft, edit=languages.language_added("ug"))
    desk(by)  # has an account from now on
    sign_in(page, live_server, f"{by.role}-{by.unit}-{by.name}")
    here = f"{live_server.url}/en/console/instruments/{code}/draft/"

    for width in SIZES:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        for name, path in {
            "builder": here,
            "builder-item": f"{here}items/a/",
            "builder-words": f"{here}languages/ug/s/",
            "instrument": f"{live_server.url}/instruments/{code}/1/",
        }.items():
            page.goto(path)
            look_at(page, f"{name}-{width}")
            assert broken(page) == {}, (name, width)
            assert no_overflow(page), (name, width)

    page.goto(here)
    page.get_by_role("button", name="Question up 2").click()
    page.get_by_role("link", name="有服务窗口").click()
    page.get_by_label("Points").fill("7")
    page.get_by_role("button", name="Keep it").click()
    assert page.get_by_text("2 questions · 11 points").is_visible()
    assert [(x.key, x.weight) for x in Edition.objects.get(number=2).form.items()] == [
        ("b", 4),
        ("a", 7),
    ]
