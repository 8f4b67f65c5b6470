"""The promise 培训班、订单式培训、拉面师: a promised course is opened, booked, held and passed; what was held proves the promise,
and everybody reads what one place cost. (In the browser, with seventy people: test_noodle_chefs.py.)
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from linli.flows.commitment_to_offer import count_delivered
from linli.offers.models import Certificate, Offer, Outcome
from tests.town import courses, delivery, directory, offers
from tests.town.told import books, desk, offer_of, opens, press, read

pytestmark = pytest.mark.django_db


def test_a_promised_course_is_held_and_its_places_have_a_price(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, unit = desk(offers.officer()), directory.unit(offers.LABOUR)
    task = delivery.promise(at=noon, title="年底前办1期拉面师班", target=1)

    # The unit opens the course that an employer ordered, and says which promise it keeps and who pays.
    code = offer_of(officer, kind="course", title="拉面师培训班", unit=unit)
    employer = courses.employer(at=noon)
    press(
        officer, f"/console/offers/{code}/trainings/", organization=employer.pk, places="2",
        role="拉面师",
    )  # fmt: skip
    day = localtime(noon + timedelta(days=7))
    press(
        officer, f"/console/offers/{code}/sessions/new/", first_on=f"{day:%Y-%m-%d}", begins="09:00",
        ends="11:00", capacity="2", booking_from=f"{noon - timedelta(days=1):%Y-%m-%dT%H:%M}",
        booking_until=f"{day - timedelta(days=1):%Y-%m-%dT%H:%M}",
    )  # fmt: skip
    paid = delivery.paid_account(at=noon, amount=7_000_00)
    links = f"/console/tasks/{task.code}/delivery/"
    press(officer, links, offer=code, counts="sessions")
    press(officer, links, account=paid.code)

    # Two people book without an account and come; the third finds no place.
    session = Offer.objects.get(code=code).sessions.get()
    holders = [books(session) for _person in range(2)]
    assert session.bookings.count() == 2
    time_machine.move_to(session.starts_at + timedelta(minutes=5), tick=False)
    officer = desk(offers.officer())
    door = f"/console/offers/sessions/{session.code}/"
    for _person, booking, _passphrase in holders:
        press(officer, f"{door}door/1/", "/marks/", code=booking, came="1")
    time_machine.move_to(session.ends_at + timedelta(minutes=5), tick=False)
    officer = desk(offers.officer())
    press(officer, door, "/close/")
    _person, booking, passphrase = holders[0]
    press(officer, f"{door}outcomes/", **{f"completed-{booking}": "1", f"passed-{booking}": "1"})
    assert set(Outcome.objects.values_list("kind", "people")) == {("completed", 1), ("passed", 1)}

    # Who passed fetches a certificate; nobody's list of them exists.
    person, page = opens(booking, passphrase)
    press(person, f"{page}certificate/", gives=200, named="")
    assert Certificate.objects.get().booking.code == booking

    # What was held proves the promise; one of two places cost half of what was paid, and no name stands anywhere.
    count_delivered(session.ends_at + timedelta(hours=1))
    time_machine.move_to(session.ends_at + timedelta(hours=1), tick=False)
    assert "verdict--done" in client.get(f"/promises/tasks/{task.code}/").content.decode()
    told = read(client, f"/promises/tasks/{task.code}/delivered/")
    assert ("7,000.00" in told, "3,500.00" in told) == (True, True)
    assert not any(code in told for _person, code, _passphrase in holders)
