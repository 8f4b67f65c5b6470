"""Approved minutes stand in the database itself; without its trigger they would not."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.plans.actions import approve_minutes, write_minutes
from linli.plans.models import Meeting
from tests.town import plans as town

pytestmark = pytest.mark.django_db


def approved(at):
    meeting = town.meeting(at=at - timedelta(days=2), starts_at=at - timedelta(days=1))
    write_minutes(by=town.planner(), at=at, meeting=meeting, minutes="会议决定,年底前办结。")
    return approve_minutes(by=town.planner(), at=at, meeting=meeting)


def rewrite(meeting):
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(minutes="会议没有决定什么。")


def test_refuses_to_rewrite_what_was_approved(noon):
    meeting = approved(noon)

    with pytest.raises(DatabaseError, match="approved minutes stand"):
        rewrite(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(venue="二楼")

    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.venue) == ("会议决定,年底前办结。", "二楼")


def test_rewrites_it_when_the_trigger_is_gone(noon):
    meeting = approved(noon)
    on = " ON plans_meeting" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER plans_meeting_minutes_stand{on}")

    rewrite(meeting)

    meeting.refresh_from_db()
    assert meeting.minutes == "会议没有决定什么。"
