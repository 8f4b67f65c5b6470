"""Three database machines on one, as docs/install-city.md has them; and what `patronictl list` would say of them."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

from tests.faults.cluster import tables
from tests.faults.cluster.machine import PORTS, SECRETS, Machine
from tests.faults.cluster.needs import met

PATIENCE = 300
OURS = "linli-of-a-drill"


def waited(until, said, patience=PATIENCE):
    """Wait for something to be so; return what it is, and how many seconds it took."""
    began = time.monotonic()
    while time.monotonic() < began + patience:
        with suppress(OSError, HTTPException, ValueError, psycopg.Error):
            if found := until():
                return found, time.monotonic() - began
        time.sleep(0.1)
    raise TimeoutError(said() if callable(said) else said)


class City:
    """Three machines. `with City() as city:` — whatever happens, nothing of them runs on."""

    def __enter__(self):
        binaries, owner = met()
        room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        if room and shutil.disk_usage(room).free < 4_000_000_000:
            room = None
        self.home = Path(tempfile.mkdtemp(prefix="linli-cluster-", dir=room)).resolve()
        self.home.chmod(0o755)
        ports = iter(_free(3 * len(PORTS)))
        self.machines = {
            name: Machine(name, self.home / name, dict(zip(PORTS, ports, strict=False)), binaries, owner)
            for name in ("db1", "db2", "db3")
        }  # fmt: skip
        try:
            for one in self.all:
                one.prepare(self.all)
            self.repair()
            self._own()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_raised):
        for one in self.all:
            if one.link:
                one.kill()
                one.link.end()
        kept = os.environ.get("LINLI_KEEP_LOGS")
        if kept:
            for one in self.all:
                for log in one.home.glob("*.log"):
                    shutil.copy(log, Path(kept) / f"{one.name}-{log.name}")
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def all(self):
        return list(self.machines.values())

    @property
    def url(self):
        """How a house names all three: it is led to the one that may be written to."""
        ports = ",".join(str(one.ports["database"]) for one in self.all)
        hosts = ",".join("127.0.0.1" for _ in self.all)
        return (
            f"postgres://linli:{OURS}@/linli?host={hosts}&port={ports}"
            "&target_session_attrs=read-write&connect_timeout=2"
        )

    def members(self):
        """Return what the city says of each machine, asked at whichever answers."""
        for one in sorted(self.all, key=lambda each: each.frozen):
            with suppress(OSError, HTTPException, ValueError):
                said = self.ask(one, "GET", "/cluster")
                return {each["name"]: each for each in said["members"]}
        return {}

    def ask(self, machine, method, address, said=None):
        word = b64encode(f"patroni:{SECRETS['RESTAPI_PASSWORD']}".encode()).decode()
        with closing(HTTPConnection("127.0.0.1", machine.ports["rest"], timeout=5)) as line:
            line.request(
                method,
                address,
                json.dumps(said) if said else None,
                {"Authorization": f"Basic {word}"},
            )
            return json.loads(line.getresponse().read() or b"null")

    def leader(self):
        """Return the machine that leads now, if one does."""
        for name, said in self.members().items():
            if said["role"] == "leader" and said["state"] == "running":
                return self.machines[name]
        return None

    def another(self, than):
        """Wait until another machine than this leads and may be written to; return it, and the seconds."""

        def leads():
            found = self.leader()
            return found if found and found is not than and self.writable(found) else None

        return waited(leads, "no other machine was promoted")

    def second(self):
        """Return the machine that every commit waits for."""
        roles = {name: said["role"] for name, said in self.members().items()}
        return next(
            (self.machines[name] for name, role in roles.items() if role == "sync_standby"), None
        )

    def whole(self, *, synchronous=True):
        """Say whether all three run, two follow the first, and commits wait as they should."""
        said = self.members().values()
        states = sorted((one["role"], one["state"]) for one in said)
        lags = [one.get("lag", 0) for one in said if one["role"] != "leader"]
        second = "sync_standby" if synchronous else "replica"
        wanted = sorted([("leader", "running"), ("replica", "streaming"), (second, "streaming")])
        return states == wanted and all(isinstance(lag, int) and lag < 1 << 20 for lag in lags)

    def repair(self, *, synchronous=True, **settings):
        """Switch on what is off, and wait until the city is whole; return the seconds that it took."""
        for one in self.all:
            one.thaw()
            one.start(self.all)
        if self.leader():
            told = {"synchronous_mode": synchronous} | settings
            waited(
                lambda: self.ask(self.leader(), "PATCH", "/config", told),
                "nobody took the settings",
            )
        return waited(
            lambda: self.whole(synchronous=synchronous), lambda: f"not whole: {self.told()}"
        )[1]

    def told(self):
        """Return what the machines say of themselves, and the last words of each agent."""
        logs = {one.name: (one.home / "agent.log").read_text()[-600:] for one in self.all}
        return f"{self.members()}\n" + "\n".join(f"{name}: {log}" for name, log in logs.items())

    def connect(self, machine, *, name="linli", user="linli", **given):
        password = OURS if user == "linli" else SECRETS["SUPERUSER_PASSWORD"]
        return psycopg.connect(
            host="127.0.0.1", port=machine.ports["database"], dbname=name, user=user, password=password,
            connect_timeout=5, **given,
        )  # fmt: skip

    def writable(self, machine):
        with self.connect(machine, name="postgres", user="postgres", autocommit=True) as line:
            return line.execute("SELECT NOT pg_is_in_recovery()").fetchone()[0]

    def _own(self):
        """Make the house's role and database, as docs/install-city.md says."""
        with self.connect(self.leader(), name="postgres", user="postgres", autocommit=True) as line:
            line.execute(f"CREATE ROLE linli LOGIN CREATEDB PASSWORD '{OURS}'")
            line.execute("CREATE DATABASE linli OWNER linli ENCODING 'UTF8'")

    def accepted(self, machine, *statements, times, patience=10):
        """Send the same so many times at once, past every house; return how many are acknowledged within some seconds."""
        told = {
            "PGHOST": "127.0.0.1", "PGPORT": str(machine.ports["database"]), "PGDATABASE": "linli",
            "PGUSER": "linli", "PGPASSWORD": OURS, "PGCONNECT_TIMEOUT": "10",
        }  # fmt: skip
        command = [machine.binaries / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        for one in statements:
            command += ["-c", one]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        sent = [subprocess.Popen(command, env=os.environ | told, **quiet) for _ in range(times)]
        until = time.monotonic() + patience
        while time.monotonic() < until and any(one.poll() is None for one in sent):
            time.sleep(0.1)
        done = sum(one.poll() == 0 for one in sent)
        for one in sent:
            one.kill()
            one.wait()
        return done

    def fill(self):
        """Put the tables in, as the migrations make them."""
        leader = self.leader()
        host = [
            "-h",
            "127.0.0.1",
            "-p",
            str(leader.ports["database"]),
            "-U",
            "linli",
            "-d",
            "linli",
        ]
        subprocess.run(
            [leader.binaries / "pg_restore", "-O", "--exit-on-error", *host, tables.made(leader.binaries)],
            env=os.environ | {"PGPASSWORD": OURS}, check=True,
        )  # fmt: skip


def _free(count):
    """Return so many ports that nobody listens on."""
    with ExitStack() as held:
        probes = [held.enter_context(closing(socket.socket())) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
