"""Looks at what works by itself: the worker, the queue, the purge, the clock, the mail."""

from contextlib import suppress
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.models import Min
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from linli.kernel import jobs, outbox, ticks
from linli.kernel.checking import judging
from linli.kernel.checking.findings import Finding
from linli.kernel.checking.pulse import pulse
from linli.kernel.clock import now

_PATIENCE = 5  # seconds
_DATABASE_NOW = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
    "postgresql": "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"+00:00\"')",
}


def jobs_seen(at: datetime) -> list[Finding]:
    """Look at the worker, what waits for it, and the purge."""
    done = ticks.last_done()
    moments = {name: one.at for name, one in done.items()}
    failed = [name for name, one in done.items() if one.failure]
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    # What waits for a day that was set waits rightly.
    due = waiting.filter(run_after=get_date_max()) | waiting.filter(run_after__lte=at)
    oldest = due.aggregate(Min("enqueued_at"))["enqueued_at__min"]
    return [
        *judging.ticks(moments.get("queue"), failed, at),
        *judging.jobs(oldest, jobs.parked(), at),
        judging.purge(moments.get("purge"), at),
    ]


def clock_seen(at: datetime) -> list[Finding]:
    """Look at the clock: the database's beside ours, and the latest moment that was ever seen."""
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE_NOW[connection.vendor])
        said = datetime.fromisoformat(cursor.fetchone()[0])
    return judging.clock(said - now(), pulse().back(at))


def mail_seen(_at: datetime) -> list[Finding]:
    """Knock at the mail server: connect, greet, sign in, hang up. No letter is sent."""
    configured = bool(settings.EMAIL_HOST)
    error = _knock() if configured else ""
    return judging.mail(configured=configured, error=error, given_up=outbox.given_up())


def _knock() -> str:
    """Return the kind of what went wrong, "" when the server lets us in. Its words may quote an address."""
    line = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=_PATIENCE)
    try:
        line.open()
    except (SMTPException, OSError) as error:
        return type(error).__name__
    finally:
        with suppress(SMTPException, OSError):
            line.close()
    return ""
