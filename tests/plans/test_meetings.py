import hashlib
from datetime import date, timedelta

import pytest
from django.db.models import F

from linli.facts.models import Evidence
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.plans.models import AgendaItem, Attendance, Body, Decision, Meeting, Seat, Step, Task
from linli.plans.queries import decided_tasks, meetings_of, open_items
from tests.town import directory
from tests.town import plans as town
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTES = "会议议定：由市人社局年内举办培训班。会议通报了上半年情况。"
DECISION = (5, 18)


def refused(code, deed, **given):
    tables = (Body, Seat, Meeting, Attendance, AgendaItem, Decision, Task, Evidence, Step)
    before = [list(table.objects.values()) for table in tables]
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert [list(table.objects.values()) for table in tables] == before


def held(noon, *, body=None, minutes=MINUTES, agenda=("培训", "通报")):
    """Return a meeting of yesterday with approved minutes."""
    meeting = town.meeting(at=noon - 9 * DAY, starts_at=noon - DAY, body=body, agenda=agenda)
    return town.approved_minutes(meeting=meeting, minutes=minutes, at=noon)


def decided(noon, meeting, span=DECISION, **overrides):
    item = meeting.agenda.order_by("position").first()
    start, end = span
    given = {"item": item, "start": start, "end": end, "task_draft": town.draft()} | overrides
    if given["task_draft"] is not None and "measure" not in given:
        given["measure"] = town.measure(at=noon)
    return actions.decide(by=town.planner(), at=noon, **given)


def again(noon, body, **overrides):
    return town.meeting(at=noon, starts_at=noon + DAY, body=body, title="第二次会议", **overrides)


def points(meeting):
    return [item.title for item in meeting.agenda.order_by("position")]


def test_founds_a_body_and_seats_its_units(noon):
    chair = directory.unit("嘉峪关市民政局")
    body = town.body(at=noon, chair=chair)
    below = town.body(at=noon, name="办公室", kind="working_office", above=body, units=(town.LEAD,))

    assert [(seat.unit.name, seat.chairs) for seat in body.seats.all()] == [
        (chair.name, True),
        (town.LEAD, False),
        (town.OTHER, False),
    ]
    assert below.above == body
    only = (directory.unit(town.LEAD),)
    actions.seat_units(by=town.planner(), at=noon, body=body, units=only, chair=only[0])
    assert [(seat.unit.name, seat.chairs) for seat in body.seats.all()] == [(town.LEAD, True)]
    assert [step.verb for step in Step.objects.filter(subject=body.code)] == ["founded", "seated"]


def test_refuses_a_body_that_is_none(noon):
    body = town.body(at=noon)
    gone = directory.unit("旧局", closed_on=date(2020, 1, 1))
    given = {"by": town.planner(), "at": noon}
    area = directory.area()

    for code, wrong in (
        ("no_title", {"name": " ", "kind": "leading_group"}),
        ("unknown_kind", {"name": "新", "kind": "club"}),
        ("name_taken", {"name": body.name, "kind": "leading_group"}),
        ("unit_closed", {"name": "新", "kind": "joint_meeting", "units": (gone,)}),
    ):
        refused(code, actions.found_body, **given, draft=actions.BodyDraft(area=area, **wrong))
    refused("unit_closed", actions.seat_units, **given, body=body, units=(gone,), chair=None)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_leaves_bodies_and_meetings_to_planners(noon, role):
    meeting = held(noon)
    item, unit = meeting.agenda.first(), directory.unit(town.LEAD)
    draft = actions.BodyDraft(name="x", kind="leading_group", area=directory.area())
    for deed, given in (
        (actions.found_body, {"draft": draft}),
        (actions.seat_units, {"body": meeting.body, "units": (), "chair": None}),
        (actions.call_meeting, {"body": meeting.body, "title": "x", "starts_at": noon + DAY}),
        (actions.add_item, {"meeting": meeting, "title": "x"}),
        (actions.send_call, {"meeting": meeting}),
        (actions.note_attendance, {"meeting": meeting, "unit": unit, "present": True}),
        (actions.write_minutes, {"meeting": meeting, "minutes": "x"}),
        (actions.approve_minutes, {"meeting": meeting}),
        (actions.decide, {"item": item, "start": 0, "end": 2}),
        (actions.settle_item, {"item": item}),
    ):
        refused("not_allowed", deed, by=actor(role), at=noon, **given)


