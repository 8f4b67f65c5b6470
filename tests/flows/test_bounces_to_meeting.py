"""A case that three units would not have comes to their joint meeting: once, by its code, without a word of it."""

from datetime import timedelta

import pytest

from linli.cases.actions.handing import decline
from linli.flows.bounces_to_meeting import put_on_agenda
from linli.plans.models import AgendaItem
from tests.town import cases, directory, plans

pytestmark = pytest.mark.django_db
SECRET = "屋顶漏水三个月没人管"


def bounced(*, at, times=3):
    case = cases.taken(at=at, words=SECRET)
    for number in range(times):
        way = cases.handed_on(at=at + timedelta(hours=number), case=case)
        decline(
            by=cases.officer(way.to_unit.name),
            at=at + timedelta(hours=number, minutes=30),
            hand_over=way,
            kind="not_ours",
            words="不归我们管。",
        )
        case.refresh_from_db()
    return case


def joint_meeting(*, at, days=7):
    body = plans.body(at=at, name="嘉峪关市联席会议", kind="joint_meeting", units=())
    return plans.meeting(at=at, body=body, starts_at=at + timedelta(days=days))


def points():
    return list(AgendaItem.objects.values_list("meeting", "about"))


def test_puts_the_third_bounce_on_the_next_agenda(noon):
    meeting = joint_meeting(at=noon)
    case = bounced(at=noon)

    assert put_on_agenda(noon + timedelta(days=1)) == 1
    assert points() == [(meeting.pk, case.code)]
    title = AgendaItem.objects.get().title
    assert case.code in title
    assert case.topic.name in title
    assert "3" in title
    assert SECRET not in title


def test_puts_it_there_once(noon):
    joint_meeting(at=noon)
    bounced(at=noon)
    put_on_agenda(noon + timedelta(days=1))

    assert put_on_agenda(noon + timedelta(days=2)) == 0
    assert len(points()) == 1


def test_leaves_two_bounces_to_the_units(noon):
    joint_meeting(at=noon)
    bounced(at=noon, times=2)

    assert put_on_agenda(noon + timedelta(days=1)) == 0
    assert points() == []


def test_waits_while_no_joint_meeting_is_planned(noon):
    bounced(at=noon)
    held = joint_meeting(at=noon, days=1)

    assert put_on_agenda(noon + timedelta(days=2)) == 0
    meeting = plans.meeting(at=noon, body=held.body, starts_at=noon + timedelta(days=9))
    assert put_on_agenda(noon + timedelta(days=2)) == 1
    assert [pk for pk, _about in points()] == [meeting.pk]


def test_goes_to_no_meeting_of_another_place(noon):
    elsewhere = directory.area("620100", name="兰州市")
    body = plans.body(
        at=noon, name="兰州市联席会议", kind="joint_meeting", units=(), area=elsewhere
    )
    plans.meeting(at=noon, body=body, starts_at=noon + timedelta(days=7))
    bounced(at=noon)

    assert put_on_agenda(noon + timedelta(days=1)) == 0


def test_returns_by_itself_while_it_is_not_settled(noon):
    first = joint_meeting(at=noon)
    case = bounced(at=noon)
    put_on_agenda(noon + timedelta(days=1))

    second = plans.meeting(
        at=noon + timedelta(days=8), body=first.body, starts_at=noon + timedelta(days=20)
    )

    assert points() == [(first.pk, case.code), (second.pk, case.code)]
    assert put_on_agenda(noon + timedelta(days=9)) == 0
