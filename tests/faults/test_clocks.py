"""Clocks that jump: an hour or a day to and fro, over 29 February, the new year of the moon and days made up for it.

Nothing becomes negative, comes nearer, or happens twice. LINLI_EXAMPLES says how many worlds are tried (25).
"""

import os
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from linli.cases.rules import clocks, retention
from linli.kernel import subjects
from linli.kernel.actors import system
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.kernel.working_days import add_working_days, due_at, is_working_day
from linli.offers.actions import booking, waiting
from linli.offers.models import Booking
from tests.cases.test_rules_clocks import Running
from tests.town import offers
from tests.town.looks import subject

EXAMPLES = settings(
    max_examples=int(os.environ.get("LINLI_EXAMPLES", "25")),
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Leap days, the days about the new year of the moon, days that make up for it, and the turn of a year not yet announced.
STRANGE = [date(2024, 2, 28), date(2024, 2, 29), date(2028, 2, 29), date(2024, 2, 9), date(2024, 2, 18),
           date(2025, 1, 26), date(2025, 2, 8), date(2026, 2, 14), date(2026, 2, 17), date(2026, 2, 28),
           date(2026, 12, 31), date(2027, 2, 6)]  # fmt: skip
DAYS = st.one_of(st.sampled_from(STRANGE), st.dates(date(2024, 1, 1), date(2029, 12, 31)))
MOMENTS = st.builds(
    lambda day, minute: datetime.combine(day, time(), UTC) + timedelta(minutes=minute),
    DAYS,
    st.integers(0, 1439),
)
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns"])


class Jumping(Running):
    """The clocks of a case, while the machine's own clock jumps."""

    @rule(by=st.sampled_from([-DAY * 40, -DAY * 3, -DAY, -HOUR, HOUR, DAY, DAY * 12]))
    def jump(self, by):
        self.at += by


def test_brings_no_promised_day_nearer_however_the_clock_jumps():
    run_state_machine_as_test(Jumping, settings=EXAMPLES)


def test_control_sees_a_clock_that_runs_backwards(monkeypatch):
    """The same with a pause that counts days as they come, backwards too."""

    def careless(running, days, _calendar):
        return clocks.replace(running, case=running.case + timedelta(days=days))

    monkeypatch.setattr(clocks, "_later", careless)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Jumping, settings=settings(EXAMPLES, max_examples=400))


@EXAMPLES
@example(datetime(2024, 2, 28, 16, 30, tzinfo=UTC), HOUR, 1, "Asia/Shanghai")
@example(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), HOUR, 1, "Europe/Berlin")
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), HOUR, 1, "Europe/Berlin")
@given(MOMENTS, st.sampled_from([timedelta(0), HOUR, DAY, DAY * 17]), st.integers(1, 30), ZONES)
def test_promises_never_less_to_who_comes_later(at, later, days, zone):
    with timezone.override(zone):
        due, after = due_at(at, days), due_at(at + later, days)

        assert at < due <= after
        assert is_working_day(timezone.localdate(due))
        assert timezone.localtime(due).time() == time(18)


@EXAMPLES
@given(DAYS, st.integers(0, 60), st.integers(0, 900))
def test_keeps_nothing_less_than_no_time(day, case_days, kept_days):
    last = retention.at_latest(day, case_days, kept_days)

    assert last > day
    # A case that is answered in time and closed that day goes no later than was said when it was asked.
    assert retention.after_closing(add_working_days(day, case_days), kept_days) <= last


@pytest.mark.django_db(transaction=True)
def test_destroys_a_key_once_and_brings_none_back(noon, settings, tmp_path):
    # A store of its own: keys that other tests left behind are due too.
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    of = subject(noon)
    midnight = timezone.make_aware(datetime.combine(of.purge_on, time()))

    gone = [
        subjects.destroy_due(midnight + jump) for jump in (-DAY, -HOUR, HOUR, -HOUR, DAY, -DAY * 2)
    ]

    assert gone == [0, 0, 1, 0, 0, 0]
    assert store().key(of.code) is None
    of.refresh_from_db()
    assert of.destroyed_on == of.purge_on
    for at in (midnight - DAY, midnight + HOUR):
        with pytest.raises(Refused):
            subjects.key_of(of, at=at)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "jumps",
    [(-1, 0, 1, -1, 2), (30, -48, 30, 31), (-300, 300, -300)],
    ids=["an hour to and fro", "a day and back", "a fortnight and back"],
)
def test_lets_an_offered_place_lapse_once(noon, jumps):
    session = offers.session(1, at=noon)
    first = offers.booked(session, at=noon)
    second, third = (offers.booked(session, at=noon, wait=True) for _ in range(2))
    booking.cancel(at=noon, booking=first)
    second.refresh_from_db()
    assert second.state == Booking.OFFERED

    for hours in jumps:
        waiting.lapse(by=system("calendar"), at=second.until + timedelta(hours=hours))

    steps = [[step.verb for step in one.steps.all()] for one in (second, third)]
    assert steps[0].count("lapsed") == 1
    assert steps[1].count("offered") == 1
    assert steps[1].count("lapsed") <= 1
    session.refresh_from_db()
    holding = session.bookings.holding().count()
    assert session.taken == holding in {0, 1}
    assert session.queue == 0
