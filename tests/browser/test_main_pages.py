"""Pictures of the main pages at phone and desktop width, for people to look at; nothing runs over."""

import pytest

from linli.demo import town
from linli.kernel.actors import system
from linli.reports import actions
from linli.reports.models import Report
from tests.browser.look import SIZES, look_at, no_overflow, sign_in
from tests.town import filled
from tests.town.staff import actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page, server, pages):
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for name, path in pages.items():
            page.goto(server.url + path)
            look_at(page, f"{name}-{width}")
            assert no_overflow(page), (name, width)


def test_shows_the_demo_on_every_main_page(page, live_server, noon, tmp_path):
    with filled.demo(tmp_path, noon):
        look_around(page, live_server)


def look_around(page, live_server):
    jinniu = Report.objects.get(name="jinniu.html")
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
    fits(page, live_server, public)

    sign_in(page, live_server, "planner")
    console = {
        "desk": "/console/",
        "ledger": "/console/ledger/",
        "ledger-tree": "/console/ledger/tree/",
        "ledger-timeline": "/console/ledger/timeline/",
        "console-figures": "/console/facts/",
        "contradictions": "/console/facts/contradictions/",
        "bodies": "/console/bodies/",
        "console-reports": "/console/reports/",
        "console-reading": f"/console/reports/{jinniu.code}/",
    }
    fits(page, live_server, console)


def test_reads_the_whole_page_by_keyboard(page, live_server, noon):
    """Tab reaches the skip link, the reading and its lists; nothing traps the focus."""
    data = (town.REPORTS / "jinniu.html").read_bytes()
    report = actions.receive(by=system("test"), data=data, name="jinniu.html", at=noon)
    actions.publish(by=actor(), report=report, at=noon)
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
