"""A city that hands cases to itself: one key, one database, the way between them a test client."""

from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.test import Client

from linli.cases.actions import delivering, receiving, referring
from linli.cases.models import Partner, Received
from linli.cases.rules import envelopes
from linli.kernel import city_key, couriers
from linli.kernel.actors import system
from linli.kernel.note_keys import Kind, new_signer
from tests.town import cases
from tests.town.cases import LEGAL

EXCHANGE = system("exchange")
NAME = "金昌市"
FIELDS = ("words", "place")
MONTH = 30


def partner(*, name=NAME, key=None, origin="http://localhost"):
    key = key or city_key.signer().key
    given = {"origin": origin, "key": str(key), "since_on": date(2026, 1, 1)}
    return Partner.objects.get_or_create(name=name, defaults=given)[0]


def stranger():
    return new_signer("elsewhere.example", Kind.NOTE)


def referred(*, at, case=None, unit=LEGAL, fields=FIELDS, days=MONTH, **asked):
    cases.unit(LEGAL)
    case = case or cases.asked(at=at, **asked)
    return referring.refer(
        at=at, case=case, partner=partner(), unit_name=unit, fields=fields, days=days
    )


def received(*, at, **given):
    """Refer a case and deliver it; return what the other city has of it. Call it inside `post_office`."""
    referral = referred(at=at, **given)
    assert delivering.deliver(by=EXCHANGE, at=at) == 1
    return Received.objects.select_related("unit", "partner").get(their_code=referral.code)


def read(received, *, at, by=None, purpose="help"):
    by = by or cases.officer(received.unit.name)
    received.refresh_from_db()
    return receiving.read_received(by=by, at=at, received=received, purpose=purpose)


def note(kind, said, *, at, signer=None, to=None, once="a-fresh-nonce-0001"):
    ours = city_key.signer()
    return envelopes.written(kind, said, signer=signer or ours, to=to or ours.key, once=once, at=at)


def asking_to_read(referral, *, at, **changed):
    said = {"code": referral.code, "unit": LEGAL, "role": "officer", "purpose": "help"}
    told = {name: changed.pop(name) for name in set(said) & set(changed)}
    return note(envelopes.READ, said | told, at=at, **changed)


@contextmanager
def post_office(monkeypatch, *, at=None):
    """Carry letters to our own door; yields what was carried."""
    carried = []

    def carry(address, letter):
        answer = hand_in(urlsplit(address).path, letter)
        carried.append((address, letter, answer))
        return couriers.Answer(answer.status_code, answer.content.decode())

    with monkeypatch.context() as patched:
        for module in (delivering, receiving):
            patched.setattr(module, "carry", carry)
        yield carried


def hand_in(path, letter):
    return Client().post(path, letter, content_type="text/plain")


def later(at, **span):
    return at + timedelta(**span)
