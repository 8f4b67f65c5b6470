"""Pages of inspections: plain forms without scripts, what is sealed and what is not told before."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from linli.assessments.actions import register
from linli.assessments.models import Backing, Finding, Inspection, Sheet, SheetSignature
from linli.kernel.actors import Role
from linli.kernel.clock import now as moment
from linli.kernel.models import Look
from tests.town import directory, hostile_photos
from tests.town import inspections as town

pytestmark = pytest.mark.django_db
PLAIN = {"v.cold": "no", "n.cold": "十一度", "v.clean": "3", "v.label": "na", "words": "拒签"}


@pytest.fixture
def now():
    return moment()


@pytest.fixture
def visit(now):
    return town.planned(at=now, day=localdate(now))


@pytest.fixture
def signed_in(client):
    def come(role=Role.OFFICER, unit=town.UNIT):
        staff = get_user_model().objects.create(
            username=uuid4().hex, name="经办人", role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(staff)
        return client

    return come


def sent(**more):
    return {"client": str(uuid4())} | PLAIN | more


def at(visit, way=""):
    return f"/en/insp/{visit.assessment.code}/{way}"


def test_takes_a_plain_form_with_a_photo(signed_in, visit):
    client, photo = signed_in(), SimpleUploadedFile("a.jpg", hostile_photos.saved("JPEG"))

    answer = client.post(at(visit), sent(**{"p.shot": photo}))

    assert (answer.status_code, answer.url) == (302, "/en/insp/")
    sheet = Sheet.objects.get()
    assert sheet.answers == {
        "cold": {"v": "no", "n": "十一度"}, "clean": {"v": 3}, "label": {"v": "na"},
    }  # fmt: skip
    assert (Backing.objects.get().item, SheetSignature.objects.get().refused) == ("shot", True)
    assert Finding.objects.get().words == "十一度"
    assert client.get(at(visit, "paper/")).status_code == 200


def test_shows_what_is_wrong_and_keeps_what_was_typed(signed_in, visit):
    client = signed_in()

    answer = client.post(at(visit), sent(**{"v.clean": "9", "words": "没有人在"}))

    assert answer.status_code == 422
    assert "没有人在" in answer.content.decode()
    assert 'href="#item-clean"' in answer.content.decode()
    assert not Sheet.objects.exists()


def test_answers_a_telephone_alike_however_often_it_sends(signed_in, visit):
    client, sheet = signed_in(), sent()
    post = {"data": sheet, "headers": {"Accept": "application/json"}}

    told = [client.post(at(visit), **post) for _time in range(2)]
    other = client.post(at(visit), sheet | {"v.clean": "1"}, headers={"Accept": "application/json"})

    assert [one.json() for one in told] == [{"taken": sheet["client"], "number": 1}] * 2
    assert (other.status_code, other.json()["code"]) == (409, "client_taken")
    assert Sheet.objects.count() == SheetSignature.objects.count() == 1
    assert client.get("/en/insp/token/").json()["token"]


def test_the_worker_keeps_visits_and_nothing_else(client):
    worker = client.get("/en/insp/worker.js")

    said = worker.content.decode()
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert 'HOME = "/en/insp/"' in said.replace("\\u002D", "-")
    assert "Service-Worker-Allowed" not in worker.headers  # its folder is all that it may keep
    assert "sync" not in said.replace("async", "")


def test_lists_todays_visits_in_few_queries(signed_in, visit, now, django_assert_max_num_queries):
    for name in ("甲", "乙", "丙"):
        town.planned(
            at=now, day=localdate(now), edition=visit.assessment.edition,
            subject=town.premises(at=now, name=name),
        )  # fmt: skip
    town.planned(
        at=now, day=localdate(now) + timedelta(1), edition=visit.assessment.edition,
        subject=town.premises(at=now, name="明天"),
    )  # fmt: skip
    client = signed_in()

    with django_assert_max_num_queries(5):
        page = client.get("/en/insp/").content.decode()
    with django_assert_max_num_queries(8):
        listed = client.get("/en/console/inspections/").content.decode()

    assert ("丙" in page, "明天" in page, "明天" in listed) == (True, False, True)


def public_pages(client, code, subject):
    """All that everybody can ask of this part of the engine."""
    ways = ["/en/inspections/", f"/en/inspections/?of={subject}", f"/en/inspections/{code}/"]
    return "".join(
        client.get(way).content.decode() for way in [*ways, "/en/inspections/?words=清香"]
    )


def test_announces_nothing_before_and_everything_after(client, visit, now):
    task = visit.assessment
    asked = client, task.code, task.subject.code
    before = public_pages(*asked)
    town.inspecting.bring_in(by=town.officer(), at=now, inspection=visit, brought=town.brought())
    made = public_pages(*asked)
    register.publish(by=town.officer(), at=now, inspection=visit)
    after = public_pages(*asked)  # the control: these are the pages where it would stand

    assert ["清香面馆" in page.replace('value="清香"', "") for page in (before, made, after)] == [
        False, False, True,
    ]  # fmt: skip


def test_tells_the_visited_unit_nothing_before(signed_in, now):
    canteen = town.premises(at=now, name="机关食堂", unit=directory.unit("机关事务局"))
    visit = town.planned(at=now, day=localdate(now), subject=canteen)
    code = visit.assessment.code
    ways = [
        "/en/console/inspections/", f"/en/console/inspections/{code}/", "/en/insp/", f"/en/insp/{code}/",
        "/en/console/assessments/", f"/en/console/assessments/{code}/",
    ]  # fmt: skip

    def told(role, unit):
        client = signed_in(role, unit)
        return [way for way in ways if "机关食堂" in client.get(way).content.decode()]

    assert told(Role.OFFICER, "机关事务局") == []
    assert told(Role.SUPERVISOR, "机关事务局") == []
    assert told(Role.OFFICER, town.UNIT)[:4] == ways[:4]  # the control: the unit that goes


def test_asks_nobody_for_money():
    columns = {
        field.name for model in (Inspection, Finding, Sheet) for field in model._meta.get_fields()
    }

    assert not columns & {"amount", "fee", "fine", "price", "cost", "currency"}


def test_takes_a_reply_and_shows_it_beside_the_result(client, now):
    made = town.made(at=now, day=localdate(now))
    code = made.assessment.code
    passphrase = register.hand_code(by=town.officer(), at=now, inspection=made)
    register.publish(by=town.officer(), at=now, inspection=made)
    given = {"code": code.lower(), "passphrase": passphrase, "words": "冷柜已换新。"}

    wrong = client.post("/en/inspections/reply/", given | {"passphrase": "1" * 16})
    right = client.post("/en/inspections/reply/", given)

    assert (wrong.status_code, right.status_code) == (422, 302)
    page = client.get(f"/en/inspections/{code}/").content.decode()
    assert page.count("冷柜已换新。") == 1
    assert "十一度" not in client.get("/en/inspections/").content.decode()


def test_works_through_findings_on_the_console(signed_in, now):
    made = town.made(at=now, day=localdate(now))
    finding = made.findings.get(item="cold")
    client, here = signed_in(), f"/en/console/inspections/{made.assessment.code}/"
    deeds = {
        f"word/{finding.pk}/": {"severity": "grave", "words": "冷柜十一度"},
        f"order/{finding.pk}/": {"words": "修好", "days": "5"},
    }

    done = [client.post(here + way, given).status_code for way, given in deeds.items()]
    order = finding.orders.get()
    done.append(
        client.post(f"{here}check/{order.pk}/", {"met": "yes", "words": "四度"}).status_code
    )
    again = client.post(f"{here}check/{order.pk}/", {"met": "yes", "words": "四度"})
    slip = client.post(f"{here}code/")

    assert (done, again.status_code, slip.status_code) == ([302] * 3, 422, 200)
    assert "no-store" in slip.headers["Cache-Control"]
    finding.refresh_from_db()
    assert (finding.state, finding.words) == ("closed", "冷柜十一度")


def test_opens_a_signature_with_a_look_and_lists_none(signed_in, now):
    made = town.made(at=now, day=localdate(now))
    client, here = signed_in(), f"/en/console/inspections/{made.assessment.code}/"
    client.get(here)
    assert not Look.objects.exists()

    page = client.post(f"{here}signature/", {"sheet": "1"})

    first = " ".join(f"{x},{y}" for x, y in json.loads(town.STROKES)[0])
    assert first in page.content.decode()
    assert Look.objects.get().by_unit == town.UNIT
