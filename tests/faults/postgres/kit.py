"""PostgreSQL servers of a drill's own, with their standbys and archives, and a house on them. Nothing outlives it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path

import psycopg

from tests.faults.server import ROOT, Server

PATIENCE = 300


class Missing(Exception):
    """PostgreSQL's programs are not here, and may not be installed: its sentence says what to do."""


def waited(until, said="it did not come about"):
    """Wait for something to be so; return what it is. Whoever does not answer yet is asked again."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, HTTPException, psycopg.Error):
            if found := until():
                return found
        time.sleep(0.1)
    raise TimeoutError(said)


def binaries():
    """Return the folder of PostgreSQL's programs, of the newest that is installed."""
    [*found] = Path("/usr/lib/postgresql").glob("*/bin")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}  # fmt: skip
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "postgresql"], check=False, **quiet)  # fmt: skip
        [*found] = Path("/usr/lib/postgresql").glob("*/bin")
    if not found:
        raise Missing("this needs Debian's postgresql: sudo apt-get install postgresql")
    return max(found, key=lambda path: int(path.parent.name))


@dataclass
class Postgres:
    """One server; it is reached by a socket in its own folder, and by nobody else."""

    home: Path
    name: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self):
        return self.home / self.name

    @property
    def socket(self):
        return self.home / f"{self.name}.d"

    @property
    def url(self):
        return f"postgres://linli@/linli?host={self.socket}"

    def run(self, program, *given):
        """Run one of PostgreSQL's programs as the account that it wants to be run by."""
        return self.run_as_owner(binaries() / program, *given)

    def run_as_owner(self, program, *given):
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*other, program, *map(str, given)], cwd=self.home,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}")
        return done.stdout

    def make(self):
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "linli", "-E", "UTF8", "--no-sync")
        return self

    def start(self):
        self.run_as_owner("mkdir", "-p", self.socket)
        said = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        self.run("pg_ctl", "-D", self.data, "-w", "-t", PATIENCE, "-s", "-l", f"{self.data}.log",
                 "-o", f"-c listen_addresses='' -k {self.socket} {said}", "start")  # fmt: skip
        return self

    def stop(self, how="fast"):
        with suppress(RuntimeError):
            self.run("pg_ctl", "-D", self.data, "-s", "-w", "-t", PATIENCE, "-m", how, "stop")

    def copied(self, name, *given, **settings):
        """Return another server that begins as a copy of this one; it does not run yet."""
        made = Postgres(self.home, name, self.settings | settings)
        self.run("pg_basebackup", "-h", self.socket, "-U", "linli", "-D", made.data, "-c", "fast", *given)  # fmt: skip
        return made

    def ask(self, question, *given):
        with psycopg.connect(f"host={self.socket} user=linli dbname=linli", autocommit=True) as line:  # fmt: skip
            said = line.execute(question, given or None)
            return said.fetchall() if said.description else []


def made_tables(code):
    """Return where the tables of a program are kept once they were made: minutes of work in each drill otherwise."""
    read, means = (
        sha256(),
        [code / f"linli/kernel/{one}.py" for one in ("follows", "never", "partitions")],
    )
    for path in sorted([*code.glob("linli/*/migrations/*.py"), *means, code / "uv.lock"]):
        read.update(path.read_bytes() if path.exists() else b"")
    return ROOT / "build" / f"drill-tables-{read.hexdigest()[:16]}.dump"


@contextmanager
def servers(**settings):
    """A first server with an empty database; it, and all that were made of it, go when the drill ends."""
    binaries()
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    if room and shutil.disk_usage(room).free < 3_000_000_000:
        room = None
    home = Path(tempfile.mkdtemp(prefix="linli-postgres-", dir=room))
    home.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    first = Postgres(home, "first", settings)
    # Whoever is told to stop ends what it began, too.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        first.make().start()
        first.run("createdb", "-h", first.socket, "-U", "linli", "linli")
        yield first
    finally:
        signal.signal(signal.SIGTERM, before)
        for each in home.iterdir():
            if (each / "postmaster.pid").exists():
                Postgres(home, each.name).stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


@dataclass
class House(Server):
    """A house whose database is one of these; `told` is what else its environment says."""

    database: str = ""
    told: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.complaints = str(self.home / "serve.log")

    @property
    def _surroundings(self):
        return super()._surroundings | {"DATABASE_URL": self.database} | self.told  # fmt: skip

    def prepare(self, seed="tests.faults.postgres.seed", *, pages=True):
        """Fill the database, collect what pages need if any are asked for, and note the program's key."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._make_tables()
        self.secret = self._run("-m", seed).strip().splitlines()[-1]
        if pages:
            self.command("collectstatic", "--noinput", "-v", "0")
        else:
            (self.home / "static").mkdir()
            (self.home / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')  # fmt: skip

    def _make_tables(self):
        kept, where = made_tables(self.code), self.database.partition("?host=")[2]
        to = ["-h", where, "-U", "linli"]
        if kept.exists():
            subprocess.run([binaries() / "pg_restore", *to, "-d", "linli", kept], check=True)
            return
        self.command("migrate", "-v", "0")
        kept.parent.mkdir(exist_ok=True)
        aside = kept.with_suffix(f".{os.getpid()}")
        subprocess.run([binaries() / "pg_dump", *to, "-Fc", "-f", aside, "linli"], check=True)
        aside.replace(kept)

    def command(self, *words, fails=False):
        """Run one of our commands with this house's code, as its keeper would; some may end with a fault."""
        done = subprocess.run(
            [sys.executable, "-m", "linli", *words], cwd=self.code, env=self._surroundings,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and not fails:
            raise RuntimeError(f"linli {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout
