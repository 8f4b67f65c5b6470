"""The tables as the migrations make them on PostgreSQL: made once in a hurry, put into every city anew."""

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.server import ROOT
from tests.town import tables


def made(binaries):
    """Return a dump of the tables, which is made when the migrations are others than last time."""
    kept = tables.made().with_suffix(".dump")
    if not kept.exists():
        aside = kept.with_suffix(f".{os.getpid()}")
        make = f'{Path(sys.executable).parent}/linli migrate -v 0 && {binaries}/pg_dump -Fc -O -f {aside} "$DATABASE_URL"'
        subprocess.run(["tools/with_postgres.sh", "sh", "-c", make], cwd=ROOT, check=True)
        for older in kept.parent.glob("tables-*.dump"):
            older.unlink()
        aside.replace(kept)
    return kept
