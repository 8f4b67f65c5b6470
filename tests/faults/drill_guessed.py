"""Somebody guesses codes and passphrases, from many addresses: nobody is let in, nearly all are slowed, and how
long the answer takes tells nothing (attack 28). `make faults` alone runs it. LINLI_GUESSES says how many (4,000).

Time is judged by ranks (Mann and Whitney) over answers that are asked for in turn. What is between us and a pause of
the machine is repeated: a difference that is there is there three times.
"""

import math
import os
import secrets
import time
from collections import Counter
from hashlib import pbkdf2_hmac

import pytest
from django.test import RequestFactory

from linli.cases.actions import reading
from linli.cases.views import follow
from linli.kernel import subjects
from linli.kernel.codes import new_code
from linli.kernel.limits import TooMany, forget_all
from linli.kernel.passphrases import new_passphrase
from tests.town import asking as town

pytestmark = pytest.mark.django_db
GUESSES = int(os.environ.get("LINLI_GUESSES", "4000"))
TIMED, PATIENCE, DOUBT = 250, 3, 0.01


@pytest.fixture
def receipts(settings, tmp_path, time_machine):
    settings.KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    time_machine.move_to(town.AT, tick=False)
    forget_all()
    town.town()
    return [town.asked() for _ in range(5)]


def knock(code, passphrase, source):
    """Return the status of one try at the door: 302 lets in, 429 has not even looked."""
    request = RequestFactory().post(
        "/zh-hans/follow/", {"code": code, "passphrase": passphrase}, REMOTE_ADDR=source
    )
    try:
        return follow.enter(request).status_code
    except TooMany as refused:
        return refused.status


def address(number):
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def guess(receipts, tries):
    """Guess: half at codes that exist, each time from another address; half at any code, from few addresses."""
    known = [receipt.case.code for receipt in receipts]
    answers = Counter()
    for number in range(tries):
        if number % 2:
            answers[knock(secrets.choice(known), new_passphrase(), address(number))] += 1
        else:
            answers[knock(new_code(), new_passphrase(), address(number % 4))] += 1
    return answers


def test_lets_nobody_in_who_guesses(receipts, record_property):
    answers = guess(receipts, GUESSES)

    share = answers[429] / GUESSES
    record_property("let in", f"{answers[302]} of {GUESSES}, slowed {share:.2%}")
    assert answers[302] == 0
    # So many are looked at before the doors of five codes and two addresses are full; none from then on.
    assert GUESSES - answers[429] == 5 * 6 + 2 * 120
    assert share >= 0.99 or GUESSES < 50_000
    # Who has the passphrase is let in, once the door is open again.
    forget_all()
    assert knock(receipts[0].case.code, receipts[0].passphrase, "192.0.2.1") == 302


def test_control_lets_every_guess_through_without_the_limits(
    receipts, monkeypatch, record_property
):
    monkeypatch.setattr(follow, "allow_knock", lambda *_, **__: None)

    answers = guess(receipts, 300)

    record_property("looked at without limits", f"{answers[422]} of 300")
    assert answers == {422: 300}


def doubts(first, second):
    """Return how likely two rows of times differ so much by chance (two-sided, normal approximation)."""
    ranked = sorted([(one, 0) for one in first] + [(one, 1) for one in second])
    ranks = sum(place for place, (_time, who) in enumerate(ranked, 1) if who == 0)
    n, m = len(first), len(second)
    mean, spread = n * (n + m + 1) / 2, math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(ranks - mean) / spread / math.sqrt(2))


def timed(kinds):
    """Ask for each kind in turn, so often; return how long each answer took."""
    took = {name: [] for name in kinds}
    for number in range(TIMED + 20):
        for name in sorted(kinds, key=lambda _: secrets.randbits(16)):
            code, passphrase, status, source = kinds[name](number)
            began = time.perf_counter()
            answer = knock(code, passphrase, source)
            if number >= 20:
                took[name].append(time.perf_counter() - began)
            assert answer == status
            if status == 422:
                forget_all()
    return took


def told_apart(kinds):
    """Return the pairs that were told apart by their times in every one of some rounds, and the least doubt."""
    names, apart, least = sorted(kinds), None, 1.0
    for _ in range(PATIENCE):
        took = timed(kinds)
        found = {
            (one, other): doubts(took[one], took[other])
            for one in names for other in names if one < other
        }  # fmt: skip
        differ = {pair for pair, doubt in found.items() if doubt < DOUBT}
        apart = differ if apart is None else apart & differ
        least = min(found.values())
        if not apart:
            break
    return apart, least


def kinds_of(receipts):
    """What is wrong, each way in which something can be: all of them are answered 422."""
    known, over = receipts[0], receipts[1]
    return {
        "unknown": lambda n: (new_code(), new_passphrase(), 422, address(n)),
        "wrong": lambda n: (known.case.code, new_passphrase(), 422, address(n)),
        "over": lambda n: (over.case.code, new_passphrase(), 422, address(n)),
    }


def test_takes_as_long_whatever_is_wrong(receipts, time_machine, record_property):
    time_machine.move_to(town.AT, tick=True)
    subjects.destroy(subject=receipts[1].case.subject, at=town.AT)

    apart, least = told_apart(kinds_of(receipts))

    record_property("time tells", f"{len(apart)} of 3 pairs, p {least:.2f}")
    assert apart == set()


def test_takes_as_long_to_slow_whoever_knocks(receipts, time_machine, record_property):
    time_machine.move_to(town.AT, tick=True)
    known, unknown = receipts[0].case.code, new_code()
    for code in (known, unknown):
        for number in range(7):
            knock(code, new_passphrase(), address(number))
    kinds = {
        "known": lambda n: (known, new_passphrase(), 429, address(n)),
        "unknown": lambda n: (unknown, new_passphrase(), 429, address(n)),
    }

    apart, least = told_apart(kinds)

    record_property("time tells, slowed", f"{len(apart)} of 1 pair, p {least:.2f}")
    assert apart == set()


def test_control_tells_who_answers_sooner(receipts, time_machine, monkeypatch, record_property):
    """The same with a door that weighs a passphrase only where there is a case."""
    time_machine.move_to(town.AT, tick=True)
    honest = reading.open_held

    def hasty(*, code, **named):
        if code == receipts[0].case.code:
            pbkdf2_hmac("sha256", b"passphrase", b"salt", 50_000)
        return honest(code=code, **named)

    monkeypatch.setattr(reading, "open_held", hasty)
    monkeypatch.setitem(globals(), "PATIENCE", 1)
    kinds = kinds_of(receipts)

    apart, least = told_apart({name: kinds[name] for name in ("unknown", "wrong")})

    record_property("time tells", f"{len(apart)} of 1 pair, p {least:.0e}")
    assert apart == {("unknown", "wrong")}
