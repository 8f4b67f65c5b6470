"""The worker of the queue: every job is done at least once; one that always fails comes to rest and is seen.

Jobs wait in the database, written with their cause. On a machine one `linli tick` works at a time, so that
a job which this machine began and did not end was cut off: it is begun again.
"""

import socket
import time
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import structlog
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

Job: TypeAlias = DBTaskResult[..., Any]
# How long after each try the next may follow; after the last one the job is parked.
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
_SECONDS = 30  # then others have their turn
_OF_ANOTHER = timedelta(hours=1)  # so long another machine may be at one job
_KEPT = timedelta(days=90)
_log = structlog.stdlib.get_logger("linli.jobs")


def work(at: datetime) -> int:
    """Do what waits, for a while; return how many jobs were done."""
    began, done = time.monotonic(), 0
    _begin_again(at)
    while time.monotonic() - began < _SECONDS and (job := _claimed(at)) is not None:
        done += _done(job, at)
    return done


def parked() -> int:
    """Count the jobs that failed too often."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()


def try_again(at: datetime) -> int:
    """Let what was parked be tried from the beginning; return how many."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return failed.update(status=TaskResultStatus.READY, run_after=at, worker_ids=[])


def purge_jobs(at: datetime) -> int:
    """Forget parked jobs that nobody cared for."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return failed.filter(finished_at__lt=at - _KEPT).delete()[0]


@transaction.atomic(durable=True)
def _claimed(at: datetime) -> Job | None:
    due = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    waiting = DBTaskResult.objects.select_for_update(skip_locked=True)
    job = waiting.filter(due, status=TaskResultStatus.READY).first()
    if job is not None:
        job.status, job.started_at = TaskResultStatus.RUNNING, at
        job.worker_ids = [*job.worker_ids, socket.gethostname()]
        job.save(update_fields=["status", "started_at", "worker_ids"])
    return job


def _done(job: Job, at: datetime) -> bool:
    try:
        told = job.args_kwargs
        job.task.call(*told["args"], **told["kwargs"])
    except Exception as error:  # noqa: BLE001 - one job's fault is no other's
        _failed(job, f"{type(error).__module__}.{type(error).__qualname__}", at)
        return False
    job.delete()
    return True


def _failed(job: Job, kind: str, at: datetime) -> None:
    """Keep the kind of the failure, not its words, which may quote what the job was about."""
    tries = len(job.worker_ids)
    if tries <= len(PAUSES):
        job.status, job.run_after = TaskResultStatus.READY, at + PAUSES[tries - 1]
        _log.warning("job_failed", code=job.task_path, kind=kind)
    else:
        job.status, job.finished_at = TaskResultStatus.FAILED, at
        _log.error("job_parked", code=job.task_path, kind=kind)
    job.exception_class_path = kind
    job.save(update_fields=["status", "run_after", "finished_at", "exception_class_path"])


def _begin_again(at: datetime) -> None:
    """Take up what was cut off: no try of ours is under way now, and none of another lasts so long."""
    here = socket.gethostname()
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if job.worker_ids[-1:] == [here] or job.started_at < at - _OF_ANOTHER:
            _failed(job, "cut off", at)
