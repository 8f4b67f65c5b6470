"""What the check says of what it saw: the rules alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.checking import judging, judging_log
from linli.kernel.checking.findings import Finding, State, by_age, worst
from linli.kernel.checking.pulse import GAP, Pulse, after

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OK, WARN, FAIL = State
GOOD = judging.Set(
    debug=False, demo=False, https=True, second_factor=True, hosts=("linli.example",),
    secret="abcdefghij0123456789" * 3,
)  # fmt: skip


def states(findings):
    return {one.code: one.state for one in findings if one.state != OK}


def changed(**given):
    return judging.Set(**{name: getattr(GOOD, name) for name in judging.Set.__slots__} | given)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (GOOD, {}),
        (changed(debug=True), {"debug": FAIL}),
        (changed(hosts=("*",)), {"hosts": FAIL}),
        (changed(https=False), {"https": FAIL}),
        (changed(https=False, hosts=("localhost",)), {}),
        (changed(https=False, demo=True), {"https": WARN, "demo": FAIL}),
        (changed(demo=True, hosts=("localhost",)), {}),
        (changed(second_factor=False), {"second_factor": WARN}),
        (changed(secret="short"), {"secret": FAIL}),
        (changed(secret="a" * 60), {"secret": FAIL}),
    ],
)
def test_judges_what_strangers_could_use(seen, found):
    assert states(judging.settings(seen)) == found


def test_judges_room_by_what_the_purge_needs():
    mb = 2**20
    assert judging.disk(400 * mb, mb).state == FAIL
    assert judging.disk(3000 * mb, 4000 * mb).state == FAIL
    assert judging.disk(3000 * mb, 1500 * mb).state == WARN
    assert judging.disk(9000 * mb, 1500 * mb).state == OK


@given(st.timedeltas(timedelta(0), timedelta(days=900)))
def test_grows_worse_with_age_and_never_better(age):
    order = [*State]
    now_state = by_age(NOON - age, NOON, HOUR, DAY)
    later = by_age(NOON - age - HOUR, NOON, HOUR, DAY)

    assert order.index(later) >= order.index(now_state)
    assert by_age(None, NOON, HOUR, DAY) == FAIL
    assert by_age(NOON + HOUR, NOON, HOUR, DAY) == FAIL  # it cannot have been done tomorrow


def test_holds_the_master_key_against_the_one_that_was_confirmed():
    def state(now_key, kept, **given):
        return judging.master_key(now_key, kept, **{"lost": False, "demo": False} | given).state

    assert (state("7", "7"), state("8", "7"), state("7", "", demo=True)) == (OK, FAIL, WARN)
    assert state("", "", lost=True) == FAIL
    # None yet, so none is kept: a house that is to open makes it first.
    assert (state("", ""), state("", "", demo=True)) == (FAIL, WARN)


def test_judges_keys_others_may_read():
    assert judging.key_files([0o100600, 0o40700]).state == OK
    assert judging.key_files([0o100600, 0o100640]).state == FAIL


def test_judges_backups_and_their_trials():
    assert judging.backup(NOON - 20 * HOUR, NOON, demo=False).state == OK
    assert judging.backup(NOON - 2 * DAY, NOON, demo=False).state == WARN
    assert judging.backup(None, NOON, demo=False).state == FAIL
    assert judging.drill(NOON - DAY, NOON, wrong=True, demo=True).state == FAIL
    assert judging.drill(NOON - 40 * DAY, NOON, wrong=False, demo=False).state == WARN


def test_judges_worker_queue_and_clock():
    assert states(judging.ticks(NOON - HOUR, ["purge"], NOON)) == {"worker": FAIL, "ticks": WARN}
    assert states(judging.jobs(NOON - HOUR / 2, 2, NOON)) == {"waiting": WARN, "parked": WARN}
    assert judging.purge(NOON - 3 * DAY, NOON).state == FAIL
    assert states(judging.clock(timedelta(seconds=-30), timedelta(0))) == {"drift": WARN}
    assert states(judging.clock(timedelta(0), 2 * HOUR)) == {"back": FAIL}
    assert states(judging.mail(configured=True, error="TimeoutError", given_up=1)) == {"server": FAIL, "given_up": WARN}  # fmt: skip


def test_judges_the_log():
    said = {"behind": False, "faults": 0, "waiting_since": None, "at": NOON}
    assert states(judging_log.log(**said)) == {}
    assert states(judging_log.log(**said | {"faults": 1})) == {"verified": FAIL}
    assert states(judging_log.log(**said | {"behind": True})) == {"behind": FAIL}
    assert states(judging_log.log(**said | {"waiting_since": NOON - DAY})) == {"signed": FAIL}
    assert judging_log.witnesses(0, 0, readable=True).state == WARN
    assert judging_log.witnesses(2, 1, readable=True).state == WARN
    assert judging_log.witnesses(2, 0, readable=True).state == OK
    assert judging_log.witnesses(0, 0, readable=False).state == FAIL


def test_says_what_to_do_wherever_something_is_wrong():
    found = [
        *judging.settings(changed(debug=True, secret="")),
        judging.backup(None, NOON, demo=False),
    ]

    assert all(bool(one.act) == (one.state != OK) for one in found)
    assert worst(found) == FAIL
    assert worst([Finding("a", "b", WARN, "", "x"), Finding("a", "b", OK, "")]) == WARN
    assert worst([]) == OK


def test_feels_a_break_in_the_pulse_and_a_clock_that_goes_back():
    minute = timedelta(minutes=1)
    beat = after(after(Pulse(), NOON), NOON + minute)
    assert (beat.since_at, beat.breaks, beat.back(NOON)) == (NOON, [], minute)

    later = NOON + GAP + 2 * minute
    again = after(beat, later)

    assert again.since_at == later
    assert again.breaks == [((NOON + minute).isoformat(), later.isoformat())]
    assert after(again, NOON).back(NOON) == later - NOON  # what was seen is not forgotten
    assert after(again, later + 100 * DAY).breaks[0][0] == later.isoformat()
