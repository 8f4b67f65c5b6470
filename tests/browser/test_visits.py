"""A visit on a telephone in the real browser: the network is cut, the tab closed, two telephones come back."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Error, expect

from linli.assessments.actions import correcting, inspecting, register
from linli.assessments.models import Backing, Sheet, SheetSignature
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.kernel.uploads import Rebuilt
from tests.browser.look import SIZES, broken, go, look_at, no_overflow, sign_in
from tests.town import hostile_photos
from tests.town import inspections as town

DRAFTED = """async () => {
    while (!(await linliVisits.get('drafts', location.pathname)))
        await new Promise(after => setTimeout(after, 50));
}"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit():
    """Return a visit of today, and who makes it."""
    for username in ("goes", "colleague"):
        Staff.objects.create(
            username=username,
            name=username,
            role=Role.OFFICER,
            unit=town.UNIT,
            password="long-enough-1",
        )
    return town.planned(at=now(), day=localdate(now()))


def ready(page, server):
    sign_in(page, server, "goes")
    go(page, server, "/insp/")
    expect(page.locator("[data-ready-said]")).not_to_be_empty()


def cut_off(page):
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")


def fill(page, cold="no", photo=None):
    page.check(f"[name='v.cold'][value={cold}]")
    page.check("[name='v.clean'][value='3']")
    page.check("[name='v.label'][value=na]")
    if photo:
        page.set_input_files("[name='p.shot']", photo)
        expect(page.locator("#item-shot [data-shrunk]")).not_to_be_empty()
    field = page.locator(".sign__field")
    field.scroll_into_view_if_needed()
    at = field.bounding_box()
    page.mouse.move(at["x"] + 20, at["y"] + 20)
    page.mouse.down()
    page.mouse.move(at["x"] + 120, at["y"] + 60)
    page.mouse.up()


def finish(page):
    page.click(".visit > .row .button")
    page.wait_for_url("**/insp/")


def test_brings_a_visit_home_from_where_there_is_no_network(
    page, browser, live_server, visit, tmp_path
):
    code, other = visit.assessment.code, browser.new_context().new_page()
    photo = tmp_path / "kitchen.jpg"
    photo.write_bytes(hostile_photos.saved("JPEG", hostile_photos.picture((2400, 1200))))
    for telephone in (page, other):
        ready(telephone, live_server)
        cut_off(telephone)

    # The first telephone: half filled in, the tab is closed, opened again without a network, and finished.
    page.click(".visits__name a")
    page.check("[name='v.cold'][value=no]")
    page.evaluate(DRAFTED)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{live_server.url}/insp/{code}/")
    expect(page.locator("[name='v.cold'][value=no]")).to_be_checked()
    # The control: what was never kept does not open, so the network is really gone.
    never = context.new_page()
    with pytest.raises(Error):
        never.goto(f"{live_server.url}/insp/{code}/paper/")
    never.close()
    fill(page, photo=photo)
    finish(page)
    expect(page.locator("[data-count]")).to_have_text("1")
    assert not Sheet.objects.exists()

    # It comes back with its sign-in gone: what waits stays, and goes after signing in.
    context.clear_cookies()
    context.set_offline(False)
    page.evaluate("linliVisits.send()")
    expect(page.locator("[data-login]")).to_be_visible()
    expect(page.locator("[data-count]")).to_have_text("1")
    sign_in(page, live_server, "colleague")
    page.evaluate("linliVisits.send()")
    expect(page.locator("[data-login]")).to_be_hidden()
    assert not Sheet.objects.exists()
    sign_in(page, live_server, "goes")
    for _time in range(2):  # pressed twice, arrives once
        page.evaluate("linliVisits.send()")
    expect(page.locator("[data-count]")).to_be_empty()
    assert (Sheet.objects.count(), SheetSignature.objects.count(), Backing.objects.count()) == (
        1,
        1,
        1,
    )

    assert Sheet.objects.get().by_name == "goes"

    # The second telephone saw something else: the next revision, not instead of the first.
    other.click(".visits__name a")
    fill(other, cold="yes")
    finish(other)
    other.context.set_offline(False)
    expect(other.locator("[data-count]")).to_be_empty()
    answers = Sheet.objects.order_by("number").values_list("answers__cold__v", flat=True)
    assert list(answers) == ["no", "yes"]
    assert [one.item for one in visit.findings.all()] == ["cold"]

    # Signed out, it shows no visit any more, without a network neither.
    other.context.clear_cookies()
    other.goto(f"{live_server.url}/insp/")
    cut_off(other)
    with pytest.raises(Error):
        other.goto(f"{live_server.url}/insp/")
    other.context.close()


@pytest.fixture
def told(visit):
    """Return a visit that was made, ordered, published and replied to."""
    at, by = now(), town.officer()
    edition, shop = (
        visit.assessment.edition,
        town.premises(at=now(), name="桥门牛肉面馆", street="桥门巷 6 号"),
    )
    shot = Rebuilt(hostile_photos.saved("JPEG"), "image/jpeg", "jpg")
    made = town.planned(at=at, edition=edition, subject=shop, day=localdate(at))
    inspecting.bring_in(
        by=by, at=at, inspection=made, brought=town.brought(photos={"shot": [shot]})
    )
    bring = town.brought({"cold": "yes", "clean": 2})
    inspecting.bring_in(by=by, at=at, inspection=made, brought=bring)
    finding = made.findings.get(item="cold")
    correcting.word_finding(by=by, at=at, finding=finding, severity="grave", words="冷柜十一度")
    correcting.order(by=by, at=at, finding=finding, words="三个工作日内修好冷柜", days=3)
    register.publish(by=by, at=at, inspection=made)
    passphrase = register.hand_code(by=by, at=at, inspection=made)
    register.reply(at=at, code=made.assessment.code, passphrase=passphrase, words="冷柜已换新。")
    return made


def test_pages_hold_at_both_sizes(page, live_server, visit, told):
    sign_in(page, live_server, "goes")
    code, made = visit.assessment.code, told.assessment.code
    finding = told.findings.get(item="label")
    pages = {
        "list": "/insp/", "form": f"/insp/{code}/", "paper": f"/insp/{code}/paper/",
        "register": "/inspections/", "result": f"/inspections/{made}/", "reply": "/inspections/reply/",
        "console": "/console/inspections/", "one": f"/console/inspections/{made}/",
        "where": "/console/inspections/new/", "order": f"/console/inspections/{made}/order/{finding.pk}/",
    }  # fmt: skip
    for width in SIZES:
        for name, path in pages.items():
            go(page, live_server, path, "zh-hans", width, SIZES[width])
            assert no_overflow(page), name
            assert broken(page) == {}, name
            look_at(page, f"visits-{name}-{width}")