def test_calls_a_meeting_with_its_agenda(noon):
    meeting = town.meeting(at=noon, starts_at=noon + DAY, agenda=["培训", " ", "通报"])

    assert points(meeting) == ["培训", "通报"]
    assert list(meetings_of(meeting.body)) == list(meetings_of()) == [meeting]
    given = {"by": town.planner(), "at": noon, "body": meeting.body}
    refused("no_title", actions.call_meeting, **given, title=" ", starts_at=noon + DAY)
    refused("already_begun", actions.call_meeting, **given, title="x", starts_at=noon)


def test_sends_the_notice_once_to_all_who_sit_in_the_body(noon):
    meeting = town.meeting(at=noon, starts_at=noon + DAY)

    actions.send_call(by=town.planner(), at=noon, meeting=meeting)

    meeting.refresh_from_db()
    assert meeting.called_at == noon
    assert {(a.unit.name, a.present) for a in meeting.attendance.all()} == {
        (town.LEAD, None),
        (town.OTHER, None),
    }
    refused("already_called", actions.send_call, by=town.planner(), at=noon, meeting=meeting)
    empty = town.meeting(
        at=noon, starts_at=noon + DAY, body=town.body(at=noon, name="空", units=())
    )
    refused("no_units", actions.send_call, by=town.planner(), at=noon, meeting=empty)


def test_notes_which_units_came(noon):
    meeting = town.meeting(at=noon, starts_at=noon + DAY)
    given = {"by": town.planner(), "at": noon, "meeting": meeting}
    unit = directory.unit(town.LEAD)

    actions.note_attendance(**given, unit=unit, present=True)
    actions.note_attendance(**given, unit=unit, present=False)

    assert [(a.unit, a.present) for a in Attendance.objects.all()] == [(unit, False)]
    step = Step.objects.filter(verb="attendance").last()
    assert (step.was["present"], step.becomes["present"]) == (True, False)
    stranger = directory.unit("嘉峪关市民政局")
    refused("not_invited", actions.note_attendance, **given, unit=stranger, present=True)


def test_adds_points_each_task_once(noon):
    meeting, task = town.meeting(at=noon, starts_at=noon + DAY, agenda=["甲"]), town.task(at=noon)
    given = {"by": town.planner(), "at": noon, "meeting": meeting}

    actions.add_item(**given, title="", task=task)

    assert points(meeting) == ["甲", task.title]
    refused("on_agenda", actions.add_item, **given, title="又", task=task)
    refused("no_title", actions.add_item, **given, title=" ")


def test_writes_minutes_until_they_are_approved(noon):
    meeting = town.meeting(at=noon - DAY, starts_at=noon, agenda=["甲"])
    given = {"by": town.planner(), "meeting": meeting}
    refused("no_minutes", actions.approve_minutes, at=noon, **given)
    actions.write_minutes(at=noon, minutes="草稿", **given)
    actions.write_minutes(at=noon, minutes=" 一\r\n二\0 ", **given)
    refused("not_yet", actions.approve_minutes, at=noon - timedelta(seconds=1), **given)

    actions.approve_minutes(at=noon, **given)

    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.approved_at) == ("一\n二", noon)
    given |= {"at": noon + DAY}
    for deed, more in (
        (actions.write_minutes, {"minutes": "改"}),
        (actions.approve_minutes, {}),
        (actions.add_item, {"title": "x"}),
        (actions.send_call, {}),
        (actions.note_attendance, {"unit": directory.unit(town.LEAD), "present": True}),
    ):
        refused("minutes_stand", deed, **given, **more)


def test_turns_words_of_the_minutes_into_a_task_that_rests_on_them(noon):
    meeting = held(noon)

    decision = decided(noon, meeting)

    assert str(decision) == "由市人社局年内举办培训班。"
    evidence = decision.task.evidence
    assert (evidence.kind, evidence.words, evidence.source) == (
        "span",
        "由市人社局年内举办培训班。",
        "嘉峪关市创建工作领导小组",
    )
    assert (evidence.start, evidence.end) == DECISION
    assert evidence.digest == hashlib.sha256(MINUTES.encode()).hexdigest()
    assert evidence.address == f"/console/meetings/{meeting.code}/"
    assert Step.objects.get(verb="decided").becomes["task"] == decision.task.code


