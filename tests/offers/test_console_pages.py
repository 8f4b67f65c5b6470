"""The organizer's pages: offers with filters, sessions planned by a date, dates or a rule, the week, what others see."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import localtime

from linli.kernel.actors import Role
from linli.offers.actions import offering
from linli.offers.models import BookingStep, Meeting, Offer, Session
from tests.offers.console import desk, page, said, send
from tests.town import directory, offers
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST = "/console/offers/"
OTHER = "嘉峪关市司法局"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(offers.officer())


@pytest.fixture
def planner():
    return desk(actor(Role.PLANNER))


def codes(client, query=""):
    rows = client.get(f"/en{LIST}{query}").context["rows"]
    return [one.code for one, *_state in rows]


def others(noon):
    """Return an offer of another unit."""
    draft = offering.OfferDraft(
        kind="event", title="法律咨询日", unit=directory.unit(OTHER), area=directory.area()
    )
    return offering.open_offer(by=offers.officer(OTHER), at=noon, draft=draft)


class TestList:
    def test_shows_the_own_units_offers_and_all_to_who_plans(self, officer, planner, noon):
        own = offers.offer(at=noon)
        other = others(noon)

        assert codes(officer) == [own.code]
        assert set(codes(planner)) == {own.code, other.code}
        assert codes(desk(actor(Role.CLERK, unit=OTHER))) == [other.code]

    def test_filters_in_the_address(self, officer, noon):
        month = offers.offer(at=noon, kind="programme", title="宣传月")
        event = offers.offer(at=noon, kind="event", title="开放日", part_of=month)
        draft = offers.offer(at=noon, published=False, title="拉面师培训")

        assert codes(officer, "?kind=event") == [event.code]
        assert codes(officer, "?state=draft") == [draft.code]
        assert codes(officer, "?state=withdrawn") == []
        assert codes(officer, f"?part_of={month.code}") == [event.code]
        assert codes(officer, "?words=拉面") == [draft.code]
        assert "No offer fits" in page(officer, f"{LIST}?kind=fair")
        assert set(codes(officer, "?kind=nonsense")) == {month.code, event.code, draft.code}

    def test_asks_the_database_as_often_for_many(
        self, officer, noon, django_assert_max_num_queries
    ):
        for _n in range(12):
            offers.session(at=noon)
        page(officer, LIST)
        with django_assert_max_num_queries(9):
            page(officer, LIST)


class TestOffer:
    def test_is_opened_published_amended_withdrawn(self, officer, noon):
        area, unit = directory.area(), directory.unit(offers.LABOUR)
        given = {
            "kind": "course", "title": "拉面师培训班", "unit": unit.code, "area": area.code,
            "cost": "12.50", "kept_days": "7", "service": "", "part_of": "",
        }  # fmt: skip
        send(officer, f"{LIST}new/", **given)
        made = Offer.objects.get()
        assert (made.cost, made.published_at) == (1250, None)

        send(officer, f"{LIST}{made.code}/publish/")
        send(officer, f"{LIST}{made.code}/amend/", 422, **(given | {"cost": "13"}))
        send(officer, f"{LIST}{made.code}/amend/", **(given | {"cost": "0", "title": "拉面班"}))
        send(officer, f"{LIST}{made.code}/withdraw/")
        made.refresh_from_db()
        assert (made.title, made.cost, made.published_at, made.withdrawn_at) == (
            "拉面班",
            0,
            noon,
            noon,
        )

    def test_shows_what_comes_first_and_what_is_over_after(self, officer, noon):
        offer = offers.offer(at=noon)
        days = (40, 30, -3, -9)
        begins = {day: noon + timedelta(days=day) for day in days}
        for day in days:
            offers.session(
                at=noon, of=offer, meetings=[(begins[day], begins[day] + timedelta(hours=1))],
                booking_from=noon - timedelta(days=20), booking_until=begins[day],
            )  # fmt: skip
        shown = officer.get(f"/en{LIST}{offer.code}/").context["sessions"]
        assert [one.starts_at for one in shown] == [begins[day] for day in (30, 40, -3, -9)]

    def test_answers_422_to_an_empty_form(self, officer):
        send(officer, f"{LIST}new/", 422)
        assert not Offer.objects.exists()

    def test_is_opened_for_the_own_unit_alone(self, officer):
        other, area = directory.unit(OTHER), directory.area()
        given = {
            "kind": "course",
            "title": "拉面",
            "unit": other.code,
            "area": area.code,
            "cost": "0",
            "kept_days": "7",
        }
        send(officer, f"{LIST}new/", 422, **given)
        assert not Offer.objects.exists()


class TestOthers:
    @pytest.mark.parametrize("rest", ["", "amend/", "sessions/new/"])
    def test_are_not_to_be_found(self, officer, noon, rest):
        page(officer, f"{LIST}{others(noon).code}/{rest}", 404)

    @pytest.mark.parametrize(
        "rest", ["", "amend/", "meetings/1/", "roster/", "door/1/", "outcomes/"]
    )
    def test_sessions_are_not_to_be_found(self, noon, rest):
        session = offers.session(at=noon)
        page(desk(offers.officer(OTHER)), f"{LIST}sessions/{session.code}/{rest}", 404)

    @pytest.mark.parametrize(
        "rest",
        ["resize/", "call-off/", "meetings/1/skip/", "door/1/marks/", "door/1/walk-ins/", "close/"],
    )
    def test_sessions_take_no_deed(self, noon, rest):
        session = offers.session(at=noon)
        given = {"capacity": "5", "why": "下雪", "came": "1"}
        send(desk(offers.officer(OTHER)), f"{LIST}sessions/{session.code}/{rest}", 404, **given)
        session.refresh_from_db()
        assert (session.capacity, session.cancelled_at, session.sequence) == (10, None, 0)


def planned(client, offer, status=302, /, **given):
    """Send the form of a new session; return what it answers."""
    said_ = {
        "first_on": "2026-12-07", "begins": "09:00", "ends": "11:00", "capacity": "20", "way": "first",
        "most_together": "4", "booking_from": "2026-11-21T09:00", "booking_until": "2026-12-05T18:00",
        "floor_web": "0", "floor_phone": "0", "floor_station": "0",
    } | given  # fmt: skip
    return send(client, f"{LIST}{offer.code}/sessions/new/", status, **said_)


def days():
    held = Meeting.objects.order_by("number").values_list("starts_at", "cancelled_at")
    return [f"{localtime(one):%m-%d}{'x' if off else ''}" for one, off in held]


class TestPlan:
    def test_one_date(self, officer, noon):
        planned(officer, offers.offer(at=noon), online="https://example.org/room", languages=["ug"])
        made = Session.objects.get()
        assert days() == ["12-07"]
        assert (localtime(made.ends_at).hour, made.online, made.languages) == (
            11,
            "https://example.org/room",
            ["ug"],
        )

    def test_several_dates(self, officer, noon):
        planned(officer, offers.offer(at=noon), more_on="2026-12-12\n2026-12-09, 2026-12-07")
        assert days() == ["12-07", "12-09", "12-12"]

    def test_a_week_rule_with_a_day_left_out(self, officer, noon):
        planned(
            officer, offers.offer(at=noon), weekdays=["0", "2"], every="2", times="4", skipped="2026-12-09"
        )  # fmt: skip
        assert days() == ["12-07", "12-09x", "12-21", "12-23"]
        assert Session.objects.get().rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4"

    def test_a_rule_of_their_own(self, officer, noon):
        rule = "RRULE:FREQ=MONTHLY;BYDAY=1SA;COUNT=3"
        planned(
            officer,
            offers.offer(at=noon),
            first_on="2026-12-05",
            rrule=rule,
            booking_until="2026-12-04T18:00",
        )
        assert days() == ["12-05", "01-02", "02-06"]

    @pytest.mark.parametrize(
        "given",
        [
            {"rrule": "FREQ=DAILY"}, {"rrule": "FREQ=HOURLY;COUNT=3"}, {"rrule": "nonsense"},
            {"weekdays": ["1"]}, {"rrule": "FREQ=DAILY;COUNT=201"}, {"more_on": "tomorrow"},
            {"skipped": "2026-12-07"}, {"floor_web": "2"}, {"floor_web": "21", "floors_until": "2026-12-01T09:00"},
            {"booking_until": "2026-12-08T09:00"}, {"capacity": "0"}, {"way": "sold"},
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, officer, noon, given):
        planned(officer, offers.offer(at=noon), 422, **given)
        assert not Session.objects.exists()


class TestSession:
    def test_is_resized_amended_and_called_off(self, officer, noon):
        session = offers.session(at=noon)
        offers.booked(session, at=noon, size=3)
        at = f"{LIST}sessions/{session.code}/"
        send(officer, f"{at}resize/", 422, capacity="2")
        send(officer, f"{at}resize/", capacity="12")
        send(officer, f"{at}call-off/", 422, why="")
        send(officer, f"{at}call-off/", why="大雪封路")

        session.refresh_from_db()
        assert (session.capacity, session.cancelled_why, session.sequence) == (12, "大雪封路", 2)
        assert "大雪封路" in page(officer, at)
        assert BookingStep.objects.filter(verb="called_off").count() == 1

    def test_moves_and_skips_a_meeting(self, officer, noon):
        begins = noon + timedelta(days=30)
        times = [
            (begins + timedelta(weeks=n), begins + timedelta(weeks=n, hours=2)) for n in range(2)
        ]
        session = offers.session(at=noon, meetings=times)
        at = f"{LIST}sessions/{session.code}/meetings/"
        send(officer, f"{at}2/", day="2027-01-01", begins="09:00", ends="11:00")
        send(officer, f"{at}2/", 422, day="", begins="09:00", ends="11:00")
        assert "moved from" in page(officer, f"{LIST}sessions/{session.code}/")
        send(officer, f"{at}1/skip/")
        page(officer, f"{at}1/", 404)
        assert days() == ["12-21x", "01-01"]

    def test_shows_places_by_door_and_nothing_sealed(self, officer, noon):
        session = offers.session(at=noon)
        offers.booked(
            session, at=noon, name="阿依古丽", note="需要翻译", contact=("sms", "13900000001")
        )
        words = page(officer, f"{LIST}sessions/{session.code}/")
        assert "10" in words
        for secret in ("阿依古丽", "翻译", "139"):
            assert secret not in words

    def test_amends_where_it_is(self, officer, noon):
        session = offers.session(at=noon)
        given = {
            "location": "", "room": "302", "online": "", "most_together": "4", "booking_from": "2026-11-20T12:00",
            "booking_until": "2026-12-20T12:00", "floor_web": "0", "floor_phone": "0", "floor_station": "0",
        }  # fmt: skip
        at = f"{LIST}sessions/{session.code}/amend/"
        send(officer, at, 422, **(given | {"booking_until": "2026-11-19T12:00"}))
        send(officer, at, **given)
        session.refresh_from_db()
        assert (session.room, session.sequence) == ("302", 1)


class TestWeek:
    def test_shows_what_meets_by_place_and_day(self, officer, noon):
        session = offers.session(at=noon, room="302")
        offers.booked(session, at=noon, size=3)
        context = officer.get(f"/en{LIST}week/?week=2026-W52").context
        (row,) = context["rows"]
        ((day, (entry,)),) = [(day, entries) for day, entries in row.cells if entries]
        assert (row.room, f"{day:%m-%d}") == ("302", "12-21")
        assert (entry.session, entry.taken, entry.free, entry.slots) == (session.code, 3, 7, 0)

    @pytest.mark.parametrize("week", ["", "nonsense", "2026-W99", "2026-W1"])
    def test_shows_this_week_for_what_is_none(self, officer, week):
        assert "Nothing meets in this week" in page(officer, f"{LIST}week/?week={week}")

    def test_shows_none_of_others(self, noon):
        offers.session(at=noon)
        client = desk(offers.officer(OTHER))
        assert client.get(f"/en{LIST}week/?week=2026-W52").context["rows"] == []

    def test_asks_the_database_as_often_for_many(
        self, officer, noon, django_assert_max_num_queries
    ):
        for _n in range(12):
            offers.session(at=noon)
        officer.get(f"/en{LIST}week/?week=2026-W52")
        with django_assert_max_num_queries(5):
            officer.get(f"/en{LIST}week/?week=2026-W52")


def test_pages_say_nothing_to_who_is_not_of_the_house(client, noon):
    session = offers.session(at=noon)
    answer = client.get(f"/en{LIST}sessions/{session.code}/roster/")
    assert (answer.status_code, session.offer.title in said(answer)) == (302, False)
