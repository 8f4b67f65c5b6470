"""A real `linli serve` on the three machines, many who ask and book at it, and a journal of what each was told."""

import json
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from threading import Event, Thread
from uuid import uuid4

from tests.faults.cluster.city import waited
from tests.faults.server import _HALF, Server

CLIENTS = 12
HANGS = 60  # so long a caller waits for one answer
AGAIN = 0.25  # and so long before it asks again, under the same key


@dataclass
class Wish:
    """One thing wanted under one key: a case asked or a place booked, and what came of it."""

    number: int
    booking: bool
    key: str = field(default_factory=lambda: str(uuid4()))
    code: str = ""
    passphrase: str = ""
    at: float = 0.0


@dataclass
class House(Server):
    """One server; its database is the city's."""

    database: str = ""
    session: str = ""
    station: str = ""

    def prepare(self):
        (self.home / "static").mkdir(parents=True)
        (self.home / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
        told = json.loads(self._run("-m", "tests.faults.cluster.seed"))
        self.secret, self.station, self.session = told["office"], told["station"], told["session"]

    @property
    def _surroundings(self):
        return super()._surroundings | {"DATABASE_URL": self.database}

    def grant(self, wish, line):
        """Ask once for what is wished; note what came."""
        if wish.booking:
            way, said, secret = (
                f"/api/offers/sessions/{self.session}/bookings",
                {"size": 1},
                self.station,
            )
        else:
            way, secret = "/api/cases", self.secret
            said = {"words": f"第{wish.number}件：楼道的灯坏了。", "topic": "street-lamp"}
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": wish.key}
        status, body = self.ask("POST", way, said, line, **headers)
        if status == 201:
            told = json.loads(body)
            wish.code, wish.passphrase = told["code"], told.get("passphrase", "")
            wish.at = time.monotonic()
        return status


@dataclass
class Load:
    """Those who ask, again and again, each until it is told; and who watches /health meanwhile."""

    house: House
    wishes: list[Wish] = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    slowest: float = 0.0
    health: Counter = field(default_factory=Counter)
    slowest_health: float = 0.0
    without_when: int = 0  # answers of 503 that do not say when to come again
    _stop: Event = field(default_factory=Event)

    def _go_on(self):
        while not self._stop.is_set():
            wish = Wish(len(self.wishes), booking=len(self.wishes) % 2 == 1)
            self.wishes.append(wish)
            self._until_granted(wish)

    def _until_granted(self, wish):
        line = HTTPConnection("127.0.0.1", self.house.port, timeout=HANGS)
        with closing(line):
            while not wish.code:
                began = time.monotonic()
                try:
                    said = self.house.grant(wish, line)
                except (OSError, HTTPException) as error:
                    said = type(error).__name__
                    line.close()
                self.answers[said] += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                if said != 201:
                    time.sleep(AGAIN)

    def _watch(self):
        while not self._stop.is_set():
            began = time.monotonic()
            with closing(HTTPConnection("127.0.0.1", self.house.port, timeout=HANGS)) as line:
                try:
                    line.request("GET", "/health")
                    answer = line.getresponse()
                    said = answer.status
                    self.without_when += said == 503 and not answer.headers["Retry-After"]
                except (OSError, HTTPException) as error:
                    said = type(error).__name__
            self.health[said] += 1
            self.slowest_health = max(self.slowest_health, time.monotonic() - began)
            time.sleep(AGAIN)

    @contextmanager
    def going_on(self):
        """Let them ask; at the end each has been told what came of the last thing that it wanted."""
        threads = [Thread(target=self._go_on, daemon=True) for _ in range(CLIENTS)]
        threads.append(Thread(target=self._watch, daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            waited(
                lambda: not any(one.is_alive() for one in threads), "somebody was never answered"
            )

    @property
    def granted(self):
        return [one for one in self.wishes if one.code]

    def told_more(self, count):
        """Wait until so many more were told that it is done."""
        before = len(self.granted)
        waited(
            lambda: len(self.granted) >= before + count, lambda: f"nobody is served: {self.answers}"
        )

    def gap(self, since):
        """Return the longest time in which nobody was told anything, from just before a moment."""
        moments = sorted(one.at for one in self.granted if one.at >= since - 1)
        return max((later - earlier for earlier, later in pairwise(moments)), default=0)

    def codes(self, *, booking):
        return [one.code for one in self.granted if one.booking == booking]


TABLES = {False: "cases_case", True: "offers_booking"}


def counts(line):
    return {
        booking: line.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for booking, name in TABLES.items()
    }


def lost(line, load):
    """Return what was acknowledged and is not there."""
    gone = []
    for booking, table in TABLES.items():
        there = {code for (code,) in line.execute(f"SELECT code FROM {table}")}
        gone += [code for code in load.codes(booking=booking) if code not in there]
    return gone


def halves(line):
    """Return what is half done: as tests/faults asks it of SQLite, and whether the places add up."""
    asked = _HALF | {
        "subject": "SELECT code FROM kernel_subject s WHERE NOT EXISTS"
        " (SELECT 1 FROM cases_case WHERE subject_id = s.id) AND NOT EXISTS"
        " (SELECT 1 FROM offers_booking WHERE subject_id = s.id)",
        "places": "SELECT s.id FROM offers_session s WHERE s.taken_web + s.taken_phone + s.taken_station <>"
        " (SELECT coalesce(sum(size), 0) FROM offers_booking b WHERE b.session_id = s.id)",
    }
    said = {name: line.execute(query).fetchall() for name, query in asked.items()}
    return {name: found for name, found in said.items() if found}


def opened(house, load, every=20):
    """Open some of the cases with their passphrases; return those that do not open."""
    with suppress(OSError):
        return [
            one.code
            for one in [one for one in load.granted if not one.booking][::every]
            if house.ask("GET", f"/api/cases/{one.code}", **{"Linli-Passphrase": one.passphrase})[0] != 200
        ]  # fmt: skip
    return ["nobody answers"]
