"""`linli serve`: granian in front of Django."""

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from linli.kernel.checking.looking_lines import can_lend
from linli.kernel.hall import AT_SIDE, ROOM

LAST_WORD = 30  # seconds that a worker has to finish what it answers


class Command(BaseCommand):
    """Serve on http://localhost:8000 until stopped."""

    help = "Serve the site with granian (WSGI)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and how wide."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=4, help="threads in each worker")
        parser.add_argument(
            "--waiting", type=int, default=ROOM, help="who may wait for a thread, in each worker"
        )
        parser.add_argument("--workers", type=int, help="processes (SQLite 1, PostgreSQL 2)")
        parser.add_argument(
            "--no-tick", action="store_true", help="leave what is due by the clock to `linli tick`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the server: signals reach granian directly."""
        _require_static()
        if not can_lend():
            raise CommandError("psycopg_pool is not installed. Run: pip install 'psycopg[pool]'")
        _require_free(options["host"], options["port"])
        # Several processes that write one SQLite file wait for each other with a long tail.
        workers = options["workers"] or (1 if connection.vendor == "sqlite" else 2)
        self.stdout.write(f"Linli 邻里: http://localhost:{options['port']}/  (stop with Ctrl-C)")
        self.stdout.flush()
        if not options["no_tick"]:
            _tick_beside()
        # After the clock's process has begun: its work is long, and pages give up early.
        os.environ |= {
            "LINLI_SERVES": str(options["threads"] + 1),  # the hall's side door is one more
            "LINLI_WAITING": str(options["waiting"]),
        }
        # The server's own threads only wait (linli/kernel/hall.py); some are left to say that the room is full.
        waiting = options["threads"] + options["waiting"] + 2 * AT_SIDE
        granian = Path(sys.executable).with_name("granian")
        os.execv(  # noqa: S606 - our own server, no shell
            granian,
            [
                str(granian),
                *("--interface", "wsgi", "--host", options["host"]),
                *("--port", str(options["port"]), "--workers", str(workers)),
                # The last word for a worker that was told to stop before it could hear.
                *("--workers-kill-timeout", str(LAST_WORD)),
                # It warns of so many threads, which are meant.
                *("--blocking-threads", str(waiting), "--log-level", "error"),
                "linli.config.wsgi:porch",
            ],
        )


def _tick_beside() -> None:
    """Start the clock's process. We keep our number when we become the server: it ends when that does."""
    subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-m", "linli", "tick", "--beside", str(os.getpid())],
        stdin=subprocess.DEVNULL,
    )


def _require_static() -> None:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        message = "The pages' static files are not collected. Run first: linli collectstatic"
        raise CommandError(message)


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"Port {port} is taken. Choose another: linli serve --port {port + 80}"
            raise CommandError(message) from error
