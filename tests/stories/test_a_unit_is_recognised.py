"""The promise 创建、七进、考评、自查、交叉检查、公示、命名: a unit applies, checks itself and is checked by another; the result lies in
public, an objection is heard, and two persons name it. (In the browser, with fifty units: test_demonstration_units.py.)
"""

import re
from datetime import timedelta

import pytest

from linli.assessments.actions.noticing import end_notices
from linli.assessments.models import Assessment, Award, Candidacy, Objection
from tests.town import assessments, directory, notices
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db


def test_a_community_is_named_after_an_objection(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    round_ = assessments.opened(at=noon, weights={"self": 40, "cross": 60})
    unit, other = directory.unit("甲社区"), directory.unit("乙社区")
    planner, officer = desk(assessments.planner()), desk(assessments.officer(unit))
    at_round = f"/console/rounds/{round_.code}/"

    # The community applies and checks itself; another checks it without being its judge's candidate.
    press(officer, f"{at_round}apply/", category="1", level="city")
    one = Candidacy.objects.get()
    at_one = f"/console/candidates/{one.code}/"
    press(officer, at_one, "/self/")
    _fills(officer, Assessment.objects.get(kind="self"))
    for days, stage in ((31, "apply"), (61, "self")):  # the last days of both have passed
        time_machine.move_to(noon + timedelta(days=days), tick=False)
        planner = desk(assessments.planner())
        press(planner, f"{at_round}on/{stage}/")
    press(planner, f"{at_one}task/", kind="cross", unit=other.code)
    _fills(desk(assessments.officer(other)), Assessment.objects.get(kind="cross"))
    told = noon + timedelta(days=92)
    time_machine.move_to(told, tick=False)
    planner = desk(assessments.planner())
    press(planner, f"{at_round}on/cross/")
    press(planner, f"{at_one}score/", "/compute/")

    # The result is told in public; anybody may object, sealed, and the supervision answers with a reason.
    press(planner, f"{at_round}notice/", one=one.code, words="公示如下。")
    public = f"/schemes/candidates/{one.code}/"
    assert "100.00" in read(client, public)
    slip = press(
        client, f"{public}object/", gives=200, ground="facts", words="窗口没有开放。"
    ).content.decode()
    code, passphrase = re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', slip)[:2]
    checks = desk(notices.supervisor())
    at_objection = f"/console/objections/{code}/"
    press(checks, at_objection, "/open/", gives=200)
    answer = checks.post(f"{at_objection}resolve/", {"outcome": "rejected", "reason": "已核实。"})
    assert answer.status_code == 302
    assert Objection.objects.get().code == code
    mine = press(client, "/objections/", code=code, passphrase=passphrase).url
    assert "已核实。" in read(client, mine)

    # Nobody can object any more; one planner decides, another confirms, and it stands in the register.
    later = told + timedelta(days=30)
    time_machine.move_to(later, tick=False)
    end_notices(at=later)
    decisions = f"{at_round}decisions/"
    press(desk(assessments.planner()), decisions, "/decide/")
    assert not Award.objects.exists()
    press(desk(notices.second()), decisions, "/confirm/")
    assert Award.objects.get().level == "city"
    assert "甲社区" in read(client, "/honours/")


def _fills(who, sheet):
    """Answer every question well, and hand the sheet in."""
    page = f"/console/assessments/{sheet.code}/"
    press(who, f"{page}?part=s", v_a="yes", v_b="12")
    press(who, f"{page}hand-in/")
