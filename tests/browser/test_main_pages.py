"""Pictures of the main pages at phone and desktop width, for people to look at; nothing runs over."""

import pytest

from linli.demo import town
from linli.demo.staff import PASSWORD
from linli.reports.models import Report
from tests.browser.look import SIZES, look_at, no_overflow, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", SIZES)
def test_shows_the_demo_on_every_main_page(page, live_server, noon, width):
    town.fill(size=1, at=noon)
    jinniu = Report.objects.get(name="jinniu.html")
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    public = {
        "home": "/",
        "home-hant": "/zh-hant/",
        "home-ug": "/ug/",
        "promises": "/promises/",
        "promises-ug": "/ug/promises/620200/",
        "figures": "/facts/",
        "reports": "/reports/",
        "reading": f"/reports/{jinniu.code}/",
        "privacy": "/privacy/",
        "styleguide": "/styleguide/",
        "sign-in": "/account/login/",
    }
    for name, path in public.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name

    sign_in(page, live_server, "planner", PASSWORD)
    for name, path in {
        "desk": "/console/",
        "ledger": "/console/ledger/",
        "ledger-tree": "/console/ledger/tree/",
        "ledger-timeline": "/console/ledger/timeline/",
        "console-figures": "/console/facts/",
        "contradictions": "/console/facts/contradictions/",
        "bodies": "/console/bodies/",
        "console-reports": "/console/reports/",
        "console-reading": f"/console/reports/{jinniu.code}/",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert no_overflow(page), name


def test_reads_the_whole_page_by_keyboard(page, live_server, noon):
    """Tab reaches the skip link, the reading and its lists; nothing traps the focus."""
    town.fill(size=1, at=noon)
    report = Report.objects.get(name="jinniu.html")
    page.goto(f"{live_server.url}/reports/{report.code}/")

    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.className + '#' + document.activeElement.id"
                " + (document.activeElement.getAttribute('href') || '')"
            )
        )

    assert reached[0].startswith("skip")
    assert any("reading__pane#source" in place for place in reached)
    assert sum("mark" in place and "#s-" in place for place in reached) == 1
    assert any(place.endswith("#s-f2") for place in reached)
