"""Somebody tries to come in by the ways that are there for who has lost theirs: links, codes, sessions of others
(attack 29). None of them lets anybody in twice or past the second factor, and the owner is told each time.
"""

from datetime import timedelta

import pytest
from django.test import Client

from linli.kernel import accounts
from linli.kernel.models import Message, Staff
from linli.kernel.refusals import Refused
from tests.kernel.test_second_factor import (
    BY,
    PASSWORD,
    _required,
    enter,
    news,
    planner,
    ready,
    sign_in,
)  # fmt: skip
from tests.town.one_time import code_of

__all__ = ["_required", "planner", "ready"]
pytestmark = [pytest.mark.django_db, pytest.mark.page]
CHOSEN = "another-long-one"
FLOOD = 40


def told(name="planner", secret="", password=PASSWORD):
    """Sign in as the owner, and return what the house tells them."""
    client = Client()
    sign_in(client, password, name)
    page = client.post("/en/account/login/code/", {"code": code_of(secret)}, follow=True)
    return [one.split(" ", 2)[2].split(".")[0] for one in news(page)]


def test_lets_the_last_of_many_links_serve_and_once(ready, planner, noon, settings):
    """A flood of links: each ends the one before, none skips the second factor, each is told."""
    settings.EMAIL_HOST = "mail.example"
    Staff.objects.filter(pk=planner.pk).update(email="planner@example.org")

    links = [accounts.start_link(by=BY, at=noon, staff=planner) for _ in range(FLOOD)]

    assert Message.objects.filter(once__startswith="account step ").count() == FLOOD
    for link in links[:-1]:
        with pytest.raises(Refused) as refused:
            accounts.start(at=noon, pk=planner.pk, token=link, password=CHOSEN)
        assert refused.value.code == "link_spent"
    accounts.start(at=noon, pk=planner.pk, token=links[-1], password=CHOSEN)
    with pytest.raises(Refused):
        accounts.start(at=noon, pk=planner.pk, token=links[-1], password=PASSWORD)
    client = Client()
    assert sign_in(client, CHOSEN).url == "/en/account/login/code/"
    assert client.get("/en/console/").status_code == 302


def test_tells_the_owner_who_comes_after_a_stolen_code(client, ready, planner, time_machine, noon):
    secret, codes = ready
    time_machine.move_to(noon + timedelta(minutes=5), tick=True)
    sign_in(client)
    assert enter(client, codes[0]).status_code == 302
    time_machine.shift(3600)

    assert told(secret=secret) == ["A recovery code of your account was used to sign in"]
    time_machine.shift(3600)
    assert told(secret=secret) == []
    assert [one.verb for one in planner.steps.all()][-1] == "code_used"


def test_control_tells_nothing_of_a_code_of_the_app(client, ready, planner, time_machine):
    secret, _codes = ready
    sign_in(client)
    assert enter(client, code_of(secret)).status_code == 302
    time_machine.shift(3600)

    assert told(secret=secret) == []


def test_tells_of_a_new_password_and_of_a_link(ready, planner, noon, time_machine):
    secret, _codes = ready
    told(secret=secret)
    time_machine.shift(3600)
    at = noon + timedelta(hours=1)
    accounts.note(staff=planner, verb="password_changed", at=at)
    link = accounts.start_link(by=BY, at=at, staff=planner)
    accounts.start(at=at, pk=planner.pk, token=link, password=CHOSEN)
    time_machine.shift(3600)

    assert told(secret=secret, password=CHOSEN) == [
        "The password of your account was changed",
        "An administrator gave a link by which a new password is chosen",
    ]


def planted(client):
    """Return a session that somebody set into this browser before its owner signs in."""
    session = client.session
    session["planted"] = "x"
    session.save()
    return client.cookies["sessionid"].value


def test_takes_no_session_from_before_either_step(client, ready):
    secret, _codes = ready
    before = planted(client)
    sign_in(client)
    between = client.cookies["sessionid"].value

    assert enter(client, code_of(secret)).status_code == 302

    assert client.get("/en/console/").status_code == 200
    for stolen in {before, between} - {client.cookies["sessionid"].value}:
        thief = Client()
        thief.cookies["sessionid"] = stolen
        assert thief.get("/en/console/").status_code == 302
    assert client.cookies["sessionid"].value not in {before, between}


def test_control_a_session_that_is_kept_lets_the_thief_in(client, ready, monkeypatch):
    """The same with sessions that keep their number when somebody signs in."""
    from django.contrib.sessions.backends.db import SessionStore

    monkeypatch.setattr(SessionStore, "cycle_key", lambda _self: None)
    secret, _codes = ready
    before = planted(client)
    sign_in(client)
    enter(client, code_of(secret))

    thief = Client()
    thief.cookies["sessionid"] = before

    assert thief.get("/en/console/").status_code == 200
