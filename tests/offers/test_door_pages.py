"""Roster, window and door over HTTP: looks are written, the slip tells once, marks merge, names stay sealed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.http import urlencode

from linli.kernel import city_key, notes
from linli.kernel.actors import Role
from linli.kernel.models import Look
from linli.offers.models import Attendance, Booking, Outcome, WalkIns
from tests.offers.console import desk, page, said, send
from tests.town import offers
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = "/console/offers/"
OTHER = "嘉峪关市司法局"
LEFT = {"name": "阿依古丽", "note": "需要维吾尔语翻译", "contact": ("sms", "13900000001")}


@pytest.fixture
def officer():
    return desk(offers.officer())


@pytest.fixture
def clerk():
    return desk(actor(Role.CLERK, name="窗口人员", unit=offers.LABOUR))


@pytest.fixture
def session(noon):
    return offers.session(at=noon)


@pytest.fixture
def at_the_door(session):
    with time_machine.travel(session.starts_at, tick=False):
        yield session


def opened():
    return list(Look.objects.filter(verb="opened").values_list("about", "purpose"))


def counted():
    return dict(Attendance.objects.values_list("booking__code", "came"))


class TestRoster:
    def test_is_opened_by_a_deed_that_is_written_down(self, officer, session, noon):
        made = offers.booked(session, at=noon, **LEFT)
        with time_machine.travel(noon, tick=False):
            asked = page(officer, f"{AT}sessions/{session.code}/roster/")
            assert ("阿依古丽" in asked, opened()) == (False, [])
            answer = send(officer, f"{AT}sessions/{session.code}/roster/", 200, purpose="prepare")

        assert "阿依古丽" in said(answer)
        assert "13900000001" not in said(answer)
        assert "no-store" in answer.headers["Cache-Control"]
        assert opened() == [(made.code, "prepare")]

    def test_stays_shut_without_a_purpose(self, officer, session, noon):
        offers.booked(session, at=noon, **LEFT)
        answer = send(officer, f"{AT}sessions/{session.code}/roster/", 422)
        assert ("阿依古丽" in said(answer), opened()) == (False, [])

    @pytest.mark.parametrize("role", [Role.PLANNER, Role.SUPERVISOR, Role.ADMINISTRATOR])
    def test_stays_shut_to_who_does_not_organize(self, session, role):
        client = desk(actor(role, unit=offers.LABOUR))
        send(client, f"{AT}sessions/{session.code}/roster/", 403, purpose="door")


class TestCounter:
    def given(self, **more):
        return {
            "door": "phone",
            "size": "2",
            "channel": "none",
            "name": "阿依古丽",
            "reply_language": "ug",
        } | more

    def test_books_for_somebody_and_tells_the_slip_once(self, clerk, session, noon):
        other = desk(actor(Role.CLERK, unit=OTHER))
        with time_machine.travel(noon, tick=False):
            assert session.offer.title in page(other, f"{AT}counter/")
            answer = send(other, f"{AT}counter/{session.code}/", **self.given())
            slip = said(other.get(answer.headers["Location"]))

        made = Booking.objects.get()
        assert (made.door, made.size, made.state) == ("phone", 2, Booking.CONFIRMED)
        assert made.code in slip
        assert made.steps.get(verb="booked").by_role == "clerk"

    @pytest.mark.parametrize(
        "wrong", [{"size": "5"}, {"size": "0"}, {"door": "web"}, {"channel": "sms"}]
    )
    def test_answers_422_to_what_cannot_be(self, clerk, session, noon, wrong):
        with time_machine.travel(noon, tick=False):
            send(clerk, f"{AT}counter/{session.code}/", 422, **self.given(**wrong))
        assert not Booking.objects.exists()

    def test_books_one_button_once(self, clerk, session, noon):
        with time_machine.travel(noon, tick=False):
            for _again in range(2):
                send(
                    clerk, f"{AT}counter/{session.code}/", **self.given(once="a-key-of-the-form-1")
                )
        assert Booking.objects.count() == 1

    def test_finds_nothing_that_is_not_published(self, clerk, noon):
        hidden = offers.session(at=noon, of=offers.offer(at=noon, published=False))
        with time_machine.travel(noon, tick=False):
            page(clerk, f"{AT}counter/{hidden.code}/", 404)
            assert "Nothing can be booked now" in page(clerk, f"{AT}counter/")

    def test_stays_shut_to_who_books_for_nobody(self, session):
        page(desk(actor(Role.PLANNER)), f"{AT}counter/{session.code}/", 403)

    def test_asks_the_database_as_often_for_many(self, clerk, noon, django_assert_max_num_queries):
        for _n in range(8):
            offers.session(at=noon)
        with time_machine.travel(noon, tick=False):
            page(clerk, f"{AT}counter/")
            with django_assert_max_num_queries(5):
                page(clerk, f"{AT}counter/")


class TestDoor:
    def test_shows_codes_and_no_name(self, clerk, session, noon):
        made = offers.booked(session, at=noon, size=2, **LEFT)
        answer = clerk.get(f"/en{AT}sessions/{session.code}/door/1/")
        html = answer.content.decode()
        assert made.code in html
        assert ("阿依古丽" in html, "139" in said(answer), opened()) == (False, False, [])

    def test_takes_one_typed_code(self, at_the_door, clerk, noon):
        made = offers.booked(at_the_door, at=noon, size=2)
        to = f"{AT}sessions/{at_the_door.code}/door/1/marks/"
        send(clerk, to, name="a", code=made.code.lower().replace("-", " "), came="2")
        assert counted() == {made.code: 2}
        assert "2 / 2 came" in page(clerk, f"{AT}sessions/{at_the_door.code}/door/1/")

    def test_takes_the_queue_of_a_device_and_says_what_it_took(self, at_the_door, clerk, noon):
        one, two = (offers.booked(at_the_door, at=noon, size=3) for _n in range(2))
        queue = [
            ("name", "a"), ("code", one.code), ("came", "1"), ("name", "b"), ("code", two.code), ("came", "2"),
            ("name", "c"), ("code", one.code), ("came", "3"), ("name", "d"), ("code", "7K3M-92QD"), ("came", "1"),
        ]  # fmt: skip
        for _again in range(2):
            answer = clerk.post(
                f"/en{AT}sessions/{at_the_door.code}/door/1/marks/",
                urlencode(queue),
                content_type="application/x-www-form-urlencoded",
                headers={"Accept": "application/json"},
            )
            assert answer.json() == {"taken": ["a", "b", "c"], "unknown": ["7K3M-92QD"]}
        assert counted() == {one.code: 3, two.code: 2}

    def test_tells_a_device_why_nothing_is_taken(self, clerk, session, noon):
        with time_machine.travel(noon, tick=False):
            answer = clerk.post(
                f"/en{AT}sessions/{session.code}/door/1/marks/",
                {"name": "a", "code": "7K3M-92QD", "came": "1"},
                headers={"Accept": "application/json"},
            )
        assert (answer.status_code, answer.json()["code"]) == (422, "not_yet")

    @pytest.mark.parametrize(
        "wrong",
        [{}, {"name": "a", "code": "", "came": "1"}, {"name": "a", "code": "x", "came": "many"}],
    )
    def test_takes_nothing_of_an_empty_form(self, at_the_door, clerk, wrong):
        send(clerk, f"{AT}sessions/{at_the_door.code}/door/1/marks/", **wrong)
        assert counted() == {}

    def test_counts_walk_ins(self, at_the_door, clerk):
        to = f"{AT}sessions/{at_the_door.code}/door/1/walk-ins/"
        for came in ("5", "-1", "many", ""):
            send(clerk, to, came=came)
        assert WalkIns.objects.get().came == 5

    def test_asks_the_database_as_often_for_many(
        self, clerk, session, noon, django_assert_max_num_queries
    ):
        for _n in range(8):
            offers.booked(session, at=noon)
        page(clerk, f"{AT}sessions/{session.code}/door/1/")
        with django_assert_max_num_queries(6):
            page(clerk, f"{AT}sessions/{session.code}/door/1/")


class TestList:
    def test_is_signed_and_names_nobody(self, clerk, session, noon):
        made = offers.booked(session, at=noon, size=2, **LEFT)
        answer = clerk.get(f"/en{AT}sessions/{session.code}/door/1/list.txt")
        note = notes.read_note(answer.content.decode())
        assert note.text.endswith(f"\n{made.code} 2\n")
        assert "阿依古丽" not in note.text
        ours = city_key.signer().key
        assert notes.signed_by(note, [ours]) == {ours}
        with pytest.raises(notes.Forged):
            notes.signed_by(note._replace(text=note.text.replace(" 2", " 3")), [ours])


class TestScanned:
    def test_is_a_way_on_from_the_slip_for_who_stands_at_the_door(
        self, clerk, client, session, noon
    ):
        made = offers.booked(session, at=noon)
        way = f"{AT}in/{made.code}/"
        assert way in clerk.get(f"/en/bookings/{made.code}/").content.decode()
        assert way not in client.get(f"/en/bookings/{made.code}/").content.decode()

    def test_opens_one_booking_and_marks_it(self, at_the_door, clerk, noon):
        made = offers.booked(at_the_door, at=noon, size=2, **LEFT)
        words = page(clerk, f"{AT}in/{made.code}/")
        assert ("Places for 2 people." in words, "阿依古丽" in words) == (True, False)
        send(clerk, f"{AT}in/{made.code}/", name="a", code=made.code, came="1")
        assert "1 of 2 are marked" in page(clerk, f"{AT}in/{made.code}/")
        assert counted() == {made.code: 1}

    def test_marks_no_other_booking(self, at_the_door, clerk, noon):
        one, two = (offers.booked(at_the_door, at=noon) for _n in range(2))
        send(clerk, f"{AT}in/{one.code}/", name="a", code=two.code, came="1")
        assert counted() == {one.code: 1}

    def test_says_that_there_is_no_place(self, at_the_door, clerk, noon):
        for _n in range(3):
            waits = offers.booked(at_the_door, at=noon, size=4, wait=True)
        assert "no place here" in page(clerk, f"{AT}in/{waits.code}/")

    def test_is_not_to_be_found_by_another_unit(self, session, noon):
        made = offers.booked(session, at=noon)
        page(desk(actor(Role.CLERK, unit=OTHER)), f"{AT}in/{made.code}/", 404)
        page(desk(offers.officer()), f"{AT}in/nonsense/", 404)


class TestOutcomes:
    def test_are_written_down_once_the_list_is_closed(self, at_the_door, officer, noon):
        session = at_the_door
        made = offers.booked(session, at=noon, size=3)
        at = f"{AT}sessions/{session.code}/"
        with time_machine.travel(session.starts_at, tick=False):
            send(officer, f"{at}door/1/marks/", name="a", code=made.code, came="3")
            assert "Nobody is marked" in page(officer, f"{at}outcomes/")
        with time_machine.travel(session.ends_at + timedelta(minutes=1), tick=False):
            send(officer, f"{at}close/")
            for _again in range(2):
                send(
                    officer,
                    f"{at}outcomes/",
                    **{f"completed-{made.code}": "3", f"passed-{made.code}": "4"},
                )
            send(officer, f"{at}outcomes/", **{f"completed-{made.code}": "2"})

        assert list(Outcome.objects.values_list("kind", "people")) == [
            ("completed", 3),
            ("completed", -1),
        ]

    def test_are_read_by_a_clerk_and_written_by_none(self, clerk, session):
        page(clerk, f"{AT}sessions/{session.code}/outcomes/")
        send(clerk, f"{AT}sessions/{session.code}/outcomes/", 403)

    def test_asks_the_database_as_often_for_many(
        self, officer, session, noon, django_assert_max_num_queries
    ):
        made = [offers.booked(session, at=noon) for _n in range(8)]
        offers.attended(session, *made)
        page(officer, f"{AT}sessions/{session.code}/outcomes/")
        with django_assert_max_num_queries(8):
            page(officer, f"{AT}sessions/{session.code}/outcomes/")
