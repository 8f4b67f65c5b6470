"""The promise 志愿服务、结对、邻里手拉手、四点半课堂: a shift after school is booked and its hours confirmed; two neighbours are
paired by station and time, and learn of each other after both said yes. (In the browser: test_culture.py.)
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from linli.offers.models import Booking, Offer, Pair, Pairing
from linli.offers.models.volunteer import Hours
from tests.town import culture, directory, offers
from tests.town.cases import clerk
from tests.town.told import books, desk, offer_of, opens, press, read

pytestmark = pytest.mark.django_db
REACH = {"wanted": ("王阿姨", "13900002222"), "offered": ("李叔叔", "13900003333")}


def test_a_volunteer_comes_after_school_and_the_hours_are_confirmed(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, unit = desk(offers.officer()), directory.unit(offers.LABOUR)
    code = offer_of(officer, kind="shift", title="四点半课堂", unit=unit)
    day = localtime(noon + timedelta(days=3))
    press(
        officer, f"/console/offers/{code}/sessions/new/", first_on=f"{day:%Y-%m-%d}", begins="16:30",
        ends="18:00", capacity="3", booking_from=f"{noon - timedelta(days=1):%Y-%m-%dT%H:%M}",
        booking_until=f"{day:%Y-%m-%dT12:00}",
    )  # fmt: skip
    session = Offer.objects.get(code=code).sessions.get()
    assert "四点半课堂" in read(client, "/volunteers/")
    _person, booking, passphrase = books(session)

    time_machine.move_to(session.starts_at + timedelta(minutes=1), tick=False)
    officer = desk(offers.officer())
    at_desk = f"/console/offers/sessions/{session.code}/"
    press(officer, f"{at_desk}door/1/", "/marks/", code=booking, came="1")
    time_machine.move_to(session.ends_at + timedelta(minutes=1), tick=False)
    officer = desk(offers.officer())
    press(officer, at_desk, "/close/")
    press(officer, f"{at_desk}hours/", booking=booking, minutes="90")

    assert Hours.objects.get().minutes == 90
    assert Booking.objects.get().state == Booking.ATTENDED
    person, page = opens(booking, passphrase)
    assert person.get(page).context["sections"]


def test_two_neighbours_meet_after_both_said_yes(time_machine, noon):
    time_machine.move_to(noon, tick=False)
    officer, unit = desk(offers.officer()), directory.unit(offers.LABOUR)
    code = offer_of(officer, kind="group", title="邻里手拉手", unit=unit)
    press(officer, "/console/offers/pairs/", offer=code, kept_days="60")
    assert Pairing.objects.get().offer.code == code
    station = culture.station(at=noon)

    held = {side: _joins(code, station, side) for side in REACH}

    # The window sees codes, never a name, and proposes.
    window = desk(clerk(offers.LABOUR))
    pairs = read(window, "/console/offers/pairs/")
    assert not any(said in pairs for told in REACH.values() for said in told)
    way = f"/{held['wanted'][0]}/{held['offered'][0]}/propose/"
    press(window, "/console/offers/pairs/", way)
    mine = _enters(*held["wanted"])
    assert "李叔叔" not in read(*mine)
    press(*mine, "/yes/")
    assert "李叔叔" not in read(*mine)
    press(*_enters(*held["offered"]), "/yes/")
    assert "13900003333" in read(*_enters(*held["wanted"]))
    assert Pair.objects.get().ended_on is None


def _joins(code, station, side):
    name, reach = REACH[side]
    answer = press(
        Client(), f"/volunteers/{code}/join/", gives=200, side=side, location=station.code,
        times=["2", "5"], name=name, channel="sms", reach=reach,
    )  # fmt: skip
    return re.findall(r'class="claim[^"]*"><bdi dir="ltr">([^<]+)', answer.content.decode())[:2]


def _enters(code, passphrase):
    person = Client()
    return person, press(person, "/volunteers/mine/", code=code, passphrase=passphrase).url
