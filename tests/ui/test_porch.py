"""The porch: letter for letter what everybody gets, for a moment and no longer, and nobody's own."""

import json
from io import StringIO

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from linli.directory.actions import end_service
from linli.kernel import logs
from linli.ui import kept, porch
from linli.ui.porch import MOMENT, MOST, Porch
from tests.town import guides
from tests.town.staff import actor

HEADERS = [("Vary", "Cookie"), ("X-One", "1")]


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


class Inside:
    """An application that counts, and says that what it gave stands."""

    def __init__(self, status="200 OK", headers=HEADERS, stands="things", body=None):
        self.said, self.stands, self.body, self.asked = (status, headers), stands, body, 0

    def __call__(self, request, start):
        self.asked += 1
        if self.stands:
            request[kept.STANDS] = self.stands
        start(*self.said)
        return self.body or [b"page %d" % self.asked]


def request(path="/things/?area=1", **said):
    return RequestFactory().get(path, **said).environ


def ask(application, path="/things/?area=1", **said):
    heard = []
    answer = application(request(path, **said), lambda *one: heard.append(one))
    return heard[0][0], heard[0][1], b"".join(answer)


def whole(application):
    """Return it as the hall has it: answers are made before they are handed on."""
    return lambda asked, start: [application(asked, start).content]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(db, noon):
    # As Django's own client does: what is asked shares the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    kept.pages.forget()
    yield guides.service("创业担保贷款", at=noon)
    kept.pages.forget()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_gives_again_what_the_house_gave_without_asking_the_database(
    service, clock, django_assert_num_queries
):
    house, address = Porch(whole(get_wsgi_application()), clock=clock), f"/services/{service.code}/"
    _made, again = ask(house, address), ask(house, address)

    with django_assert_num_queries(0):
        given = ask(house, address)

    assert given == again
    assert "创业担保贷款" in given[2].decode()


def test_says_what_was_edited_a_moment_later(service, clock, noon):
    house, address = Porch(whole(get_wsgi_application()), clock=clock), f"/services/{service.code}/"
    _made, before = ask(house, address), ask(house, address)
    end_service(by=actor(), at=noon, service=service)
    at_once = ask(house, address)

    clock.now += MOMENT

    assert at_once == before
    assert ask(house, address)[2] != before[2]


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_COOKIE": "sessionid=one"},
        {"HTTP_COOKIE": "mode=elder; following=one"},
        {"HTTP_AUTHORIZATION": "Bearer one"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_IF_NONE_MATCH": '"one"'},
        {"HTTP_RANGE": "bytes=0-1"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_leads_in_whoever_may_get_another(clock, said):
    house = Porch(Inside(), clock=clock)

    assert [ask(house, **said)[2] for _ in range(3)] == [b"page 1", b"page 2", b"page 3"]


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_COOKIE": "mode=elder"},
        {"HTTP_COOKIE": "__Host-mode=elder"},
        {"HTTP_ACCEPT_LANGUAGE": "bo"},
        {"HTTP_HOST": "another.example.org"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"path": "/things/?area=2"},
        {"path": "/thing/?area=1"},
    ],
)
def test_gives_nobody_the_page_of_another_look_language_or_address(clock, said):
    house = Porch(Inside(), clock=clock)

    assert [ask(house)[2], ask(house, **said)[2]] == [b"page 1", b"page 2"]
    assert [ask(house)[2], ask(house, **said)[2]] == [b"page 1", b"page 2"]


def test_gives_all_the_same_whose_forms_are_guarded(clock):
    house = Porch(Inside(), clock=clock)

    assert [ask(house, HTTP_COOKIE=f"csrftoken={one}")[2] for one in "ab"] == [b"page 1"] * 2


@pytest.mark.parametrize(
    "inside",
    [
        {"stands": None},
        {"status": "404 Not Found"},
        {"headers": [*HEADERS, ("Set-Cookie", "one=1")]},
        {"headers": [("Vary", "Cookie, Accept")]},
        {"body": [b"x" * (porch.LARGEST + 1)]},
        {"body": [b"a", b"b"]},
    ],
)
def test_keeps_nothing_that_is_not_everybodys_and_whole(clock, inside):
    house, one = None, Inside(**inside)
    house = Porch(one, clock=clock)
    for _ in range(3):
        ask(house)

    assert one.asked == 3


def test_begins_the_moment_before_it_is_asked(clock):
    inside = Inside()

    def slow(asked, start):
        clock.now += MOMENT
        return inside(asked, start)

    house = Porch(slow, clock=clock)

    assert [ask(house)[2], ask(house)[2]] == [b"page 1", b"page 2"]


def test_has_room_for_so_many(clock):
    house = Porch(Inside(), clock=clock)
    for number in range(MOST + 1):
        ask(house, f"/things/?area={number}")

    assert len(house._pages) == 1


def test_writes_how_many_of_which_route_once_a_second(clock):
    written, house = StringIO(), Porch(Inside(), clock=clock)
    config = logs.logging_config(json_lines=True)
    config["handlers"]["stderr"]["stream"] = written
    logs.configure(config)
    try:
        for _ in range(4):  # the first is the application's own
            ask(house, HTTP_COOKIE="csrftoken=secret")
        clock.now += 1.1
        ask(house, HTTP_COOKIE="sessionid=secret"), ask(house, HTTP_COOKIE="sessionid=secret")
    finally:
        logs.configure(logs.logging_config(json_lines=False))

    [line] = map(json.loads, written.getvalue().splitlines())
    del line["timestamp"]
    assert line == {
        "event": "request", "logger": "linli.request", "level": "info",
        "method": "GET", "route": "things", "status": 200, "role": "public", "count": 3,
    }  # fmt: skip
