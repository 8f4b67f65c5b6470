"""The tables as the migrations make them on SQLite: made once, copied for every run and every server of a test.

A minute of work in each run otherwise. What they are made of says which ones they are: another migration,
other tables.
"""

import os
import shutil
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def made():
    """Return where these tables are kept, or will be."""
    of = [*ROOT.glob("linli/*/migrations/*.py"), *ROOT.glob("linli/kernel/never.py")]
    read = sha256()
    for path in [*sorted(of), ROOT / "uv.lock"]:
        read.update(path.read_bytes())
    return ROOT / "build" / f"tables-{read.hexdigest()[:16]}.sqlite3"


def copied(to):
    """Put the tables at a path, if they were made already; say whether they were."""
    Path(to).parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.copyfile(made(), to)
        return True
    return False


def keep(connection):
    """Keep the tables of a database in which nothing has happened yet."""
    if made().is_file():
        return
    made().parent.mkdir(exist_ok=True)
    aside = made().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(aside)])
    for older in made().parent.glob("tables-*.sqlite3"):
        older.unlink(missing_ok=True)
    aside.replace(made())
