"""The promise 领导小组、联席会议制度: a joint meeting sits, its minutes stand, and one sentence of them becomes a task
that everybody can follow.
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from linli.plans.models import Body, Meeting, Programme, Task
from tests.town import directory, plans
from tests.town.told import desk, file, press, read

pytestmark = pytest.mark.django_db
SENTENCE = "会议决定,由市人社局牵头,年底前设立双语窗口。"
MINUTES = f"会议听取了汇报。{SENTENCE}各单位按月报送。"


def test_a_sentence_of_the_minutes_becomes_a_promise_that_anybody_follows(
    client, time_machine, noon
):
    time_machine.move_to(noon, tick=False)
    lead, _other = directory.unit(plans.LEAD), directory.unit(plans.OTHER)
    planner = desk(plans.planner())

    # The body is founded with its units, called together, and the notice goes out.
    press(
        planner, "/console/bodies/new/", name="嘉峪关市创建工作联席会议", kind="joint_meeting",
        area="620200", chair="市教育局", units="市人社局、市教育局",
    )  # fmt: skip
    begins = localtime(noon + timedelta(days=3))
    press(
        planner, f"/console/bodies/{Body.objects.get().code}/meetings/new/", title="第一次会议",
        starts_at=f"{begins:%Y-%m-%dT%H:%M}", venue="一号会议室", agenda="研究双语窗口",
    )  # fmt: skip
    meeting = Meeting.objects.get()
    page = f"/console/meetings/{meeting.code}/"
    assert plans.LEAD in read(planner, f"{page}call/")
    press(planner, page, "/call/send/")

    # It sits: who came is noted, the minutes are written and approved, and change no more.
    time_machine.move_to(noon + timedelta(days=4), tick=False)
    planner = desk(plans.planner())
    press(planner, page, "/attendance/", **{f"came-{lead.code}": "yes"})
    press(planner, page, "/minutes/", minutes=MINUTES, approve="1")

    # One sentence is decided: a task with a unit and a day, in a programme that is published.
    press(
        planner, "/console/programmes/new/", title="双语服务方案", area="620200",
        starts_on="2026-11-01", ends_on="2027-12-31",
    )  # fmt: skip
    start = MINUTES.index(SENTENCE)
    (decide,) = re.findall(
        rf'href="([^"]*/decide/{start}/\d+/)"', planner.get(page).content.decode()
    )
    press(
        planner, decide, item=meeting.agenda.get().pk, title="设立双语窗口",
        programme=Programme.objects.get().code, measure="改善窗口服务", lead=lead.code,
        due_on="2026-12-20",
    )  # fmt: skip
    task = Task.objects.get()
    assert client.get(f"/promises/tasks/{task.code}/").status_code == 404
    press(planner, f"/console/programmes/{Programme.objects.get().code}/publish/")

    # Everybody reads the sentence beside the promise, and follows it without leaving a name.
    public = client.get(f"/promises/tasks/{task.code}/").content.decode()
    assert SENTENCE in public
    feed = f"/feeds/tasks/{task.code}.atom"
    assert feed in public
    entries = client.get(feed).content.decode().count("<entry>")

    # Done and proven: another entry for whoever follows, and a green lamp.
    officer, supervisor = desk(plans.officer()), desk(plans.supervisor())
    at_desk = f"/console/tasks/{task.code}/"
    press(
        officer, at_desk, "/report/", report__words="窗口已开。", report__says_done="on",
        report__file=file("窗口.txt", "照片与值班表"),
    )  # fmt: skip
    press(supervisor, at_desk, "/review/", verdict="accepted")
    assert client.get(feed).content.decode().count("<entry>") > entries
    assert "verdict--done" in client.get(f"/promises/tasks/{task.code}/").content.decode()
