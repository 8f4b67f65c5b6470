"""A permit in the real browser: applied for on a phone, decided at a desk, seen by everybody, printed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.models import Staff
from linli.trace.actions import expiry
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import Application, Permit
from tests.browser.look import UYGHUR_ELDER, broken, go, look_at, no_overflow, sign_in
from tests.town import hostile_photos, permits, trace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    """Return premises with a permit that ends soon, a certificate, papers that are asked for; and two officers."""
    at = now()
    for username, name in (("first", "经办人"), ("second", "复核人")):
        Staff.objects.create(
            username=username, name=name, role=Role.OFFICER, unit=trace.KEEPER, password="long-enough-1"
        )  # fmt: skip
    place = trace.premises(at=at)
    trace.permit(place, at=at - timedelta(400), days=405)
    permits.kind(at=at)
    permits.kind("health", at=at, name="从业条件自查表", needed=False)
    permits.certificate(place.operator, permits.goods_kind(at=at), at=at, days=20)
    expiry.warn_expiring(at=at)
    return place


def looked(page, name):
    assert no_overflow(page), name
    assert broken(page) == {}, name
    look_at(page, f"permits-{name}")


def test_applies_on_a_phone_and_gets_a_permit(live_server, page, place, tmp_path):
    phrase = hand_phrase(by=trace.officer(), at=now(), operator=place.operator)
    photo = tmp_path / "plan.jpg"
    photo.write_bytes(hostile_photos.saved("JPEG"))
    go(page, live_server, "/trade/in/")
    page.fill("[name=code]", place.operator.code)
    page.fill("[name=passphrase]", phrase)
    page.click("main .button")
    go(page, live_server, "/trade/permits/")
    looked(page, "trade")
    page.click("a[href$='/permits/apply/']")
    page.check("[name=scope][value=processing]")
    looked(page, "apply")
    page.click("main .button")
    page.wait_for_url("**/trade/permits/*-*/")
    page.set_input_files("[name=file]", photo)
    page.check("[name=nobody_shown]")
    page.click("main form.prose .button")
    expect(page.locator(".permits__one").first.locator(".lamp--note")).to_be_visible()
    looked(page, "application")

    one = Application.objects.get()
    page.context.clear_cookies()
    sign_in(page, live_server, "first")
    here = f"/console/permits/{one.code}/"
    go(page, live_server, "/console/permits/", width=1366)
    looked(page, "list")
    go(page, live_server, f"{here}papers/{one.papers.get().pk}/", width=1366)
    looked(page, "paper")
    page.click("[name=verb][value=accept]")
    page.click("form[action$='/conclude/'] .button")
    looked(page, "visit")
    page.click("a[href$='/forgo/']")
    page.fill("[name=reason]", "上月已检查")
    page.click("main .button")
    sign_in(page, live_server, "second")
    go(page, live_server, f"{here}grant/", width=1366)
    page.fill("[name=reason]", "材料齐全，现场符合要求")
    looked(page, "grant")
    page.click("main .button")

    page.wait_for_url(f"**{here}")
    permit = Permit.objects.get(application=one)
    page.context.clear_cookies()
    for look in ("zh-hans", UYGHUR_ELDER):
        for way in ("", "paper/"):
            go(page, live_server, f"/permits/{permit.code}/{way}", look)
            expect(page.locator("main")).to_contain_text(permit.number)
            looked(page, f"public-{way[:-1]}-{look[:2]}")
    for name, way in (("register", ""), ("how", "apply/")):
        go(page, live_server, f"/permits/{way}")
        looked(page, name)


def test_shows_the_desk_of_papers(live_server, page, place):
    lot = trace.lot(trace.product(place.operator, at=now()), place, at=now() - timedelta(3))
    certificate = place.operator.certificates.get()
    permit = place.permits.get()
    sign_in(page, live_server, "first")
    for name, way in (
        ("held", "permits/held/"),
        ("one", f"permits/held/{permit.code}/"),
        ("kinds", "permits/kinds/"),
        ("certificates", "certificates/"),
        ("certificate", f"certificates/{certificate.code}/"),
        ("then", f"lots/{lot.code}/papers/"),
    ):
        go(page, live_server, f"/console/{way}", width=1366)
        looked(page, name)
