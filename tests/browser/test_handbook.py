"""Pictures of the handbook, taken of real pages of the demo: nothing runs over, no rule of access is broken.

With LINLI_SCREENSHOTS they are written to where the handbook shows them.
"""

import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from linli.assessments.models import Inspection
from linli.cases.actions import handling, reading
from linli.cases.models import Case
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from linli.offers.models import Session
from linli.portal.handbook.chapters import PICTURES, ROLES
from linli.reports.models import Report
from linli.trace.models import Premises
from tests.browser.look import LOOKS, SIZES, broken, drawn, go, look_at, no_overflow, sign_in, views
from tests.town import filled
from tests.town.staff import actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LARGEST = 60 * 1024
SAID = "楼道里的路灯坏了半个月，老人晚上看不见台阶。"
ON = "main form[method=post]:not(.leave):not(.ask__later) button.button:not(.button--second)"
GROUP = "四点半课后小组"
SHOP, VISITED = "河口牛肉面馆（示例）", "绿洲清真餐厅（示例）"


@pytest.fixture
def telephone(browser):
    """Return a page of a telephone, sharp enough to be read in a picture."""
    context = browser.new_context(
        viewport={"width": 360, "height": SIZES[360]}, device_scale_factor=2
    )
    yield context.new_page()
    context.close()


def test_shows_every_page_that_the_handbook_speaks_of(
    page, telephone, live_server, noon, tmp_path, time_machine
):
    page.set_viewport_size({"width": 1366, "height": SIZES[1366]})
    with filled.demo(tmp_path, noon):
        time_machine.move_to(noon)
        forget_all()
        for_residents(telephone, live_server)
        for_inspectors(telephone, page, live_server)
        for_officers(page, live_server)
        for_operators(page, live_server)
        for_clerks(page, live_server, time_machine)


def for_residents(page, server):
    page.goto(f"{server.url}/ask/")
    page.fill("textarea[name=words]", SAID)
    take(page, "ask")
    slip = asked(page)
    take(page, "receipt")
    worked_on(Case.objects.get(code=slip[0]))
    page.goto(f"{server.url}/follow/")
    page.fill("input[name=code]", slip[0])
    page.fill("input[name=passphrase]", slip[1])
    on(page)
    take(page, "follow")
    page.goto(f"{server.url}/offers/sessions/{group().code}/")
    take(page, "session")
    page.goto(f"{server.url}/q/{Premises.objects.get(name=SHOP).code}")
    take(page, "lookup")
    page.context.clear_cookies()


def asked(page):
    """Go on from the first page to the receipt; return code and passphrase."""
    on(page)
    page.check("input[value=noise]")  # which light and noise belong to
    for _page in ("topic", "place", "more", "answer", "check"):
        on(page)
    return [one.inner_text() for one in page.locator(".slip .claim").all()]


def worked_on(case):
    """Let the unit read it, take it, and ask for two days more."""
    by, at = actor(Role.OFFICER, unit=case.unit.name), now()
    reading.read(by=by, at=at, case=case, purpose="handle")
    handling.take(by=by, at=at, case=case)
    words = "须与物业现场查看线路。"
    handling.extend(by=by, at=at, case=case, days=1, kind="on_site", words=words)


def group():
    return Session.objects.filter(offer__title=GROUP, starts_at__gt=now()).earliest("starts_at")


def for_clerks(page, server, time_machine):
    sign_in(page, server, "clerk")
    page.goto(f"{server.url}/console/window/")
    take(page, "window")
    session = group()
    time_machine.move_to(session.starts_at - timedelta(minutes=10))
    sign_in(page, server, member("door", Role.CLERK, session.offer.unit))
    page.goto(f"{server.url}/console/offers/sessions/{session.code}/door/1/")
    take(page, "door")


def for_officers(page, server):
    sign_in(page, server, "officer")
    page.goto(f"{server.url}/console/")
    take(page, "desk")
    unit = Staff.objects.get(username="officer").unit
    case = Case.objects.filter(unit__name=unit, state=Case.WORKING).latest("asked_at")
    page.goto(f"{server.url}/console/cases/{case.code}/")
    take(page, "case")
    report = Report.objects.get(name="jiayuguan-2018.txt")
    page.goto(f"{server.url}/console/reports/{report.code}/review/")
    take(page, "review")


def for_inspectors(page, desk, server):
    to_come = Inspection.objects.get(
        assessment__done_at=None, assessment__dropped_at=None, drawn=""
    )
    name = member("inspects", Role.OFFICER, to_come.assessment.unit)
    sign_in(page, server, name)
    page.goto(f"{server.url}/insp/")
    expect(page.locator("[data-ready-said]")).not_to_be_empty()
    take(page, "visits")
    page.goto(f"{server.url}/insp/{to_come.assessment.code}/")
    for item in ("permit", "cold"):
        page.check(f"[name='v.{item}'][value=yes]")
    take(page, "visit")
    sign_in(desk, server, name)
    visited = Inspection.objects.filter(assessment__subject__name=VISITED).earliest("pk")
    desk.goto(f"{server.url}/console/inspections/{visited.assessment.code}/")
    take(desk, "inspection")


def for_operators(page, server):
    sign_in(page, server, "administrator")
    page.goto(f"{server.url}/console/accounts/")
    take(page, "accounts")
    page.goto(f"{server.url}/console/check/")
    with page.expect_navigation(wait_until="load"):
        page.locator("form[action$='/check/run/'] button").click()
    take(page, "check")


def member(username, role, unit):
    """Return the user name of somebody who works at a unit."""
    Staff.objects.create(
        username=username, name="示例", role=role, unit=str(unit), password="long-enough-1"
    )
    return username


def on(page):
    with page.expect_navigation(wait_until="load"):
        page.locator(ON).first.click()


def take(page, name):
    """Look at a page as everybody meets it; keep its picture, when asked to."""
    assert no_overflow(page), name
    assert broken(page) == {}, name
    page.evaluate("(document.querySelector('main h1') || document.body).scrollIntoView()")
    page.evaluate("window.scrollBy(0, -16)")
    if "LINLI_SCREENSHOTS" in os.environ:
        (PICTURES / f"{name}.webp").write_bytes(small(page.screenshot(animations="disabled")))


def small(shot):
    """Return a picture in few bytes: as good as fits."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    for quality in range(85, 20, -10):
        made = BytesIO()
        picture.save(made, "WEBP", quality=quality, method=6)
        if made.tell() <= LARGEST:
            break
    return made.getvalue()


@pytest.mark.parametrize(("look", "width"), views(LOOKS))
def test_reads_in_every_look(page, live_server, look, width):
    for path in ("/handbook/", *(f"/handbook/{role}/" for role in ROLES)):
        go(page, live_server, path, look, width, SIZES[width])
        # Lines that run downwards go on sideways.
        assert look == "mn-mong" or no_overflow(page), path
        assert broken(page) == {}, path
        for picture in page.locator("main img").all():
            assert drawn(picture) > 100
        look_at(page, f"{path.strip('/').replace('/', '-')}-{look}-{width}")
