"""Notices, objections, decisions and honours through their pages, without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from linli.assessments.actions import honouring, noticing
from linli.assessments.models import (
    Award,
    Decision,
    Honour,
    HonourName,
    Objection,
    ObjectionWords,
    ResultReply,
)
from linli.kernel.actors import Role
from linli.kernel.models import Look, Staff
from linli.kernel.subjects import destroy_due
from tests.town import assessments, directory
from tests.town import notices as town

SECRET = "服务窗口没有开放"
OBJECTED = {"ground": "facts", "item": "a", "words": SECRET}


@pytest.fixture
def now(db, time_machine):
    moment = datetime(2026, 3, 2, 2, tzinfo=UTC)
    time_machine.move_to(moment, tick=False)
    return moment


@pytest.fixture
def scored(now):
    return town.scored("甲社区", at=now, of=town.round_(at=now))


@pytest.fixture
def told(scored, now):
    town.told(scored, at=now)
    return scored


def staff(role, unit=assessments.KEEPER, name="甲"):
    given = {"name": name, "role": role, "unit": unit, "password": "long-enough-1"}
    kept, _new = Staff.objects.get_or_create(username=f"{role}-{unit}-{name}", defaults=given)
    client = Client()
    client.force_login(kept)
    return client


def page(client, path, status=200):
    response = client.get(f"/en/{path}")
    assert response.status_code == status
    return response


def sent(client, path, status=302, **data):
    response = client.post(f"/en/{path}", data)
    assert response.status_code == status
    return response


def test_tells_objects_decides_and_names_in_public(client, scored, now, time_machine):
    keeper = staff(Role.PLANNER)
    round_, one = scored.round.code, scored.code
    assert (
        "No result has been told yet" in page(client, f"schemes/candidates/{one}/").content.decode()
    )
    sent(keeper, f"console/rounds/{round_}/notice/", one=one, words="公示如下。")
    notice = scored.round.notices.get()
    shown = page(client, f"schemes/notices/{notice.code}/").content.decode()
    assert "100.00" in shown
    assert "2026-03-11" in shown
    assert "公示如下。" in shown

    receipt = sent(client, f"schemes/candidates/{one}/object/", 200, **OBJECTED)
    row, passphrase = Objection.objects.get(), receipt.context["passphrase"]
    told = page(client, f"schemes/candidates/{one}/").content.decode()
    assert "Something in it is not so" in told
    assert SECRET not in told

    checks = staff(Role.SUPERVISOR, town.AUDIT, "督查")
    before = page(checks, f"console/objections/{row.code}/").content.decode()
    opened = sent(checks, f"console/objections/{row.code}/open/", 200).content.decode()
    assert (SECRET in before, SECRET in opened, Look.objects.count()) == (False, True, 1)
    sent(checks, f"console/objections/{row.code}/resolve/", 422, outcome="rejected", reason=" ")
    sent(checks, f"console/objections/{row.code}/resolve/", outcome="rejected", reason="已核实。")

    sent(client, "objections/", code=row.code, passphrase=passphrase)
    mine = page(client, f"objections/{row.code}/").content.decode()
    assert SECRET in mine
    assert "已核实。" in mine
    assert town.AUDIT in mine

    time_machine.move_to(now + timedelta(days=30), tick=False)
    noticing.end_notices(at=now + timedelta(days=30))
    keeper, second = staff(Role.PLANNER), staff(Role.PLANNER, name="乙")  # sessions end
    sent(keeper, f"console/rounds/{round_}/decide/", one=one)
    sent(keeper, f"console/rounds/{round_}/confirm/", one=one)  # the same person
    assert (Decision.objects.count(), Award.objects.count()) == (1, 0)
    sent(second, f"console/rounds/{round_}/confirm/", one=one)
    award = Award.objects.get()
    register = page(client, "honours/").content.decode()
    assert "甲社区" in register
    for path in (f"honours/{award.code}/", f"honours/{award.code}/certificate/"):
        assert "市级" in page(client, path).content.decode()


def test_replies_beside_the_result(client, told, now):
    unit = staff(Role.OFFICER, "甲社区", "经办人")
    sent(unit, f"console/candidates/{told.code}/reply/", words="窗口已恢复开放。")
    assert "窗口已恢复开放。" in page(client, f"schemes/candidates/{told.code}/").content.decode()

    another = staff(Role.OFFICER, "乙社区", "经办人")
    assert (
        another.post(f"/en/console/candidates/{told.code}/reply/", {"words": "x"}).status_code
        == 404
    )
    assert ResultReply.objects.count() == 1


def test_takes_an_objection_back_by_its_holder_alone(client, told):
    handed = sent(client, f"schemes/candidates/{told.code}/object/", 200, **OBJECTED)
    row = Objection.objects.get()
    sent(client, "objections/", 422, code=row.code, passphrase="0000 0000 0000 0000")
    door = page(client, f"objections/{row.code}/", 302)
    assert door["Location"] == "/en/objections/"
    sent(client, f"objections/{row.code}/back/")
    row.refresh_from_db()
    assert row.state == "open"

    sent(client, "objections/", code=row.code, passphrase=handed.context["passphrase"])
    sent(client, f"objections/{row.code}/back/")

    row.refresh_from_db()
    assert (row.state, ObjectionWords.objects.exists()) == ("withdrawn", False)
    sent(client, "objections/", 422, code=row.code, passphrase=handed.context["passphrase"])


def test_says_when_the_time_to_object_is_over(client, told, now, time_machine):
    time_machine.move_to(now + timedelta(days=10), tick=False)

    sent(client, f"schemes/candidates/{told.code}/object/", 422, **OBJECTED)

    assert not Objection.objects.exists()
    assert "over" in page(client, f"schemes/candidates/{told.code}/object/").content.decode()


def test_decides_less_with_a_reason(told, now, time_machine):
    later = town.ended(told, at=now)
    time_machine.move_to(later, tick=False)
    keeper = staff(Role.PLANNER)
    path = f"console/candidates/{told.code}/decide/"

    sent(keeper, path, 422, level="none", reason="")
    sent(keeper, path, 422, level="nation", reason="更高")
    assert not Decision.objects.exists()
    sent(keeper, path, level="none", reason="材料失实。")

    assert page(keeper, f"console/rounds/{told.round.code}/decisions/").context["waiting"][0].own


def test_shows_a_name_until_its_holder_takes_it_away(
    client, now, django_capture_on_commit_callbacks
):
    officer = staff(Role.OFFICER, assessments.KEEPER, "经办人")
    directory.unit(assessments.KEEPER)
    scheme = assessments.scheme(at=now)
    given = {
        "scheme": scheme.code, "unit": scheme.unit.code, "title": "模范个人", "level": "city",
        "named_on": "2026-03-01",
    }  # fmt: skip
    slip = sent(officer, "console/honours/new/", 200, **given)
    row = Honour.objects.get()
    sent(client, "honours/own/", code=row.code, passphrase=slip.context["passphrase"])
    own = f"honours/own/{row.code}/"
    sent(client, f"{own}name/", 422, name="某某", years="1")  # not agreed
    assert "某某" not in page(client, "honours/individual/").content.decode()
    sent(client, f"{own}name/", name="某某", years="1", agreed="on")

    shown = page(Client(), "honours/individual/")
    assert "某某" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert "某某" not in page(officer, "console/honours/").content.decode()
    subject = HonourName.objects.get().subject
    with django_capture_on_commit_callbacks(execute=True):
        sent(client, f"{own}back/")

    row.refresh_from_db()
    subject.refresh_from_db()
    assert "某某" not in page(Client(), "honours/individual/").content.decode()
    assert (row.secret, subject.destroyed_on) == ("", subject.purge_on)
    assert not HonourName.objects.exists()
    sent(client, "honours/own/", 422, code=row.code, passphrase=slip.context["passphrase"])


def test_asks_for_a_recheck_and_withdraws(client, now, time_machine):
    award, later = town.named("甲社区", at=now)
    time_machine.move_to(later, tick=False)
    directory.unit("复查组")
    keeper, path = staff(Role.PLANNER), f"console/honours/{award.code}/"
    unit = directory.unit("复查组").code

    sent(keeper, f"{path}recheck/", unit=unit, due_on="2026-05-01")
    sent(keeper, f"{path}conclude/", 422, to="in_force")
    sent(keeper, f"{path}conclude/", to="withdrawn", reason="窗口关闭。")

    assert page(keeper, path).context["rechecks"][0][0].unit.name == "复查组"
    assert "窗口关闭。" in page(client, f"honours/{award.code}/").content.decode()
    assert page(client, "honours/?state=in_force").context["rows"] == []


def test_lists_in_few_queries(client, now, django_assert_max_num_queries):
    held = town.round_(at=now)
    both = [town.scored(name, at=now, of=held) for name in ("甲社区", "乙社区")]
    notice = town.told(*both, at=now)
    for one in both:
        town.objected(one, at=now)
    checks = staff(Role.SUPERVISOR, town.AUDIT, "督查")
    with django_assert_max_num_queries(8):
        client.get(f"/en/schemes/notices/{notice.code}/")
    with django_assert_max_num_queries(16):
        client.get(f"/en/schemes/candidates/{both[0].code}/")
    with django_assert_max_num_queries(8):
        checks.get("/en/console/objections/")


def test_forgets_names_on_their_day(now):
    slip = town.honour(at=now)
    honouring.show_name(at=now, honour=slip.honour, name="某某")
    town.honour(at=now, scheme=slip.honour.scheme)
    late = now + timedelta(days=366)

    assert honouring.purge_honours(at=now) == 0
    destroy_due(late)
    assert honouring.purge_honours(at=late) == 2
    assert not HonourName.objects.exists()
    assert set(Honour.objects.values_list("secret", flat=True)) == {""}
