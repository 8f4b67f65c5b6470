"""What the kernel does by the calendar, and what can be had of it as files."""

from datetime import datetime, timedelta

from django.core.management import call_command

from linli.kernel.accounts import forget_sessions
from linli.kernel.checking.looking_house import database_seen, pages_seen, settings_seen
from linli.kernel.checking.looking_kept import backups_seen, keys_seen, log_seen
from linli.kernel.checking.looking_work import clock_seen, jobs_seen, mail_seen
from linli.kernel.checking.pulse import beat
from linli.kernel.checking.running import Check
from linli.kernel.desk_news import mail_at_once, mail_daily, purge_news
from linli.kernel.idempotency import forget
from linli.kernel.jobs import purge_jobs, work
from linli.kernel.log_export import LOG
from linli.kernel.looks import purge_looks, sequence_if_due
from linli.kernel.outbox import purge_messages
from linli.kernel.partitions import add_ahead
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
    Purge("news", purge_news),
)
EXPORTS = (LOG,)
CHECKS = (
    Check("settings", settings_seen),
    Check("database", database_seen),
    Check("keys", keys_seen),
    Check("log", log_seen),
    Check("backups", backups_seen),
    Check("jobs", jobs_seen),
    Check("clock", clock_seen),
    Check("mail", mail_seen),
    Check("pages", pages_seen),
)


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
    Tick("pulse", timedelta(minutes=1), beat),
    Tick("queue", timedelta(0), work),
    Tick("outbox", timedelta(0), send_due),
    Tick("log", timedelta(0), keep_log),
    Tick("news by mail", timedelta(minutes=5), mail_at_once),
    Tick("daily news by mail", A_DAY, mail_daily),
    Tick("purge", A_DAY, purge),
    Tick("sealed files", A_DAY, sweep),
    Tick("parts of tables", timedelta(hours=1), add_ahead),
)
