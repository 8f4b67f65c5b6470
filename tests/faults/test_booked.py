"""Two hundred who book at once over HTTP, kill -9 among them (never oversold): as many sold as there are, each once.

LINLI_CROWD says how many posts (600; `make faults`: 5,000), for a tenth as many places; LINLI_CROWDS how many
such crowds come one after the other (1; `make faults`: 20).
"""

import os
from datetime import UTC, datetime
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection
from django.test import Client

from linli.kernel.limits import forget_all
from linli.offers.models import Booking
from tests.faults.crowd import Crowd, served, sold
from tests.town import offers as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = int(os.environ.get("LINLI_CROWD", "600"))
CROWDS = int(os.environ.get("LINLI_CROWDS", "1"))
PLACES = POSTS // 10
HOUSES, CARELESS, HASTY = (
    "linli.config.settings", "tests.faults.careless_places", "tests.faults.careless",
)  # fmt: skip


@pytest.fixture
def session(settings, tmp_path):
    settings.KEYS = tmp_path / "home" / "keys"
    forget_all()
    return town.session(capacity=PLACES, at=datetime.now(UTC))


@pytest.fixture
def server(session, tmp_path, request):
    with served(tmp_path / "home", connection, getattr(request, "param", HOUSES)) as made:
        yield made


def killed_midway(crowd, acknowledged):
    """Let the crowd come, and kill the server as soon as so many were told that they have a place."""
    comers = Thread(target=crowd.come)
    comers.start()
    until = monotonic() + 60
    while len(crowd.codes) < acknowledged and monotonic() < until:
        sleep(0.001)
    crowd.server.kill()
    comers.join()


def test_sells_as_many_places_as_there_are_and_refuses_the_rest(session, server, record_property):
    for _ in range(CROWDS):
        crowd = Crowd(server, session, POSTS)

        crowd.come()

        assert crowd.statuses == {201: PLACES, 409: POSTS - PLACES}
        assert sold(session) == (PLACES, PLACES)
        assert len(set(crowd.codes)) == PLACES
        session = town.session(capacity=PLACES, at=datetime.now(UTC), of=session.offer)
    record_property("crowds", f"{CROWDS} times {PLACES} sold, {POSTS - PLACES} refused")


@pytest.mark.parametrize("server", [CARELESS], indirect=True)
def test_control_oversells_by_what_was_read_before(session, server):
    crowd = Crowd(server, session, POSTS)

    crowd.come()

    assert sold(session)[1] > PLACES


def test_keeps_what_it_acknowledged_when_it_is_killed_and_sells_the_rest_once(session, server):
    crowd = Crowd(server, session, POSTS)

    killed_midway(crowd, PLACES // 4)

    told = dict(crowd.answers)
    taken, booked = sold(session)
    assert len(crowd.codes) <= taken == booked <= PLACES
    assert not {*crowd.codes} - {*Booking.objects.values_list("code", flat=True)}
    # All send again under their keys: who was told is told the same, who was not is told now.
    server.start()
    crowd.come()
    assert {key: crowd.answers[key] for key, (status, _) in told.items() if status == 201} == {
        key: answer for key, answer in told.items() if answer[0] == 201
    }
    assert crowd.statuses == {201: PLACES, 409: POSTS - PLACES}
    assert sold(session) == (PLACES, PLACES)
    assert {*crowd.codes} == {*Booking.objects.values_list("code", flat=True)}


@pytest.mark.parametrize("server", [HASTY], indirect=True)
def test_control_loses_what_is_acknowledged_before_it_is_written(session, server):
    crowd = Crowd(server, session, POSTS, clients=4)

    killed_midway(crowd, 3)

    assert {*crowd.codes} - {*Booking.objects.values_list("code", flat=True)}


def test_books_a_key_once_however_many_send_it(session, server):
    crowd = Crowd(server, session, 1)

    crowd.come(crowd.keys * 60)

    assert sold(session) == (1, 1)
    assert crowd.statuses == {201: 1}


def test_control_books_again_for_every_other_key(session, server):
    crowd = Crowd(server, session, 6)

    crowd.come()

    assert sold(session) == (6, 6)


def begun(session):
    """Return a browser that need only press the button, and the key of its form."""
    client = Client()
    way = f"/en/offers/sessions/{session.code}/book/"
    client.post(way, {"size": 1})
    client.post(f"{way}left/", {"channel": "none"})
    return client, client.get(f"{way}check/").context["once"]


def pressed_at_once(session, browsers):
    cookies = [(client.cookies.output(header="", sep=";"), key) for client, key in browsers]
    places = []

    def press(number):
        said, key = cookies[number]
        client = Client()
        client.cookies.load(said)
        answer = client.post(f"/en/offers/sessions/{session.code}/book/check/", {"once": key})
        places.append((answer.status_code, client.get(answer["Location"]).context["booking"].code))

    assert at_once(len(browsers), press) == []
    return places


def test_books_once_when_the_button_is_pressed_twenty_times(session):
    answers = pressed_at_once(session, [begun(session)] * 20)

    assert answers == [(302, Booking.objects.get().code)] * 20
    assert sold(session) == (1, 1)


def test_control_books_twice_for_two_who_press_it(session):
    pressed_at_once(session, [begun(session), begun(session)])

    assert sold(session) == (2, 2)


def test_control_books_again_without_the_key(session):
    client, _key = begun(session)

    pressed_at_once(session, [(client, ""), (client, "")])

    assert sold(session) == (2, 2)
