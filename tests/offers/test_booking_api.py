"""Booking as JSON: the count, the receipt, refusals as problems, keys, and what a rush is spared."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.kernel.actors import Role
from linli.kernel.api_keys import issue
from linli.kernel.idempotency import new_key
from linli.kernel.keystore import store
from linli.kernel.limits import forget_all
from linli.kernel.models import Answered, Staff, Subject
from linli.offers.actions import booking as actions
from linli.offers.actions import offering
from linli.offers.models import Booking, BookingStep, Session
from tests.town import draws
from tests.town import offers as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    forget_all()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def session():
    return town.session(capacity=3, at=AT)


def sent(client, session, key=None, **wanted):
    named = {"Idempotency-Key": key} if key else {}
    return client.post(
        f"/api/offers/sessions/{session.code}/bookings", wanted, "application/json", headers=named
    )


def written():
    return Booking.objects.count(), BookingStep.objects.count(), Subject.objects.count(), Answered.objects.count()  # fmt: skip


def test_books_and_opens_with_what_it_answers(client, session):
    answer = sent(client, session, size=2, name="大王")

    told = answer.json()
    assert answer.status_code == 201
    made = actions.open_held(at=AT, code=told["code"], passphrase=told["passphrase"])
    assert (told["size"], told["door"], told["state"], told["until"]) == (
        2,
        "web",
        "confirmed",
        None,
    )
    assert (told["session"], made.size, Session.objects.get().taken) == (session.code, 2, 2)


def test_counts_what_is_booked(client, session):
    town.booked(session, size=2, at=AT)
    town.booked(session, size=2, wait=True, at=AT)

    told = client.get(f"/api/offers/sessions/{session.code}").json()

    assert (told["capacity"], told["booked"], told["free"], told["waiting"]) == (3, 2, 1, 1)
    assert told["bookings"] == [{"door": "web", "size": 2, "bookings": 1}]
    assert told["doors"][0] == {"door": "web", "taken": 2, "kept": 0}


def test_answers_the_same_key_the_same(client, session):
    key = new_key()
    first, second = sent(client, session, key), sent(client, session, key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert Booking.objects.count() == 1


def test_answers_a_key_again_when_it_is_full_by_now(client, session):
    key = new_key()
    first = sent(client, session, key, size=3)

    assert sent(client, session, key, size=3).content == first.content
    assert sent(client, session, new_key(), size=3).status_code == 409


def test_answers_a_key_again_for_who_waits(client, session):
    town.booked(session, size=3, at=AT)
    key = new_key()
    first, second = sent(client, session, key, wait=True), sent(client, session, key, wait=True)

    assert first.json()["state"] == "waiting"
    assert first.content == second.content
    assert Booking.objects.waiting().count() == 1


def test_refuses_a_key_for_another_body(client, session):
    key = new_key()
    sent(client, session, key, size=3)

    answer = sent(client, session, key, size=2)

    assert (answer.status_code, answer.json()["code"]) == (409, "key_of_another_body")
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("named", [None, "a-key-of-a-program-0001"])
def test_refuses_when_it_is_full_without_writing_anything(
    client, session, named, django_assert_num_queries
):
    town.booked(session, size=3, at=AT)
    before, keys = written(), len(store().alive("", 1000))

    with django_assert_num_queries(2 if named else 1):
        answer = sent(client, session, named)

    assert (answer.status_code, answer.json()["code"]) == (409, "full")
    assert answer["Content-Type"] == "application/problem+json"
    assert (written(), len(store().alive("", 1000))) == (before, keys)


def test_books_with_few_statements(client, session, django_assert_num_queries):
    sent(client, session)

    # Whether it is sold out, what it is, a savepoint and its end (in a test), subject, answer, booking, step, place.
    with django_assert_num_queries(9):
        assert sent(client, session, new_key()).status_code == 201


@pytest.mark.parametrize(
    ("wanted", "status", "code"),
    [
        ({"size": 3}, 409, "full"),
        ({"size": 4}, 422, "too_many"),
        ({"size": 61}, 422, "unreadable"),
        ({"size": 0}, 422, "unreadable"),
        ({"size": "two"}, 422, "unreadable"),
        ({"door": "station"}, 403, "not_allowed"),
        ({"door": "roof"}, 422, "unreadable"),
        ({"email": "nowhere"}, 422, "address_wrong"),
        ({"note": "a\0b"}, 422, "unreadable"),
    ],
)
def test_refuses_what_cannot_be_and_writes_nothing(client, session, wanted, status, code):
    town.booked(session, at=AT)
    before = written()

    answer = sent(client, session, new_key(), **({"size": 1} | wanted))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert written() == before


def test_refuses_the_second_booking_by_the_same_address(client, session):
    sent(client, session, email="a@example.org")

    answer = sent(client, session, new_key(), email="a@example.org")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_booked")
    assert written()[3] == 0


def test_refuses_what_is_not_there_or_called_off(client, session):
    hidden = town.session(at=AT, of=town.offer(at=AT, published=False))
    offering.call_off(by=town.officer(), at=AT, session=session, why="讲师生病")

    assert sent(client, hidden).status_code == 404
    assert client.get(f"/api/offers/sessions/{hidden.code}").status_code == 404
    assert client.post("/api/offers/sessions/7K3M-92QD/bookings", {}, "application/json").status_code == 404  # fmt: skip
    assert sent(client, session).status_code == 410


def test_limits_one_address_and_spares_a_station(client):
    session = town.session(capacity=300, at=AT)
    answers = [sent(client, session).status_code for _ in range(62)]
    clerk = actor(Role.CLERK, name="窗口", unit=town.LABOUR)
    staff = Staff.objects.create(
        username="clerk",
        name=clerk.name,
        role=clerk.role,
        unit=clerk.unit,
        password="long-enough-1",
    )
    _key, secret = issue(by=actor(Role.ADMINISTRATOR), at=AT, staff=staff, name="自助机")

    spared = [
        client.post(
            f"/api/offers/sessions/{session.code}/bookings", json.dumps({"door": "station"}),
            "application/json", headers={"Authorization": f"Bearer {secret}"},
        ).status_code
        for _ in range(62)
    ]  # fmt: skip

    assert answers == [201] * 60 + [429] * 2
    assert spared == [201] * 62
    assert Session.objects.get().taken_station == 62


def test_turns_away_in_the_language_that_is_asked_for(client, session):
    town.booked(session, size=3, at=AT)
    path = f"/api/offers/sessions/{session.code}/bookings"

    said = client.post(path, {}, "application/json", headers={"Accept-Language": "en"})

    assert said.json()["title"] == "There is no place left for so many."
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Content-Length"] == str(len(said.content))


def test_turns_nobody_away_who_would_wait(client, session):
    town.booked(session, size=3, at=AT)

    assert sent(client, session, wait=True).json()["state"] == "waiting"


def test_turns_away_who_comes_while_others_wait(client, session):
    town.booked(session, size=2, at=AT)
    town.booked(session, size=2, wait=True, at=AT)

    assert sent(client, session).json()["code"] == "full"


def test_refuses_places_that_are_kept_for_another_door_without_writing(client):
    session = town.session(capacity=3, at=AT, floor_station=3, floors_until=AT + timedelta(days=1))
    before, keys = written(), len(store().alive("", 1000))

    assert sent(client, session, new_key()).json()["code"] == "full"
    assert (written(), len(store().alive("", 1000))) == (before, keys)


@pytest.mark.parametrize(
    ("column", "moment", "code"),
    [("booking_from", 1, "not_yet"), ("booking_until", -1, "too_late")],
)
def test_says_of_a_full_session_first_that_nobody_may_book(client, session, column, moment, code):
    town.booked(session, size=3, at=AT)
    Session.objects.update(**{column: AT + timedelta(hours=moment)})

    assert sent(client, session).json()["code"] == code


@pytest.mark.parametrize(("body", "status"), [("", 422), ("[", 400), ('{"size": 0}', 422)])
def test_says_of_what_nobody_can_read_that_it_cannot_be_read(client, session, body, status):
    town.booked(session, size=3, at=AT)
    path = f"/api/offers/sessions/{session.code}/bookings"

    answer = client.post(path, body, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (status, "unreadable")
    assert client.get(path).status_code == 405


def test_enters_the_draw_once_for_a_key(client):
    session, key = draws.planned(at=AT).session, new_key()

    first, second = sent(client, session, key, size=2), sent(client, session, key, size=2)

    made = Booking.objects.get()
    assert (made.state, made.size) == ("entered", 2)
    assert first.content == second.content
    assert (first.json()["state"], first.json()["ticket"]) == ("entered", made.ticket)
