"""The promise 先进典型、命名、模范集体和个人: the register of honours: a unit's award is checked again, a person's honour shows a name only
when that person says so, by code and passphrase. (In the browser: test_notices.py.)
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.assessments.models import Award, Honour
from tests.town import assessments, directory, notices
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db
NAME = "马小花"


def test_an_award_is_checked_again_and_may_lapse(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    award, later = notices.named("甲社区", at=noon)
    time_machine.move_to(later, tick=False)
    planner, group = desk(assessments.planner()), directory.unit("复查组")
    at_desk = f"/console/honours/{award.code}/"
    register = f"/honours/{award.code}/"
    assert "甲社区" in read(client, register)

    press(
        planner,
        f"{at_desk}recheck/",
        unit=group.code,
        due_on=f"{localdate(later) + timedelta(days=30)}",
    )
    press(planner, f"{at_desk}conclude/", to="withdrawn", reason="窗口已关闭。")

    assert Award.objects.get().state == "withdrawn"
    assert "窗口已关闭。" in read(client, register)


def test_a_person_decides_whether_their_name_stands(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    scheme, planner = assessments.scheme(at=noon), desk(assessments.planner())
    slip = press(
        planner, "/console/honours/new/", gives=200, scheme=scheme.code, unit=scheme.unit.code,
        title="民族团结进步模范个人", level="city", named_on="2026-11-20",
    ).content.decode()  # fmt: skip
    code, passphrase = re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', slip)[:2]
    assert Honour.objects.get().code == code
    shown = "/honours/individual/"
    assert NAME not in read(client, shown)

    mine = press(client, "/honours/own/", code=code, passphrase=passphrase).url
    press(client, mine, "/name/", name=NAME, years="1", agreed="on")
    assert NAME in read(client, shown)
    press(client, mine, "/back/")
    assert NAME not in read(client, shown)
