"""The queue: each job is done at least once, whoever is killed; one that always fails comes to rest, seen."""

import socket
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from linli.kernel import jobs
from linli.kernel.jobs import PAUSES, parked, purge_jobs, try_again, work
from tests.town import errands
from tests.town.killed_worker import work_through

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, settings):
    settings.KEYS, settings.EMAIL_PORT = tmp_path / "keys", 0
    (tmp_path / "done").mkdir()
    return tmp_path / "done"


def tries(folder, name):
    return len((folder / f"{name}.begun").read_text())


def done(folder):
    return sorted(path.name for path in folder.iterdir() if not path.suffix)


def test_does_what_waits_and_forgets_it(folder, noon):
    for name in "abc":
        errands.run.enqueue(str(folder), name)

    assert work(noon) == 3

    assert done(folder) == ["a", "b", "c"]
    assert DBTaskResult.objects.count() == 0
    assert work(noon) == 0


def test_does_nothing_whose_cause_was_undone(folder, noon):
    with transaction.atomic():
        errands.run.enqueue(str(folder), "a")
        transaction.set_rollback(True)

    assert (work(noon), done(folder)) == (0, [])


def test_waits_for_a_job_of_tomorrow(folder):
    at = timezone.now()
    errands.run.using(run_after=at + timedelta(days=1)).enqueue(str(folder), "a")

    assert (work(at), done(folder)) == (0, [])
    assert (work(at + timedelta(days=1)), done(folder)) == (1, ["a"])


def test_parks_what_always_fails_and_does_the_others(folder, noon):
    errands.fail.enqueue(str(folder), "bad")
    errands.run.enqueue(str(folder), "good")

    assert (work(noon), done(folder), parked()) == (1, ["good"], 0)
    at = noon
    for number, pause in enumerate(PAUSES, 1):
        assert tries(folder, "bad") == number
        work(at + pause - timedelta(seconds=1))
        assert tries(folder, "bad") == number  # not before its time
        at += pause
        work(at)

    assert (parked(), tries(folder, "bad")) == (1, 5)
    work(at + timedelta(days=30))
    assert tries(folder, "bad") == 5
    kept = DBTaskResult.objects.get()
    assert (kept.exception_class_path, kept.traceback) == ("linli.kernel.refusals.Refused", "")
    assert kept.finished_at == at
    assert [try_again(at), work(at), tries(folder, "bad")] == [1, 0, 6]


def test_parks_a_job_that_no_longer_exists(folder, noon):
    errands.run.enqueue(str(folder), "a")
    DBTaskResult.objects.update(task_path="linli.kernel.outbox.no_such_thing")

    for number in range(6):
        work(noon + timedelta(days=number))

    assert (parked(), DBTaskResult.objects.get().exception_class_path) == (
        1,
        "builtins.ImportError",
    )


def test_forgets_what_was_parked_long_ago(folder, noon):
    errands.run.enqueue(str(folder), "a")
    DBTaskResult.objects.update(status="FAILED", finished_at=noon)
    errands.run.enqueue(str(folder), "b")

    assert purge_jobs(noon + timedelta(days=90)) == 0
    assert purge_jobs(noon + timedelta(days=91)) == 1
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.parametrize(
    ("machine", "minutes", "taken_up"),
    [(socket.gethostname(), 0, True), ("another", 59, False), ("another", 61, True)],
)
def test_takes_up_what_was_cut_off(folder, noon, machine, minutes, taken_up):
    """Here nobody else works; another machine may still be at it, but not for an hour."""
    errands.run.enqueue(str(folder), "a")
    DBTaskResult.objects.update(status="RUNNING", started_at=noon, worker_ids=[machine])
    at = noon + timedelta(minutes=minutes)

    work(at)
    work(at + PAUSES[0])

    assert done(folder) == (["a"] if taken_up else [])


def test_stops_after_a_while_so_that_others_have_their_turn(folder, noon, monkeypatch):
    for name in "abc":
        errands.run.enqueue(str(folder), name)
    monkeypatch.setattr(jobs, "_SECONDS", 0)

    assert (work(noon), DBTaskResult.objects.count()) == (0, 3)


def test_does_every_job_though_workers_are_killed(folder, settings, noon):
    """As many effects as jobs; whoever kills each time comes to rest and holds up nobody."""
    for number in range(20):
        errands.be_killed.enqueue(str(folder), f"job {number}", number % 4)
    errands.be_killed.enqueue(str(folder), "poison", 1000)

    work_through(settings, connection, noon)

    assert done(folder) == sorted(f"job {number}" for number in range(20))
    assert [tries(folder, f"job {number}") for number in range(4)] == [1, 2, 3, 4]
    assert (tries(folder, "poison"), parked()) == (5, 1)


def test_control_loses_jobs_when_what_was_cut_off_stays_so(folder, noon, monkeypatch):
    errands.run.enqueue(str(folder), "a")
    DBTaskResult.objects.update(
        status="RUNNING", started_at=noon, worker_ids=[socket.gethostname()]
    )
    monkeypatch.setattr(jobs, "_begin_again", lambda at: None)

    for day in range(3):
        work(noon + timedelta(days=day))

    assert (done(folder), parked()) == ([], 0)
