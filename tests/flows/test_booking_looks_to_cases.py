"""From a look at a booking its holder asks why: a case with a code and clocks of its own."""

import pytest
import time_machine
from django.urls import reverse

from linli.cases.actions import reading as case_reading
from linli.cases.models import Case
from linli.flows.booking_looks_to_cases import ask_why
from linli.kernel.actors import HOLDER
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, reading
from tests.town import cases, offers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(noon):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def looks_topic():
    return cases.topic("looks", unit=cases.TRIAGE, name="查看记录")


def looked(at):
    session = offers.session(at=at)
    wanted = booking.Wanted(name="阿依古丽", reply_language="en")
    receipt = booking.book(by=HOLDER, at=at, session=session, wanted=wanted)
    reading.open_roster(by=offers.officer(), at=at, session=session, purpose="door")
    return receipt, receipt.booking.subject.looks.get()


def test_becomes_a_case_that_names_the_look_and_nobody(client, noon, looks_topic):
    receipt, look = looked(noon)
    code = receipt.booking.code
    client.post("/bookings/", {"code": code, "passphrase": receipt.passphrase})
    address = reverse("portal:booking_why", args=[code, look.code])
    assert address.split("/looks/")[1] in client.get(f"/bookings/{code}/looks/").content.decode()

    answer = client.post(address)

    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:ask_receipt"))
    case = Case.objects.get()
    assert (case.topic, case.kind) == (looks_topic, "complaint")
    opened = case_reading.own(by=HOLDER, at=noon, case=case)
    assert look.code in opened.words
    assert code in opened.words
    assert "阿依古丽" not in opened.words
    assert [step.verb for step in receipt.booking.steps.all()] == ["booked", "asked_why"]


def test_refuses_a_look_at_another(noon, looks_topic):
    (receipt, _mine), (_other, look) = looked(noon), looked(noon)

    with pytest.raises(Refused, match="no_look"):
        ask_why(at=noon, booking=receipt.booking, look=look)
    assert Case.objects.count() == 0


def test_finds_no_look_that_there_is_not(client, noon, looks_topic):
    receipt, _look = looked(noon)
    code = receipt.booking.code
    client.post("/bookings/", {"code": code, "passphrase": receipt.passphrase})

    assert client.post(reverse("portal:booking_why", args=[code, "7K3M-92QD"])).status_code == 404
    assert Case.objects.count() == 0


def test_leads_who_has_no_ticket_to_the_door(client, noon, looks_topic):
    receipt, look = looked(noon)

    answer = client.post(reverse("portal:booking_why", args=[receipt.booking.code, look.code]))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("offers:booking", args=[receipt.booking.code])
    assert Case.objects.count() == 0
