"""Draws in the real browser: what everybody reads, what the console plans; no fault, no overflow."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.assessments.actions import conflicts
from linli.kernel.models import Staff
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in
from tests.town import assessments, directory, drawn, inspections

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def draws():
    """A draw of checks that everybody sees, one of premises, and a round that waits for its own."""
    round_ = assessments.opened(at=AT, doubled=20)
    drawn.candidates(7, at=AT, of=round_)
    one, other = directory.unit("第1社区"), directory.unit("第2社区")
    conflicts.tell_conflict(
        by=assessments.planner(), at=AT, units=(one, other), reason="两委交叉任职"
    )
    for name in ("清香面馆", "雄关路牛肉面", "和谐家园早餐店"):
        inspections.premises(at=AT, name=name, street="嘉峪关市新华南路 12 号")
    drawn.pool(3, at=AT)
    checks = drawn.drawn(drawn.checks(at=AT, of=round_))
    sites = drawn.drawn(drawn.sites(at=AT + timedelta(days=1)))
    waits = assessments.opened(at=AT, scheme=assessments.scheme(at=AT, name="示范窗口"))
    names = ("甲社区", "乙社区", "丙社区", "丁社区", "戊社区", "己社区")
    for name in names:
        one = assessments.candidate(name, at=AT, of=waits)
        assessments.rounds.step(by=assessments.planner(), at=AT, candidacy=one, to="site")
    return checks, sites, waits


@pytest.fixture
def planner():
    by = assessments.planner()
    Staff.objects.create(username="p", name=by.name, role=by.role, unit=by.unit, password="x")
    return "p"


def test_looks_as_it_should(page, live_server, draws, planner):
    checks, sites, waits = draws
    sign_in(page, live_server, planner)
    pages = {
        "draws": "/schemes/draws/",
        "checks": f"/schemes/draws/{checks.code}/",
        "sites": f"/schemes/draws/{sites.code}/",
        "assigned": f"/console/rounds/{checks.round.code}/assign/",
        "assign": f"/console/rounds/{waits.code}/assign/?stage=site",
        "site-draws": "/console/site-draws/",
        "site-draw": f"/console/site-draws/{sites.code}/",
        "site-draw-new": "/console/site-draws/new/",
        "pool": "/console/site-draws/pool/",
        "conflicts": "/console/conflicts/",
    }
    faults = {}
    for name, path in pages.items():
        for width in SIZES:
            go(page, live_server, path, width=width, height=SIZES[width])
            look_at(page, f"draw-{name}-{width}")
            if not no_overflow(page):
                faults[name, width] = "overflow"
        if found := broken(page):
            faults[name] = found

    assert faults == {}
