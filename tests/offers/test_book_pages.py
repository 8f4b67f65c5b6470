"""Booking without an account and without JavaScript: three questions, a receipt, and what can be done with it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.kernel.actors import Role
from linli.kernel.fields import unseal_text
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from linli.kernel.subjects import key_of
from linli.offers.actions import booking as actions
from linli.offers.actions import offering
from linli.offers.models import Booking, Session
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


def begun(client, session, size=1, wait="", **left):
    """Answer the first two questions; return the page that shows the answers."""
    way = f"/en/offers/sessions/{session.code}/book/"
    client.post(way, {"size": size} | ({"wait": "on"} if wait else {}))
    client.post(f"{way}left/", {"channel": "none"} | left)
    return client.get(f"{way}check/")


def sent(client, session, key):
    return client.post(f"/en/offers/sessions/{session.code}/book/check/", {"once": key})


def booked(client, session, **answers):
    """Book; return the receipt."""
    key = begun(client, session, **answers).context["once"]
    return client.get(sent(client, session, key)["Location"])


def let_in(client, receipt):
    """Open a booking with what its receipt tells; return the address of its page."""
    code, passphrase = receipt.context["booking"].code, receipt.context["passphrase"]
    answer = client.post("/en/bookings/", {"code": code, "passphrase": passphrase})
    assert answer.status_code == 302
    return answer["Location"]


def test_books_with_nothing_but_a_number(client, session):
    receipt = booked(client, session, size=2)

    made = Booking.objects.get()
    assert receipt.status_code == 200
    assert (made.size, made.door, made.state) == (2, "web", "confirmed")
    assert (made.name, made.contact, made.note, made.reply_language) == (None, None, None, None)
    assert made.code in receipt.content.decode()
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", receipt.content.decode())
    assert "<svg" in receipt.content.decode()


def test_seals_what_was_left_and_nothing_else(client, session):
    booked(client, session, name="大王", channel="email", email="a@example.org", note="要翻译")

    made = Booking.objects.get()
    key = key_of(made.subject, at=AT)
    assert unseal_text(made, key, "name") == "大王"
    assert unseal_text(made, key, "note") == "要翻译"
    assert made.contact is not None
    assert made.reply_language is None


def test_keeps_nothing_until_it_is_booked(client, session):
    page = begun(client, session, name="大王", note="要翻译")

    assert page.status_code == 200
    assert "大王" in page.content.decode()
    assert Booking.objects.count() == 0
    said = client.cookies["booking_begun"].value
    assert "大王" not in said


def test_carries_the_longest_answers_in_a_cookie(client, session):
    page = begun(
        client,
        session,
        name="王" * 60,
        note="好" * 300,
        channel="email",
        email=f"{'a' * 60}@example.org",
    )

    assert page.context["answers"]["note"] == "好" * 300
    assert len(client.cookies["booking_begun"].value) < 3800


def test_keeps_every_page_of_it_out_of_caches(client, session):
    for page in (begun(client, session), booked(client, session), client.get("/en/bookings/")):
        assert page["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("size", ["0", "5", "", "two"])
def test_asks_again_for_a_number_that_cannot_be(client, session, size):
    answer = client.post(f"/en/offers/sessions/{session.code}/book/", {"size": size})

    assert answer.status_code == 422
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    "left", [{"channel": "email", "email": ""}, {"channel": "sms", "sms": "12"}, {"channel": "fax"}]
)
def test_asks_again_for_an_address_that_leads_nowhere(client, session, left):
    way = f"/en/offers/sessions/{session.code}/book/"
    client.post(way, {"size": 1})

    assert client.post(f"{way}left/", left).status_code == 422


def test_leads_back_who_has_not_begun(client, session):
    way = f"/en/offers/sessions/{session.code}/book/"

    assert client.get(f"{way}left/")["Location"] == way
    assert client.get(f"{way}check/")["Location"] == way
    assert client.post(f"{way}check/")["Location"] == way
    assert client.get(f"{way}receipt/")["Location"] == "/en/bookings/"


def test_takes_what_was_begun_of_another_session_for_nothing(client, session):
    other = town.session(at=AT)
    begun(client, session)

    assert client.get(f"/en/offers/sessions/{other.code}/book/check/").status_code == 302


def test_books_once_however_often_the_button_is_pressed(client, session):
    key = begun(client, session).context["once"]
    cookies = client.cookies.output(header="", sep=";")

    first = sent(client, session, key)
    client.cookies.load(cookies)
    second = sent(client, session, key)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Booking.objects.count() == 1
    assert client.get(second["Location"]).context["booking"] == Booking.objects.get()


def test_books_once_from_two_windows(client, session):
    """Both show the same answers, and answers have one key."""
    one, other = (begun_page.context["once"] for begun_page in (begun(client, session), client.get(f"/en/offers/sessions/{session.code}/book/check/")))  # fmt: skip

    assert one == other


def test_control_other_answers_are_another_booking(client, session):
    booked(client, session)
    booked(client, session)

    assert Booking.objects.count() == 2


def test_says_that_it_is_full_and_offers_to_wait(client, session):
    page = begun(client, session, size=2)
    town.booked(session, size=2, at=AT)

    answer = sent(client, session, page.context["once"])

    assert answer.status_code == 409
    assert answer.context["refused"].code == "full"
    assert Booking.objects.count() == 1


def test_waits_when_asked_to(client, session):
    town.booked(session, size=3, at=AT)

    receipt = booked(client, session, wait="on")

    assert receipt.context["booking"].state == Booking.WAITING
    assert "waiting list" in receipt.content.decode()


def test_limits_how_often_one_address_books(client, session):
    key = begun(client, session).context["once"]
    cookies = client.cookies.output(header="", sep=";")
    answers = []
    for number in range(121):
        client.cookies.load(cookies)
        answers.append(sent(client, session, f"{key}{number}").status_code)

    assert answers[:3] == [302] * 3
    assert answers[-2:] == [409, 429]


def test_opens_a_booking_with_both_and_with_nothing_less(client, session):
    receipt = booked(client, session)
    code, passphrase = receipt.context["booking"].code, receipt.context["passphrase"]
    client.post("/en/bookings/leave/")

    assert client.get(f"/en/bookings/{code}/").templates[0].name == "offers/manage_enter.html"
    wrong = client.post("/en/bookings/", {"code": code, "passphrase": "4821 0937 5512 6608"})
    assert wrong.status_code == 422
    page = client.get(
        client.post("/en/bookings/", {"code": code, "passphrase": passphrase})["Location"]
    )
    assert page.context["standing"].state == "done"


def test_cancels_and_gives_the_place_back(client, session):
    address = let_in(client, booked(client, session, size=3))

    page = client.get(f"{address}cancel/")
    answer = client.post(f"{address}cancel/", {"once": page.context["once"]})

    assert answer["Location"] == f"{address}?said=cancelled"
    assert Session.objects.get().taken == 0
    page = client.get(answer["Location"])
    assert (page.context["deeds"], page.context["standing"].word) == ([], "cancelled")


def test_tells_the_place_on_the_list_and_takes_what_is_offered(client, session):
    first = town.booked(session, size=3, at=AT)
    town.booked(session, size=3, at=AT, wait=True)
    address = let_in(client, booked(client, session, wait="on"))
    assert "1 booking is before yours" in str(client.get(address).context["standing"].sentence)

    actions.cancel(at=AT, booking=Booking.objects.filter(state="waiting").earliest("id"))
    actions.cancel(at=AT, booking=first)

    page = client.get(address)
    assert [name for name, *_ in page.context["deeds"]] == ["accept", "cancel"]
    client.post(f"{address}accept/")
    assert Booking.objects.latest("id").state == Booking.CONFIRMED


def test_refuses_an_offered_place_whose_time_has_passed(client, session):
    first = town.booked(session, size=3, at=AT)
    address = let_in(client, booked(client, session, wait="on"))
    actions.cancel(at=AT - timedelta(hours=25), booking=first)

    answer = client.post(f"{address}accept/")

    assert (answer.status_code, answer.context["refused"].code) == (422, "lapsed")
    assert Booking.objects.latest("id").state == Booking.OFFERED


def test_refuses_to_cancel_what_has_begun(client, session):
    address = let_in(client, booked(client, session))
    Session.objects.update(starts_at=AT - timedelta(minutes=1))

    answer = client.post(f"{address}cancel/")

    assert (answer.status_code, answer.context["refused"].code) == (422, "over")
    assert Session.objects.get().taken == 1


def test_tells_why_it_was_called_off(client, session):
    address = let_in(client, booked(client, session))
    offering.call_off(by=town.officer(), at=AT, session=session, why="讲师生病")

    assert "讲师生病" in client.get(address).content.decode()


def test_forgets_on_this_device(client, session):
    address = let_in(client, booked(client, session))

    client.post("/en/bookings/leave/")

    assert client.get(address).templates[0].name == "offers/manage_enter.html"


def test_leads_to_the_door_from_every_deed_of_who_was_not_let_in(client, session):
    made = town.booked(session, at=AT)

    for way in ("cancel", "accept"):
        assert (
            client.post(f"/en/bookings/{made.code}/{way}/")["Location"]
            == f"/en/bookings/{made.code}/"
        )
    assert Booking.objects.get().state == Booking.CONFIRMED


def test_enters_the_draw_and_tells_the_ticket(client):
    session = draws.planned(at=AT).session

    receipt = booked(client, session, size=2)

    made = Booking.objects.get()
    assert (made.state, made.size) == ("entered", 2)
    assert made.ticket in receipt.content.decode()


def test_books_at_a_station_for_somebody_else(client, session):
    clerk = actor(Role.CLERK, name="柜员", unit=town.LABOUR)
    client.force_login(
        Staff.objects.create(
            username="clerk",
            name=clerk.name,
            role=clerk.role,
            unit=clerk.unit,
            password="long-enough-1",
        )
    )

    booked(client, session)

    assert Booking.objects.get().door == "station"
    assert Session.objects.get().taken_station == 1