def test_decides_without_a_task_too(noon):
    assert decided(noon, held(noon), task_draft=None).task is None


@pytest.mark.parametrize("span", [(5, 5), (9, 5), (-1, 4), (5, len(MINUTES) + 1)])
def test_decides_only_within_the_minutes(noon, span):
    refused("outside_minutes", decided, noon=noon, meeting=held(noon), span=span, measure=None)


def test_refuses_a_decision_that_is_none(noon):
    meeting = held(noon)
    draft = town.meeting(at=noon, starts_at=noon + DAY, body=meeting.body)
    actions.write_minutes(by=town.planner(), at=noon, meeting=draft, minutes=MINUTES)

    refused("no_measure", decided, noon=noon, meeting=meeting, measure=None)
    refused("minutes_not_approved", decided, noon=noon, meeting=draft, task_draft=None)
    untitled = {"task_draft": town.draft(title=""), "measure": town.measure(at=noon)}
    refused("no_title", decided, noon=noon, meeting=meeting, **untitled)
    decided(noon, meeting)
    for span in (DECISION, (0, 6), (17, 20)):
        refused("decided_already", decided, noon=noon, meeting=meeting, span=span, task_draft=None)
    decided(noon, meeting, span=(18, 20), task_draft=None)


def test_brings_back_what_was_not_settled(noon):
    meeting = held(noon, agenda=("甲", "乙", "丙"))
    first, second, third = meeting.agenda.order_by("position")
    actions.settle_item(by=town.planner(), at=noon, item=second)

    following = again(noon, meeting.body, agenda=["丁"])

    assert points(following) == ["甲", "丙", "丁"]
    assert [item.carried_from for item in following.agenda.order_by("position")] == [
        first,
        third,
        None,
    ]
    refused("already_settled", actions.settle_item, by=town.planner(), at=noon, item=second)
    refused("carried_on", actions.settle_item, by=town.planner(), at=noon, item=first)


def test_brings_each_point_back_once_on_every_agenda(noon):
    body = held(noon, agenda=("甲",)).body
    second = again(noon, body)

    third = again(noon, body)

    assert points(second) == points(third) == ["甲"]
    assert [item.meeting for item in open_items(body)] == [third]
    assert AgendaItem.objects.exclude(carried_from=None).filter(title=F("title")).count() == 2


def test_brings_back_the_tasks_of_decisions_until_they_are_accepted(noon):
    meeting = held(noon, agenda=())
    actions_item = AgendaItem.objects.create(meeting=meeting, position=1, title="x", settled=True)
    given = {"item": actions_item, "measure": town.measure(at=noon)}
    task = decided(noon, meeting, **given).task
    other = decided(noon, meeting, span=(19, 25), **given).task
    assert list(decided_tasks(meeting.body)) == [task, other]

    second = again(noon, meeting.body)
    third = again(noon, meeting.body)

    assert [item.task for item in second.agenda.all()] == [task, other]
    assert [item.task for item in third.agenda.all()] == [task, other]
    actions.publish_programme(by=town.planner(), at=noon, programme=task.measure.programme)
    town.accepted(at=noon, task=task)
    actions.drop_task(by=town.planner(), at=noon, task=other, reason="x")
    assert points(again(noon, meeting.body)) == []
    assert set(decided_tasks(meeting.body, finished=True)) == {task, other}


def test_brings_back_nothing_of_another_body(noon):
    held(noon)

    assert points(again(noon, town.body(at=noon, name="另一个小组"))) == []


@pytest.mark.django_db(transaction=True)
def test_brings_each_point_back_once_when_two_call_at_once(noon):
    meeting = held(noon, agenda=("甲",))

    failures = at_once(2, lambda number: again(noon, Body.objects.get(pk=meeting.body_id)))

    assert failures == []
    # The second to come carries on what the first has carried on.
    assert sorted(points(m) for m in Meeting.objects.exclude(pk=meeting.pk)) == [["甲"], ["甲"]]
    assert open_items(meeting.body).count() == 1
