"""`linli tick`: do what is due by the clock. From a systemd timer, or in a loop beside `linli serve`."""

import os
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from linli.kernel import jobs, outbox
from linli.kernel.clock import now
from linli.kernel.ticks import Done, run_due
from linli.kernel.turns import turn

_SECONDS = 5
_log = structlog.stdlib.get_logger("linli.ticks")


class Command(BaseCommand):
    """Run every tick that is due: one run at a time on a machine; may be stopped and repeated."""

    help = "Do what is due by the clock: send messages, work off the queue, count days, purge at night."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or for as long as a server runs."""
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="again and again, until this parent process ends",
        )
        parser.add_argument(
            "--again", action="store_true", help="first, let what was given up be tried once more"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Run once and say what was done, or loop."""
        if options["beside"]:
            _loop(options["beside"])
            return
        if options["again"]:
            at = now()
            self.stdout.write(f"again: {outbox.try_again(at) + jobs.try_again(at)}")
        done = _once()
        for tick in done:
            self.stdout.write(f"{tick.name}: {tick.failure or tick.count}")
        self._say_what_rests()
        if failed := [tick.name for tick in done if tick.failure]:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def _say_what_rests(self) -> None:
        messages, parked = outbox.given_up(), jobs.parked()
        if messages or parked:
            self.stdout.write(f"given up: {messages} messages, {parked} jobs (linli tick --again)")


def _once() -> list[Done]:
    with turn(settings.KEYS / "tick.lock"):
        return run_due(now())


def _loop(parent: int) -> None:
    """Run in a fresh process each time: whatever breaks or leaks there ends there."""
    connections.close_all()
    with suppress(KeyboardInterrupt):
        while os.getppid() == parent:
            _in_a_child()
            time.sleep(_SECONDS)


def _in_a_child() -> None:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        _once()
    except Exception as error:  # noqa: BLE001 - the next round is a new one
        _log.error("tick_round_failed", kind=type(error).__name__)
    finally:
        os._exit(0)
