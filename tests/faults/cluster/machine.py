"""One database machine: an etcd, an agent (Patroni) and a PostgreSQL of its own, from the files of deploy/."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.cluster.link import Link
from tests.faults.cluster.needs import PATRONI
from tests.faults.server import ROOT

SECRETS = {
    f"{name}_PASSWORD": f"{name.lower()}-of-a-drill"
    for name in ("RESTAPI", "SUPERUSER", "REPLICATION", "REWIND")
}
ETCD, AGENT, DATABASE = "etcd", "agent", "database"
PORTS = ("peer", "client", "rest", "database", "link")


@dataclass
class Machine:
    """One of three. All that runs on it has its working folder below `home`: so it is found, and ended."""

    name: str
    home: Path
    ports: dict[str, int]
    binaries: Path
    owner: str | None
    link: Link | None = None
    frozen: bool = False
    began: list[subprocess.Popen] = field(default_factory=list)

    def prepare(self, others):
        """Write its configuration: deploy/'s own, with this machine's addresses."""
        self.home.mkdir()
        (self.home / "patroni.yml").write_text(self._patroni(others))
        (self.home / "patroni.yml").chmod(0o600)
        if self.owner:
            for path in (self.home, self.home / "patroni.yml"):
                shutil.chown(path, self.owner, self.owner)
        self.link = Link(self.ports["link"], self.ports["database"])

    def _patroni(self, others):
        here = "10.0.0.11"
        wanted = {
            "name: db1": f"name: {self.name}",
            f"{here}:2379,10.0.0.12:2379,10.0.0.13:2379": ",".join(f"127.0.0.1:{one.ports['client']}" for one in others),
            f"{here}:8008": f"127.0.0.1:{self.ports['rest']}",
            f"  listen: {here}:5432": f"  listen: 127.0.0.1:{self.ports['database']}",
            f"connect_address: {here}:5432": f"connect_address: 127.0.0.1:{self.ports['link']}",
            "10.0.0.0/24": "127.0.0.1/32",
            "/usr/lib/postgresql/15/bin": str(self.binaries),
            "/var/lib/postgresql/15/linli": str(self.data),
            "/var/lib/postgresql/linli.pgpass": str(self.home / "pgpass"),
            "/var/run/postgresql": str(self.home),
            # A drill's disk is smaller than a city's.
            "wal_keep_size: 1GB": "wal_keep_size: 256MB",
        } | SECRETS  # fmt: skip
        return _with((ROOT / "deploy" / "patroni.yml").read_text(), wanted)

    def _etcd(self, others):
        wanted = {
            "db1=http://10.0.0.11:2380,db2=http://10.0.0.12:2380,db3=http://10.0.0.13:2380":
                ",".join(f"{one.name}=http://127.0.0.1:{one.ports['peer']}" for one in others),
            "ETCD_NAME=db1": f"ETCD_NAME={self.name}",
            "/var/lib/etcd/linli": str(self.home / "etcd"),
            "10.0.0.11:2380": f"127.0.0.1:{self.ports['peer']}",
            "10.0.0.11:2379": f"127.0.0.1:{self.ports['client']}",
        }  # fmt: skip
        lines = _with((ROOT / "deploy" / "etcd.env").read_text(), wanted).splitlines()
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    @property
    def data(self):
        return self.home / "data"

    def start(self, others):
        """Begin what does not run: as a machine that is switched on."""
        if not self.pids(ETCD):
            self._run("etcd", ["etcd"], self._etcd(others))
        if not self.pids(AGENT):
            self._run(
                "agent",
                [PATRONI / "bin" / "python", PATRONI / "bin" / "patroni", "patroni.yml"],
                {},
            )

    def _run(self, name, command, told):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8"} | told
        with (self.home / f"{name}.log").open("ab") as said:
            self.began.append(
                subprocess.Popen(
                    command, cwd=self.home, env=env, user=self.owner, group=self.owner,
                    extra_groups=[] if self.owner else None, start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                )
            )  # fmt: skip

    def pids(self, *parts):
        """Return what runs here: of these parts, or all."""
        found = set()
        for each in Path("/proc").iterdir():
            if each.name.isdigit():
                with suppress(OSError):
                    where = each.joinpath("cwd").readlink()
                    if where.is_relative_to(self.home) and (not parts or self._part(each) in parts):
                        found.add(int(each.name))
        return found

    def _part(self, process):
        if process.joinpath("cwd").readlink().is_relative_to(self.data):
            return DATABASE
        return ETCD if process.joinpath("comm").read_text().strip() == "etcd" else AGENT

    def signal(self, said, *parts):
        for pid in self.pids(*parts):
            with suppress(ProcessLookupError):
                os.kill(pid, said)

    def kill(self):
        """End everything at once and without a word, as when the power goes; nobody hears of it but by silence."""
        self.freeze()
        while self.pids():
            self.signal(signal.SIGKILL)
            time.sleep(0.01)
        while self.began:
            self.began.pop().wait()
        self.frozen = False
        self.link.cut()

    def freeze(self, *parts):
        """Stop these parts, or all: it is there, and does nothing. Again, for who was just being born."""
        self.frozen = True
        for _ in range(3):
            self.signal(signal.SIGSTOP, *parts)

    def thaw(self, *parts):
        self.frozen = bool(parts)
        self.signal(signal.SIGCONT, *parts)


def _with(text, wanted):
    """Return the text with everything put in its place; each must stand there."""
    for said, put in wanted.items():
        assert said in text, said
        text = text.replace(said, put)
    return text
