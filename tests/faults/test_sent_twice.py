"""The same form sent twenty times at once (R2): one case, and everybody who sent it is led to the same receipt."""

from http.cookies import SimpleCookie
from unittest import mock

import pytest
import time_machine
from django.test import Client

from linli.cases.models import Case, Draft
from linli.cases.views import ask_send
from linli.kernel.idempotency import new_key
from tests.town import asking as town
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 20


@pytest.fixture(autouse=True)
def _town(settings, tmp_path):
    settings.KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    with time_machine.travel(town.AT, tick=True):
        town.town()
        yield


def begun():
    """Return the cookies of a browser that has written everything and need only send it."""
    client = Client()
    client.post("/en/ask/", {"words": town.SAID})
    client.post("/en/ask/topic/", {"topic": "lamp"})
    assert client.get("/en/ask/check/").status_code == 200
    return client.cookies.output(header="", sep=";")


def sent_at_once(browsers, keys):
    """Send the form from so many browsers together; return where each is led and what opens there."""
    receipts, answers = [], []

    def send(number):
        client = Client()
        client.cookies = SimpleCookie(browsers[number])
        answer = client.post("/en/ask/check/", {"once": keys[number]})
        answers.append((answer.status_code, answer["Location"]))
        if "receipt" in answer.cookies:
            receipts.append(client.get(answer["Location"]).context["case"].code)

    assert at_once(len(browsers), send) == []
    return answers, receipts


def test_takes_a_form_that_is_sent_twenty_times_once():
    key, browser = new_key(), begun()

    answers, receipts = sent_at_once([browser] * CLIENTS, [key] * CLIENTS)

    case = Case.objects.get()
    assert answers == [(302, "/en/ask/receipt/")] * CLIENTS
    assert receipts == [case.code] * CLIENTS
    assert Draft.objects.count() == 0


def test_takes_a_draft_once_even_under_two_keys():
    """Two windows of the same browser have two keys, and one draft."""
    browser = begun()

    sent_at_once([browser] * 2, [new_key(), new_key()])

    assert Case.objects.count() == 1


def test_control_two_who_ask_have_two_cases():
    sent_at_once([begun(), begun()], [new_key(), new_key()])

    assert Case.objects.count() == 2


def test_control_without_key_and_draft_each_sending_makes_a_case():
    browser = begun()

    with mock.patch.object(ask_send, "discard"):
        sent_at_once([browser] * 2, [new_key(), new_key()])

    assert Case.objects.count() == 2
