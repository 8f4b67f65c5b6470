"""How long staff stay signed in, where, and how that ends; what of it stands in the log."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from linli.kernel.actors import Role
from linli.kernel.sessions import IDLE, LONGEST, open_sessions
from tests.town.staff import account

pytestmark = pytest.mark.django_db
PASSWORD = "long-enough-1"


@pytest.fixture
def planner():
    return account(Role.PLANNER, username="planner")


def come_in(name="planner"):
    client = Client()
    assert client.post("/account/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


def inside(client):
    return client.get("/account/sessions/").status_code == 200


@pytest.mark.usefixtures("planner")
class TestEnding:
    def test_ends_when_nobody_used_it_for_an_hour(self, time_machine, noon):
        time_machine.move_to(noon, tick=False)
        client = come_in()
        time_machine.shift(IDLE)
        assert inside(client)

        time_machine.shift(IDLE + timedelta(seconds=1))

        assert not inside(client)
        assert Session.objects.count() == 0

    def test_ends_after_a_working_day_however_busy(self, time_machine, noon):
        time_machine.move_to(noon, tick=False)
        client = come_in()
        for _half_hours in range(24):
            time_machine.shift(timedelta(minutes=30))
            assert inside(client)

        time_machine.shift(timedelta(seconds=1))

        assert timedelta(hours=12) == LONGEST
        assert not inside(client)

    def test_is_gone_on_the_server_when_somebody_leaves(self):
        client = come_in()
        kept = client.cookies["sessionid"].value

        left = client.post("/account/logout/")

        assert left["Clear-Site-Data"] == '"cache"'
        assert Session.objects.count() == 0
        again = Client()
        again.cookies["sessionid"] = kept
        assert not inside(again)

    def test_writes_once_in_five_minutes_that_it_is_used(self, time_machine, noon):
        time_machine.move_to(noon, tick=False)
        client = come_in()
        before = Session.objects.get().session_data
        time_machine.shift(timedelta(minutes=5))
        assert inside(client)
        assert Session.objects.get().session_data == before

        time_machine.shift(timedelta(seconds=1))
        assert inside(client)

        assert Session.objects.get().session_data != before


class TestListing:
    def test_shows_ones_own_and_nobody_elses(self, planner, time_machine, noon):
        time_machine.move_to(noon, tick=False)
        account(Role.OFFICER, username="officer")
        mine, _other, _strangers = come_in(), come_in(), come_in("officer")
        key = mine.cookies["sessionid"].value

        found = open_sessions(planner, key, noon)

        assert sorted(one.this for one in found) == [False, True]
        assert {one.since for one in found} == {noon}
        assert mine.get("/account/sessions/").content.count(b'<li class="row">') == 2

    def test_ends_the_others_and_stays(self, planner):
        account(Role.OFFICER, username="officer")
        mine, other, stranger = come_in(), come_in(), come_in("officer")

        mine.post("/account/again/", {"password": PASSWORD})
        done = mine.post("/account/sessions/")

        assert done.url == "/account/sessions/"
        assert [inside(one) for one in (mine, other, stranger)] == [True, False, True]
        assert b"<form" not in mine.get("/account/sessions/").content.split(b"<main")[1]

    @pytest.mark.usefixtures("planner")
    def test_asks_for_the_password_before(self):
        mine, other = come_in(), come_in()

        assert mine.post("/account/sessions/").url.startswith("/account/again/")
        assert inside(other)

    def test_needs_no_more_queries_for_more_sessions(self, planner, django_assert_max_num_queries):
        mine = come_in()
        for _more in range(5):
            come_in()

        with django_assert_max_num_queries(8):
            assert inside(mine)


def test_keys_of_sessions_are_random_and_new_at_each_sign_in(planner):
    keys = {come_in().cookies["sessionid"].value for _times in range(20)}

    assert len(keys) == 20
    assert all(len(key) == 32 and key.isalnum() for key in keys)  # 36**32: more than 128 bits


def test_forgets_sessions_of_whom_an_administrator_gives_a_new_link(planner):
    from linli.kernel import accounts
    from linli.kernel.clock import now
    from tests.town.staff import actor

    client = come_in()

    accounts.start_link(by=actor(Role.ADMINISTRATOR), at=now(), staff=planner)

    assert not inside(client)
