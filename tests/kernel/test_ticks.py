"""What is due by the clock is done, one failing or not; what is done daily is done at night."""

import importlib.machinery
import json
import sys
import types
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import tasks, ticks
from linli.kernel.ticks import A_DAY, Done, Tick, declared, run_due

ROOT = Path(__file__).parents[2]
NEVER = timedelta(0)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS, settings.MASTER_KEY_FILE = tmp_path / "keys", None
    settings.KEYS.mkdir()


@pytest.fixture
def planned(monkeypatch):
    """Let these ticks be all there are."""

    def plan(*ticks_):
        monkeypatch.setattr(ticks, "declared", lambda: iter(ticks_))

    return plan


def counted(name, every, done):
    def run(at):
        done.append((name, at))
        return len(done)

    return Tick(name, every, run)


def fail(at):
    raise ValueError("CNRY-13800000000")


def test_does_what_is_due_and_remembers_it(planned, noon):
    done = []
    planned(counted("often", 5 * MINUTE, done), counted("rarely", 60 * MINUTE, done))

    for minutes in (0, 4, 5, 59, 60):
        run_due(noon + minutes * MINUTE)

    assert [(name, (at - noon) / MINUTE) for name, at in done] == [
        *(("often", 0), ("rarely", 0), ("often", 5), ("often", 59), ("rarely", 60))
    ]


def test_remembers_over_a_restart(planned, noon, settings):
    planned(Tick("a", 5 * MINUTE, lambda at: 3))
    assert run_due(noon) == [Done("a", 3)]

    kept = json.loads((settings.KEYS / "ticks.json").read_text())

    assert kept == {"a": {"at": noon.isoformat(), "failure": ""}}
    assert run_due(noon + MINUTE) == []


@pytest.mark.parametrize("spoilt", ["", "{", '{"a":'])
def test_does_all_when_its_memory_is_spoilt(planned, noon, settings, spoilt):
    planned(Tick("a", A_DAY, lambda at: 3))
    (settings.KEYS / "ticks.json").write_text(spoilt)

    assert run_due(noon) == [Done("a", 3)]


def test_goes_on_when_one_fails_and_does_not_quote_it(planned, noon, settings, caplog):
    planned(Tick("bad", A_DAY, fail), Tick("good", A_DAY, lambda at: 2))

    assert run_due(noon) == [Done("bad", 0, "ValueError"), Done("good", 2)]

    assert "tick_failed" in caplog.text
    assert "CNRY" not in caplog.text + (settings.KEYS / "ticks.json").read_text()


@pytest.mark.parametrize(
    ("every", "first"), [(NEVER, 1), (MINUTE, 1), (5 * MINUTE, 5), (60 * MINUTE, 10), (A_DAY, 10)]
)
def test_tries_again_soon_what_failed(planned, noon, every, first):
    planned(Tick("bad", every, fail))
    run_due(noon)

    again = [m for m in range(1, 12) if run_due(noon + m * MINUTE)]

    assert again[0] == first


def at_hour(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())


def test_does_at_three_at_night_what_is_done_daily(planned):
    done = []
    planned(counted("purge", A_DAY, done))

    for day in (21, 22, 23):
        for quarter in range(24 * 4):
            run_due(at_hour(day, quarter // 4, quarter % 4 * 15))

    # The very first time at once; from then on when nobody waits.
    assert [at for _, at in done] == [
        at_hour(21, 0),
        at_hour(21, 3),
        at_hour(22, 3),
        at_hour(23, 3),
    ]


def test_makes_up_for_a_night_when_the_machine_was_off(planned):
    done = []
    planned(counted("purge", A_DAY, done))

    for at in (at_hour(21, 3), at_hour(23, 9), at_hour(23, 10), at_hour(24, 2), at_hour(24, 3)):
        run_due(at)

    assert [at for _, at in done] == [at_hour(21, 3), at_hour(23, 9), at_hour(24, 3)]


def test_does_it_again_when_the_clock_was_set_back(planned, noon):
    done = []
    planned(counted("a", A_DAY, done))

    run_due(noon)
    run_due(noon - 30 * A_DAY)

    assert len(done) == 2


TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
EVERY = st.sampled_from([NEVER, MINUTE, 10 * MINUTE, 60 * MINUTE, A_DAY, 7 * A_DAY])


@given(TIMES, EVERY, st.timedeltas(NEVER, 20 * A_DAY))
def test_is_due_at_last_and_not_twice_in_one_turn(before, every, later):
    tick = Tick("a", every, lambda at: 0)
    last = {"at": before.isoformat(), "failure": ""}

    due = ticks._is_due(tick, last, before + later)

    assert due or later < every + A_DAY
    if every < A_DAY:
        assert due == (later >= every)
    else:
        assert not (due and later < every - A_DAY)


def test_declares_the_kernels_own_first_and_those_of_engines(monkeypatch):
    theirs = types.ModuleType("linli.directory.tasks")
    theirs.__spec__ = importlib.machinery.ModuleSpec("linli.directory.tasks", None)
    theirs.TICKS = (Tick("fade", A_DAY, lambda at: 0),)
    monkeypatch.setitem(sys.modules, "linli.directory.tasks", theirs)

    said = list(declared())

    assert said[: len(tasks.TICKS)] == list(tasks.TICKS)
    assert "fade" in {tick.name for tick in said}
    assert {"queue", "outbox", "log", "purge"} <= {tick.name for tick in said}
    assert len({tick.name for tick in said}) == len(said)
