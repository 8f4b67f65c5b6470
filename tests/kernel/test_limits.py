"""Abuse is slowed, people are not: bursts, refill, stations with one address for many."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import limits
from linli.kernel.actors import Role
from linli.kernel.limits import TooMany, allow_knock, forget_all, source_of
from linli.kernel.refusals import problem
from linli.kernel.sign_in import StaffAdapter
from tests.town.staff import account


def knock(at, *, kind="door", key="who", burst=5, per_hour=60):
    allow_knock(kind, key, at=at, burst=burst, per_hour=per_hour)


def refused(at, **said):
    with pytest.raises(TooMany) as error:
        knock(at, **said)
    return int(error.value.headers["Retry-After"])


def test_lets_a_burst_through_and_then_says_when_to_come_back(noon):
    for _ in range(5):
        knock(noon)

    assert refused(noon) == 60
    assert refused(noon + timedelta(seconds=59)) == 1
    knock(noon + timedelta(seconds=60))
    assert refused(noon + timedelta(seconds=60)) == 60


def test_is_empty_again_after_a_while(noon):
    for _ in range(5):
        knock(noon)
    later = noon + timedelta(minutes=5)

    for _ in range(5):
        knock(later)

    assert refused(later) == 60


def test_does_not_wait_longer_for_knocking_on(noon):
    for _ in range(5):
        knock(noon)

    waits = [refused(noon + timedelta(seconds=second)) for second in range(1, 60)]

    assert waits == list(range(59, 0, -1))


def test_counts_each_kind_and_each_knocker_apart(noon):
    for _ in range(5):
        knock(noon)

    knock(noon, key="another")
    knock(noon, kind="window")


def test_stands_a_clock_that_goes_back(noon):
    for _ in range(5):
        knock(noon)

    assert refused(noon - timedelta(hours=1)) == 60  # no longer than from a full bucket


@given(
    burst=st.integers(1, 20),
    per_hour=st.integers(1, 3600),
    pauses=st.lists(st.floats(0, 600), max_size=60),
)
def test_never_lets_more_through_than_it_says(burst, per_hour, pauses):
    """In any stretch of time: the burst, and what fills up meanwhile."""
    forget_all()
    at, through = datetime(2026, 11, 22, tzinfo=UTC), []
    for pause in pauses:
        at += timedelta(seconds=pause)
        try:
            knock(at, burst=burst, per_hour=per_hour)
        except TooMany:
            continue
        through.append(at)
    for first, start in enumerate(through):
        for last in range(first, len(through)):
            hours = (through[last] - start).total_seconds() / 3600
            assert last - first + 1 <= burst + per_hour * hours + 1e-6


@pytest.mark.parametrize("most", [0, 1, 100])
def test_remembers_a_bounded_number_of_knockers(noon, monkeypatch, most):
    monkeypatch.setattr(limits, "_MOST", most)

    for number in range(1000):
        knock(noon, key=str(number))

    assert len(limits._full_until["door"]) == most


@pytest.mark.parametrize(("later", "left"), [(timedelta(hours=1), 25), (timedelta(), 75)])
def test_forgets_who_may_knock_as_if_never_before(noon, later, left):
    """The second is the control: whose bucket still holds something is remembered."""
    forget_all()
    for number in range(50):
        allow_knock("door", f"early {number}", at=noon, burst=2, per_hour=3600)
    for number in range(25):
        allow_knock("door", f"late {number}", at=noon + later, burst=2, per_hour=3600)

    assert len(limits._full_until["door"]) == left


def test_keeps_no_name_of_who_knocks(noon):
    knock(noon, key="192.0.2.7")

    assert "192.0.2.7" not in repr(limits._full_until)


def test_says_to_programs_when_to_come_back():
    answer = problem(TooMany(30))

    assert (answer.status_code, answer["Retry-After"]) == (429, "30")


@pytest.mark.parametrize(
    ("proxy", "peer", "forwarded", "source"),
    [
        (False, "192.0.2.7", None, "192.0.2.7"),
        (False, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (True, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (True, "127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        (True, "192.0.2.7", None, "192.0.2.7"),
        (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (False, "", None, ""),
    ],
)
def test_takes_the_address_that_nobody_may_claim(settings, proxy, peer, forwarded, source):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert source_of(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == source


def sign_in(name, password="wrong-and-long", source="192.0.2.7"):
    given = {"login": name, "password": password}
    return Client().post("/account/login/", given, REMOTE_ADDR=source)


@pytest.mark.django_db
def test_slows_ten_thousand_guesses_from_one_source(noon, time_machine):
    """Guessing goes on all night; the answer to the right password from elsewhere stays what it is."""
    account(Role.PLANNER, username="planner")
    time_machine.move_to(noon, tick=False)
    answers = [sign_in("planner") for _ in range(30)]
    through = sum(answer.status_code == 422 for answer in answers)

    assert through == 10
    assert {answer.status_code for answer in answers[10:]} == {429}
    assert {answer["Retry-After"] for answer in answers[10:]} == {"60"}
    assert sign_in("planner", "long-enough-1", source="198.51.100.1").status_code == 302


def test_lets_few_of_ten_thousand_guesses_reach_a_password(noon, time_machine):
    """The same door without its pages, which take a while ten thousand times."""
    time_machine.move_to(noon, tick=False)

    assert _guesses_through(lambda n: "planner") == 10
    assert _guesses_through(lambda n: f"name-{n}") == 300


def test_would_let_all_guesses_reach_a_password_without_limits(monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr("linli.kernel.sign_in.allow_knock", lambda *_, **__: None)

    assert _guesses_through(lambda n: "planner") == 10_000


def _guesses_through(name):
    forget_all()
    request, through = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7"), 0
    for number in range(10_000):
        try:
            StaffAdapter().pre_authenticate(request, username=name(number))
        except TooMany:
            continue
        through += 1
    return through


@pytest.mark.django_db
def test_lets_fifty_people_of_one_station_sign_in(noon, time_machine):
    """They begin at half past eight, behind one address, and every third mistypes twice."""
    time_machine.move_to(noon, tick=False)
    dice = Random(7)
    names = [account(Role.CLERK, username=f"clerk-{n}").username for n in range(50)]
    dice.shuffle(names)

    answers = []
    for number, name in enumerate(names):
        for _slip in range(2 if number % 3 == 0 else 0):
            sign_in(name)
        answers.append(sign_in(name, "long-enough-1").status_code)

    assert answers == [302] * 50
