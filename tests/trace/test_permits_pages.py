"""Pages of permits: the register, the way to a permit at a workplace and at the unit, papers at the time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from linli.kernel.actors import Role
from linli.kernel.clock import now as moment
from linli.trace.actions import expiry, permits
from linli.trace.actions.keys import hand_phrase
from linli.trace.models import Application, ApplicationPaper, Certificate, ExpiryNotice, Permit
from tests.town import hostile_photos, trace
from tests.town import permits as town

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return moment()


@pytest.fixture
def place(now):
    return trace.premises(at=now)


@pytest.fixture
def signed_in(client):
    def come(role=Role.OFFICER, *, name="经办人", unit=trace.KEEPER):
        staff = get_user_model().objects.create(
            username=uuid4().hex, name=name, role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(staff)
        return client

    return come


@pytest.fixture
def trading(client, place, now):
    phrase = hand_phrase(by=trace.officer(), at=now, operator=place.operator)
    answer = client.post(
        "/en/trade/in/", {"code": place.operator.code, "passphrase": phrase}, follow=True
    )
    assert answer.status_code == 200
    return client


def photo():
    return SimpleUploadedFile("plan.jpg", hostile_photos.saved("JPEG"))


def test_applies_hands_in_and_sees_where_it_stands(trading, place, now):
    town.kind(at=now)
    answer = trading.post(
        "/en/trade/permits/apply/", {"premises": place.code, "scope": "processing"}
    )
    one = Application.objects.get()
    assert answer.url == f"/en/trade/permits/{one.code}/"
    wrong = trading.post(answer.url, {"kind": "plan", "file": photo()})
    assert (wrong.status_code, ApplicationPaper.objects.count()) == (422, 0)

    done = trading.post(answer.url, {"kind": "plan", "file": photo(), "nobody_shown": "on"})

    assert done.status_code == 302
    one.refresh_from_db()
    assert (one.stage, one.by_role) == ("checking", "holder")
    assert ApplicationPaper.objects.get().media_type.startswith("image/")
    page = trading.get(answer.url).content.decode()
    assert str(one.due_on) in page
    assert trading.get(f"/en/permits/{one.code}/").url == answer.url
    other = trace.premises("别家", at=now, of=trace.operator("别家", at=now, number=2))
    assert trading.get(f"/en/trade/permits/{town.filed(other, at=now).code}/").status_code == 404


def test_shows_papers_of_a_business_and_what_runs_out(trading, place, now):
    trace.permit(place, at=now, days=5)
    expiry.warn_expiring(at=now)
    kind = town.goods_kind(at=now)
    sent = {
        "kind": kind.key, "supplier": "草原牛业", "goods": "牛肉", "number": "7", "issuer": "认证中心",
        "valid_from": "2026-01-01", "valid_until": "2027-01-01",
    }  # fmt: skip
    assert trading.post("/en/trade/permits/certificates/new/", sent).status_code == 302
    page = trading.get("/en/trade/permits/").content.decode()
    assert "JY-0001" in page
    assert "草原牛业" in page
    trading.post(f"/en/trade/permits/notices/{ExpiryNotice.objects.get().pk}/")
    trading.post(f"/en/trade/permits/certificates/{Certificate.objects.get().code}/strike/")
    assert ExpiryNotice.objects.get().seen_at is not None
    assert Certificate.objects.get().struck_at is not None


def test_decides_at_the_unit_step_by_step(signed_in, place, now):
    kind = town.kind(at=now)
    one = town.filed(place, at=now)
    paper = town.handed(one, kind, at=now)
    client, here = signed_in(), f"/en/console/permits/{one.code}/"
    assert client.post(f"{here}papers/{paper.pk}/", {"verb": "return"}).status_code == 422
    assert client.post(f"{here}papers/{paper.pk}/", {"verb": "accept"}).status_code == 302
    assert client.get(f"{here}papers/{paper.pk}/file/").content == town.PAPER.data
    client.post(f"{here}conclude/")
    assert client.post(f"{here}forgo/", {"reason": "上月已检查"}).status_code == 302
    first = localdate(now)
    sent = {"valid_from": first, "valid_until": first + timedelta(400), "reason": "符合"}
    assert client.post(f"{here}grant/", sent).status_code == 422  # the same person
    client = signed_in(name="复核人")
    assert client.post(f"{here}grant/", sent | {"valid_until": ""}).status_code == 422

    assert client.post(f"{here}grant/", sent).status_code == 302

    permit = Permit.objects.get()
    assert permit.application.code == one.code
    for way in ("", "paper/"):
        page = client.get(f"/en/permits/{permit.code}/{way}")
        assert (page.status_code, permit.number in page.content.decode()) == (200, True)


def test_stops_a_permit_and_withdraws_it_by_two(signed_in, place, now):
    permit = trace.permit(place, at=now - timedelta(1))
    here = f"/en/console/permits/held/{permit.code}/"
    client = signed_in()
    assert client.post(f"{here}suspend/", {"reason": "不合格"}).status_code == 302
    assert client.get(f"{here}suspend/").status_code == 404  # there is nothing to suspend
    assert client.post(f"{here}withdraw/", {"reason": "造假"}).status_code == 302
    client.post(f"{here}withdrawal/", {"verb": "withdraw"})
    assert Permit.objects.get().state == "suspended"  # not by the same person
    signed_in(name="复核人").post(f"{here}withdrawal/", {"verb": "withdraw"})
    assert Permit.objects.get().state == "withdrawn"
    page = client.get(f"/en/permits/{permit.code}/").content.decode()
    assert "造假" in page


def test_lists_in_few_queries(signed_in, place, now, django_assert_max_num_queries):
    kind = town.goods_kind(at=now)
    for number in range(4):
        other = trace.premises(f"厂{number}", at=now, of=place.operator)
        one = trace.permit(other, at=now - timedelta(2), number=f"JY-{number}")
        permits.suspend(by=trace.officer(), at=now, permit=one, reason="因")
        town.filed(other, at=now)
        town.certificate(place.operator, kind, at=now, number=str(number))
    client = signed_in()
    for way, most in (
        ("permits/", 5),
        ("console/permits/", 7),
        ("console/permits/held/", 8),
        ("console/certificates/", 7),
        ("console/permits/kinds/", 6),
        ("permits/apply/", 10),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(f"/en/{way}").status_code == 200
    for ask in ("state=suspended", "state=valid", "state=expired&words=JY", "state=nonsense"):
        assert client.get(f"/en/permits/?{ask}").status_code == 200
    assert "JY-2" in client.get("/en/permits/?words=厂2").content.decode()
    other = signed_in(unit=town.other_unit().name)
    assert "厂1" not in other.get("/en/console/permits/").content.decode()


def test_checks_and_strikes_a_certificate_on_the_console(signed_in, place, now):
    one = town.certificate(place.operator, town.goods_kind(at=now), at=now, checked=False)
    client, here = signed_in(), f"/en/console/certificates/{one.code}/"
    client.post(f"{here}check/")
    assert client.get(f"{here}file/").content == town.PAPER.data
    assert client.post(f"{here}strike/", {"reason": ""}).status_code == 422
    client.post(f"{here}strike/", {"reason": "伪造"})
    one.refresh_from_db()
    assert (one.checked_by, one.struck_for) == ("经办人", "伪造")
    assert client.get(here).status_code == 200


def test_names_and_ends_a_kind_of_paper(signed_in):
    client = signed_in(Role.PLANNER)
    sent = {"name": "水质报告", "key": "water", "use": "application", "activities": ["catering"]}
    assert client.post("/en/console/permits/kinds/new/", sent).status_code == 302
    assert client.post("/en/console/permits/kinds/new/", sent).status_code == 422
    assert "水质报告" in client.get("/en/permits/apply/").content.decode()
    client.post("/en/console/permits/kinds/water/end/")
    assert "水质报告" not in client.get("/en/permits/apply/").content.decode()


def test_leads_from_an_application_to_planning_its_visit(signed_in, place, now):
    one = town.concluded(town.filed(place, at=now), at=now)
    answer = signed_in().post(f"/en/console/permits/{one.code}/visit/")
    assert answer.url.startswith("/en/console/inspections/new/")
    assert signed_in().get(answer.url).status_code == 200


def test_shows_which_papers_held_for_a_lot(signed_in, place, now):
    trace.permit(place, at=now - timedelta(40), days=20)
    lot = trace.lot(trace.product(place.operator, at=now), place, at=now)
    client, here = signed_in(), f"/en/console/lots/{lot.code}/papers/"
    page = client.get(here).content.decode()
    assert "it had run out" in page
    before = now - timedelta(50)
    asked = client.get(here, {"known": before.strftime("%Y-%m-%dT%H:%M")}).content.decode()
    assert "there is none on record" in asked
    other = signed_in(unit=town.other_unit().name)
    assert other.get(here).status_code == 404
