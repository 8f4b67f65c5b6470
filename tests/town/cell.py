"""Two cells of one PostgreSQL, and a program in each that does what it is told under that cell's settings."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.conftest import ROOT

# Told line by line, it answers each with a line of JSON.
PROGRAM = """
import json, sys
import django
django.setup()
for line in sys.stdin:
    what, given = json.loads(line)
    names = {"given": given, "said": None}
    exec(what, names)
    print(json.dumps(names["said"], default=str), flush=True)
"""


def settings_of(url, home, cell=""):
    """The environment of one cell, or of the house that it is in."""
    given = {
        "DATABASE_URL": url, "LINLI_HOME": str(home), "LINLI_CELL": cell, "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_DEBUG": "1",
    }  # fmt: skip
    return os.environ | given


def linli(url, home, *words, cell=""):
    """Run one command to its end; return what it said, or how it refused."""
    done = subprocess.run(
        [sys.executable, "-m", "linli", *words], cwd=ROOT, env=settings_of(url, home, cell),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@contextmanager
def program(url, home, cell):
    """Yield a function that has the cell do something and returns what it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=settings_of(url, home, cell), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip

    def does(what, **given):
        process.stdin.write(json.dumps([what, given]) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, process.communicate()[1][-2000:]
        return json.loads(answer)

    try:
        yield does
    finally:
        process.kill()
        process.communicate()


def other_database(url, name):
    """The same server, another database of it."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def database_beside(url, name):
    """Make an empty database on the same server; it goes again."""
    named = sql.Identifier(name)
    gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(gone)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
        try:
            yield other_database(url, name)
        finally:
            server.execute(gone)


def copied(tables, url, *names):
    """Make cells as `linli cell create` leaves them, from tables that are there already: in seconds, not minutes."""
    dumped = _done("pg_dump", "--no-owner", "--no-privileges", "--format", "custom", f"--dbname={tables}")  # fmt: skip
    for name in names:
        _done("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", given=dumped)
        with psycopg.connect(url, autocommit=True) as database:
            database.execute(
                sql.SQL("ALTER SCHEMA public RENAME TO {0}; COMMENT ON SCHEMA {0} IS {1}; CREATE SCHEMA public").format(
                    sql.Identifier(name), sql.Literal("linli cell")
                )
            )  # fmt: skip


def _done(*command, given=None):
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
