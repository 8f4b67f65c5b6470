"""What the kernel does by the calendar, and what can be had of it as files."""

from datetime import datetime, timedelta

from django.core.management import call_command

from linli.kernel.accounts import forget_sessions
from linli.kernel.idempotency import forget
from linli.kernel.jobs import purge_jobs, work
from linli.kernel.log_export import LOG
from linli.kernel.looks import purge_looks, sequence_if_due
from linli.kernel.outbox import purge_messages
from linli.kernel.purging import Purge
from linli.kernel.sealed_sweep import sweep
from linli.kernel.sending import send_due
from linli.kernel.subjects import destroy_due
from linli.kernel.ticks import A_DAY, Tick
from linli.kernel.witnesses import ask_witnesses

PURGES = (
    Purge("keys", destroy_due),
    Purge("looks", purge_looks),
    Purge("messages", purge_messages),
    Purge("answers", forget),
    Purge("sessions", forget_sessions),
    Purge("jobs", purge_jobs),
)
EXPORTS = (LOG,)


def keep_log(at: datetime) -> int:
    """Enter what waits into the look log and have others cosign it; return how many were entered."""
    entered = sequence_if_due(at)
    ask_witnesses()
    return entered


def purge(at: datetime) -> int:
    """Run `linli purge`, which says itself what went."""
    call_command("purge")
    return 1


TICKS = (
    Tick("queue", timedelta(0), work),
    Tick("outbox", timedelta(0), send_due),
    Tick("log", timedelta(0), keep_log),
    Tick("purge", A_DAY, purge),
    Tick("sealed files", A_DAY, sweep),
)
