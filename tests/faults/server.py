"""A real `linli serve` on a home of its own: started, asked by many at once, killed, looked over from outside."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from django.db.backends.sqlite3._functions import register

ROOT = Path(__file__).parents[2]
PATIENCE, KNOCKS = 300, 20
HOUSES = "linli.config.settings"


@dataclass
class Sent:
    """One ask under a key of its own: what came back, if anything did."""

    key: str
    number: int
    code: str = ""
    passphrase: str = ""


@dataclass
class Server:
    """One server. `settings` names others than the house's: those of a careless one."""

    home: Path
    settings: str = HOUSES
    sent: list[Sent] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    process: subprocess.Popen | None = None
    port: int = 0
    secret: str = ""
    code: Path = ROOT  # where its program lies
    complaints: str = os.devnull  # where it says what went wrong

    def prepare(self):
        (self.home / "static").mkdir(parents=True)
        (self.home / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
        self.secret = self._run("-m", "tests.faults.seed").strip().splitlines()[-1]

    def _run(self, *words):
        done = subprocess.run(
            [sys.executable, *words], cwd=self.code, env=self._surroundings, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    @property
    def _surroundings(self):
        ours = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return ours | {
            "LINLI_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "LINLI_SECOND_FACTOR": "0",
            "PYTHONPATH": str(self.code),
        }

    def start(self):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with Path(self.complaints).open("ab") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "linli", "serve", "--port", str(self.port), "--no-tick"],
                cwd=self.code, env=self._surroundings, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=complaints,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # Who knocks while it begins may wait at a socket that nobody will ever listen at: ask anew.
            knock = HTTPConnection("127.0.0.1", self.port, timeout=KNOCKS)
            try:
                with closing(knock):
                    if self.ask("GET", "/health", None, knock)[0] == 200:
                        return
            except (OSError, HTTPException):
                time.sleep(0.05)
        self.kill()
        said = Path(self.complaints).read_text(errors="replace")[-3000:]
        raise TimeoutError(f"the server did not begin: {said}")

    def kill(self):
        """End it and everything that it started, at once and without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method, address, said=None, connection=None, **headers):
        """Return status and body. Raises OSError or HTTPException when nobody answers."""
        if connection is None:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as own:
                return self.ask(method, address, said, own, **headers)
        body = None if said is None else json.dumps(said)
        speaks = {"Content-Type": "application/json", "Accept": "application/json"}
        connection.request(method, address, body, speaks | headers)
        with connection.getresponse() as answer:
            return answer.status, answer.read().decode()

    @property
    def key(self):
        return {"Authorization": f"Bearer {self.secret}"}

    def send(self, sent, connection=None):
        """Send one ask; note what came back."""
        words = {"words": f"第{sent.number}件：楼道的灯坏了。", "topic": "street-lamp"}
        status, body = self.ask(
            "POST", "/api/cases", words, connection, **self.key, **{"Idempotency-Key": sent.key}
        )
        if status == 201:
            told = json.loads(body)
            sent.code, sent.passphrase = told["code"], told["passphrase"]
        return status

    def open(self, code):
        """Open a case as its unit; note it when its words came."""
        status, body = self.ask("GET", f"/api/desk/cases/{code}", **self.key)
        if status == 200 and "楼道的灯坏了" in body:
            self.read.append(code)
        return status

    def load(self, stop, clients=4):
        """Let several ask and open, again and again, until `stop` is set or nobody answers."""

        def go_on():
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
                while not stop.is_set():
                    sent = Sent(str(uuid4()), len(self.sent))
                    self.sent.append(sent)
                    self.send(sent, connection)
                    if sent.code and sent.number % 5 == 0:
                        self.open(sent.code)

        def quietly():
            with suppress(OSError, HTTPException):
                go_on()

        threads = [Thread(target=quietly) for _ in range(clients)]
        for thread in threads:
            thread.start()
        return threads

    def killed_under_load(self, acknowledged):
        """Kill it as soon as so many more were told that their ask was taken."""
        stop, before = Event(), self.taken
        threads = self.load(stop)
        until = time.monotonic() + PATIENCE
        while self.taken < before + acknowledged and time.monotonic() < until:
            time.sleep(0.001)
        self.kill()
        stop.set()
        for thread in threads:
            thread.join()

    @property
    def taken(self):
        return sum(bool(one.code) for one in self.sent)

    def lost(self):
        """Return the asks that were acknowledged and do not open."""
        return [
            one.code
            for one in self.sent
            if one.code
            and self.ask("GET", f"/api/cases/{one.code}", **{"Linli-Passphrase": one.passphrase})[0] != 200
        ]  # fmt: skip


@contextmanager
def copied(prepared, home, settings=HOUSES):
    """A server on a copy of a home; whatever happens, nothing of it runs on."""
    shutil.copytree(prepared.home, home, dirs_exist_ok=True)
    made = Server(home, settings, secret=prepared.secret)
    try:
        yield made
    finally:
        if made.process and made.process.poll() is None:
            made.kill()


def faults_of(home):
    """Return what is half done or out of joint in a home whose server is not running."""
    with (
        closing(sqlite3.connect(home / "linli.sqlite3")) as database,
        closing(sqlite3.connect(home / "keys" / "subjects.sqlite3")) as keys,
    ):
        register(database)
        alive = {
            code for (code,) in keys.execute("SELECT code FROM keys WHERE wrapped IS NOT NULL")
        }
        said = {name: list(database.execute(query)) for name, query in _HALF.items()}
        said["no key"] = [
            code for (code,) in database.execute("SELECT code FROM kernel_subject WHERE destroyed_on IS NULL")
            if code not in alive
        ]  # fmt: skip
        for name, file in (("database", database), ("keys", keys)):
            checked = file.execute("PRAGMA integrity_check").fetchall()
            said[name] = [] if checked == [("ok",)] else checked
    return {name: found for name, found in said.items() if found}


def count(home, table):
    with closing(sqlite3.connect(home / "linli.sqlite3")) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def looks_at(home):
    with closing(sqlite3.connect(home / "linli.sqlite3")) as database:
        return dict(database.execute("SELECT about, count(*) FROM kernel_look GROUP BY about"))


_HALF = {
    "clocks": "SELECT code FROM cases_case c WHERE 3 <> (SELECT count(*) FROM cases_clockevent"
    " WHERE case_id = c.id AND verb = 'started')",
    "step": "SELECT code FROM cases_case c WHERE 1 <> (SELECT count(*) FROM cases_step"
    " WHERE case_id = c.id AND verb = 'asked')",
    "grant": "SELECT code FROM cases_case c WHERE 1 <> (SELECT count(*) FROM kernel_grant WHERE about = c.code)",
    "subject": "SELECT s.code FROM kernel_subject s LEFT JOIN cases_case c ON c.subject_id = s.id"
    " WHERE c.id IS NULL",
    "words": "SELECT code FROM cases_case WHERE words IS NULL",
    "answer": "SELECT status FROM kernel_answered WHERE status = 0",
}
