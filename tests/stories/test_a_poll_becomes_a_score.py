"""The promise 民意测评: people say on slips what they think of a service, nobody learns who said what, and what they said together is
part of the score.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.assessments.models import Assessment, Candidacy, Poll, Sheaf
from tests.town import assessments, directory
from tests.town import polls as town
from tests.town.told import desk, press, read, said

pytestmark = pytest.mark.django_db


def test_what_people_say_together_counts_in_the_score(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    round_ = assessments.opened(at=noon, weights={"self": 40, "poll": 60})
    unit, station = directory.unit("甲社区"), directory.unit("文化广场站")
    officer, at_round = desk(assessments.officer(unit)), f"/console/rounds/{round_.code}/"
    press(officer, f"{at_round}apply/", category="1", level="city")
    one = Candidacy.objects.get()
    press(officer, f"/console/candidates/{one.code}/", "/self/")
    _fills(officer, Assessment.objects.get(kind="self"))
    for days, stage in ((31, "apply"), (61, "self")):
        planner = _later(time_machine, noon, days)
        press(planner, f"{at_round}on/{stage}/")

    # A planner asks about the candidates of the round; a station prints slips and gives them to whom it meets.
    press(
        planner, "/console/polls/new/", title="窗口服务民意测评", languages=["zh-hans"],
        until=f"{noon + timedelta(days=70):%Y-%m-%d}", unit=directory.unit(assessments.KEEPER).code,
        round=round_.code,
    )  # fmt: skip
    poll = Poll.objects.get()
    here, door = f"/console/polls/{poll.code}/", f"/polls/{poll.code}/answer/"
    press(
        planner, f"{here}questions/new/", text="服务怎么样？", option_1="好", option_2="不好",
        worth_1="100", worth_2="0",
    )  # fmt: skip
    press(planner, here, deed="open")
    press(planner, f"{here}give/", way="slips", unit=station.code, size="12")
    slips = f"{here}slips/{Sheaf.objects.get().pk}/"
    codes = re.findall(
        r"\b\d{4} \d{4} \d{4} \d{4}\b",
        said(press(desk(town.clerk()), slips, gives=200, count="12")),
    )
    (asked,) = Poll.objects.get().form.questions
    good, bad = (option.key for option in asked.options)
    for number, code in enumerate(codes):
        answer = {"code": code, "answer": "1", asked.key: good if number < 9 else bad}
        assert Client().post(door, answer).status_code == 302

    # Nothing is told before its last day has passed, and nothing of the score either.
    assert "75" not in read(client, f"/polls/{poll.code}/")
    planner = _later(time_machine, noon, 71)
    press(planner, here, deed="release")
    assert "75.00" in read(client, f"/polls/{poll.code}/")
    planner = _later(time_machine, noon, 151)
    press(planner, f"{at_round}on/poll/")
    press(planner, f"/console/candidates/{one.code}/score/", "/compute/")
    press(planner, f"{at_round}notice/", one=one.code, words="公示如下。")

    # 40 % of a hundred and 60 % of seventy-five.
    assert "85.00" in read(client, f"/schemes/candidates/{one.code}/")


def _later(time_machine, noon, days):
    """Let days pass, and return a planner who signs in then."""
    time_machine.move_to(noon + timedelta(days=days), tick=False)
    return desk(assessments.planner())


def _fills(who, sheet):
    page = f"/console/assessments/{sheet.code}/"
    press(who, f"{page}?part=s", v_a="yes", v_b="12")
    press(who, f"{page}hand-in/")
