"""The month, a programme day by day, the waiting list played through: what an address asks for is what is shown."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.actions import offering
from linli.offers.models import Meeting
from linli.offers.queries.months import weeks_of
from linli.offers.rules.simulating import Group, played
from linli.offers.rules.waiting import Bound
from tests.town import offers

HERE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 12, 7, 19, 0, tzinfo=HERE)
db = pytest.mark.django_db


def at_days(noon, *days, **overrides):
    starts = [EVENING + timedelta(days=day) for day in days]
    return offers.session(
        at=noon, booking_until=starts[0],
        meetings=[(one, one + timedelta(hours=2)) for one in starts], **overrides,
    )  # fmt: skip


def shown(response):
    return {
        day.on: [meeting.session.code for meeting in day.meetings]
        for week in response.context["weeks"] for day in week if day.meetings
    }  # fmt: skip


@db
class TestMonth:
    def test_shows_what_takes_place_on_which_day(self, client, noon, time_machine):
        time_machine.move_to(noon, tick=False)
        session = at_days(noon, 0, 7, 30)

        response = client.get("/en/offers/calendar/?month=2026-12")

        assert shown(response) == {
            date(2026, 12, 7): [session.code],
            date(2026, 12, 14): [session.code],
        }
        assert response.context["held"] == 2
        text = response.content.decode()
        assert text.count(f"/offers/sessions/{session.code}/") == 2
        assert 'href="?month=2026-11"' in text
        assert 'href="?month=2027-01"' in text

    def test_narrows_by_kind_and_keeps_it_in_the_address(self, client, noon):
        at_days(noon, 0)
        event = at_days(noon, 1, of=offers.offer(at=noon, kind="event"))

        response = client.get("/offers/calendar/?month=2026-12&kind=event")

        assert shown(response) == {date(2026, 12, 8): [event.code]}
        assert "?month=2027-01&amp;kind=event" in response.content.decode()

    def test_says_what_does_not_take_place_and_what_moved(self, client, noon):
        session = at_days(noon, 0, 1)
        offering.call_off(by=offers.officer(), at=noon, session=session, why="雪")
        other = at_days(noon, 2)
        Meeting.objects.filter(session=other).update(moved_from=EVENING)

        text = client.get("/en/offers/calendar/?month=2026-12").content.decode()

        assert text.count("does not take place") == 2
        assert text.count('meeting__note">moved') == 1

    def test_leads_on_where_nothing_takes_place(self, client, noon, time_machine):
        time_machine.move_to(noon, tick=False)
        at_days(noon, 0)

        response = client.get("/en/offers/calendar/")
        assert "Nothing takes place in this month" in response.content.decode()
        assert 'href="?month=2026-12"' in response.content.decode().split('class="empty"')[1]
        assert client.get("/offers/calendar/?month=2027-05").context["next"] is None

    def test_shows_nothing_that_is_not_published(self, client, noon):
        at_days(noon, 0, of=offers.offer(at=noon, published=False))

        assert shown(client.get("/offers/calendar/?month=2026-12")) == {}

    @pytest.mark.parametrize(
        "month", ["", "x", "2026-13", "1999-01", "99999-01", "٢٠٢٦-01", "2026-1", "\0"]
    )
    def test_shows_this_month_when_it_is_asked_for_none(self, client, month, noon, time_machine):
        time_machine.move_to(noon, tick=False)

        assert client.get("/offers/calendar/", {"month": month}).context["first"] == date(
            2026, 11, 1
        )

    def test_asks_few_questions_however_much_takes_place(
        self, client, noon, django_assert_max_num_queries
    ):
        made = offers.offer(at=noon)
        for _ in range(6):
            at_days(noon, 0, 1, 2, of=made)

        with django_assert_max_num_queries(4):
            client.get("/offers/calendar/?month=2026-12")

    @given(month=st.dates(date(2020, 1, 1), date(2199, 12, 31)))
    def test_has_whole_weeks_and_every_day_of_the_month(self, month):
        from linli.offers.queries import months

        days = [day.on for week in _without_meetings(months, month) for day in week]

        assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
        assert len(days) % 7 == days[0].weekday() == 0
        assert {one.day for one in days if one.month == month.month} >= {1, 28}
        assert sum(one.month == month.month for one in days) in range(28, 32)
        assert len(days) <= 42


def _without_meetings(months, month):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(months, "_meetings", lambda *_days: [])
        return weeks_of(month)


@db
def test_shows_a_programme_day_by_day(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    programme = offers.offer(at=noon, kind="programme", title="民族团结进步宣传月")
    talk = at_days(noon, 0, 3, of=offers.offer(at=noon, kind="event", part_of=programme))
    course = at_days(noon, 3, of=offers.offer(at=noon, part_of=programme))
    at_days(noon, 3)

    response = client.get(f"/en/offers/{programme.code}/")

    days = response.context["days"]
    assert [(day.on.day, [one.session.code for one in day.meetings]) for day in days] == [
        (7, [talk.code]), (10, [talk.code, course.code])
    ]  # fmt: skip
    assert f"/offers.ics?programme={programme.code}" in response.content.decode()


@db
def test_shows_a_programme_without_days(client, noon):
    programme = offers.offer(at=noon, kind="programme")

    text = client.get(f"/en/offers/{programme.code}/").content.decode()

    assert text.count("No day is planned yet") == 1


class TestWaitingList:
    def test_plays_what_the_rule_does(self):
        steps, fates = played(6, [4, 1, 1, 2, 1], [1, 1, 1, 1, 2], Bound(2, 7))

        assert [[one.number for one in step.let_in] for step in steps] == [[2], [3], [], [], [1]]
        assert [step.left for step in steps] == [0, 0, 1, 2, 0]
        assert [(one.day, one.passed) for one in fates] == [
            (5, 2), (1, 0), (2, 0), (None, 0), (None, 0)
        ]  # fmt: skip
        assert steps[0].overtaken == [(Group(1, 4), 1)]

    @given(
        sizes=st.lists(st.integers(1, 6), min_size=1, max_size=20),
        freed=st.lists(st.integers(0, 6), max_size=30),
        passes=st.integers(0, 5),
        days=st.integers(0, 20),
    )
    def test_lets_in_no_more_than_come_back_and_starves_nobody(self, sizes, freed, passes, days):
        steps, fates = played(6, sizes, freed or [0], Bound(passes, days))

        assert sum(one.size for step in steps for one in step.let_in) <= sum(
            step.freed for step in steps
        )
        assert all(one.passed <= passes for one in fates)
        if (
            fates[0].day is None
        ):  # as many as may have gone before it, and what has come back waits for it
            entered = [one for step in steps for one in step.let_in]
            assert len(entered) == fates[0].passed
            assert steps[-1].left < sizes[0]

    def test_shows_the_example(self, client):
        response = client.get("/en/offers/waiting/")

        assert response.status_code == 200
        assert len(response.context["steps"]) == 5

    def test_shows_what_the_address_asks_for(self, client):
        response = client.get("/en/offers/waiting/?places=2&groups=2，1&freed=1,1&passes=0&days=7")

        assert [fate.day for fate in response.context["fates"]] == [2, None]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("places", "61"), ("places", ""), ("groups", "7"), ("groups", "0"), ("groups", ",".join("1" * 41)),
            ("groups", "x"), ("groups", "٣"), ("freed", "100"), ("freed", ",".join("1" * 61)), ("passes", "21"), ("days", "-1"),
            ("freed", "\0"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_played(self, client, name, value):
        asked = {"places": 6, "groups": "4,1", "freed": "1", "passes": 2, "days": 7} | {name: value}

        response = client.get("/en/offers/waiting/", asked)

        assert response.status_code == 422
        assert set(response.context["form"].errors) == {name}
        assert "steps" not in response.context

    @pytest.mark.django_db
    def test_asks_the_database_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            text = client.get("/en/offers/waiting/").content.decode()
        assert not re.search("sessionid|Set-Cookie", text)
