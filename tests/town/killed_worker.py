"""A worker that is killed, and followed by the next, until nothing waits. Run as a program of its own."""

import os
import sys
from datetime import datetime, timedelta

from tests.town.programs import run


def work_through(settings, connection, at, *more):
    """Let one worker follow the other on the test's database, until nothing waits."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/linli?", f"/{database['NAME']}?")
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "DATABASE_URL": url,
        "LINLI_HOME": str(settings.KEYS.parent),
        "LINLI_SMTP_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
    }
    run([sys.executable, "-m", "tests.town.killed_worker", at.isoformat(), *more], surroundings)


def _round(at, careless):
    """Work off the queue and the outbox once, as `linli tick` does."""
    from django.core.mail.utils import DNS_NAME

    from linli.kernel import jobs, outbox, sending

    DNS_NAME._fqdn = f"pid-{os.getpid()}"  # by this a mail server of the tests knows whom to end
    outbox.now = lambda: at
    if careless:
        _mark_before_sending(sending)
    while jobs.work(at) or sending.send_due(at):
        pass


def _mark_before_sending(sending):
    claim = sending._claim

    def claimed_and_marked(code, at):
        letter = claim(code, at)
        sending._mark_sent(code, at)
        return letter

    sending._claim = claimed_and_marked


def main(at, careless):
    import django

    django.setup()
    at = datetime.fromisoformat(at)
    for _ in range(100):
        child = os.fork()
        if child == 0:
            _round(at, careless)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            sys.exit("the worker failed by itself")
        if _nothing_waits():
            return
        # Long enough for every claim to have run out.
        at += timedelta(hours=7)
    sys.exit("something waits for ever")


def _nothing_waits():
    from django.db import connections
    from django_tasks_db.models import DBTaskResult

    from linli.kernel.models import Message

    waits = Message.objects.filter(state="waiting").exists()
    waits = waits or DBTaskResult.objects.exclude(status="FAILED").exists()
    connections.close_all()
    return not waits


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["careless"])
