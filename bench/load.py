"""`make load`: a town's day at given rates, whether the last answer has come or not: ramp, spike of ten times, soak.

Every piece of work counts from when it was due, so that nobody who had to wait is left out. Printed, not asserted: what
was answered, turned away and lost, how long it took, what the server's memory did, and whether it is as it should be.
`LOAD_HOME` names a filled home to copy instead of filling one (minutes); PostgreSQL by tools/with_postgres.sh.
"""

import argparse
import json
import math
import os
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, NamedTuple
from urllib.parse import quote

from bench.http_load import Connection, Tally, at_rates
from bench.load_server import Memory, memory, serving

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 320
_TOWN = "import django; django.setup(); from bench.load_town import main; main()"
_WORDS = ("居住证", "社保卡", "食品", "老年", "培训", "法律援助", "路灯", "幼儿园")
_FULL, _TAKEN = 503, 201
_EVERY = 0.05  # seconds between two looks at how many are under way


class Phase(NamedTuple):
    """So many a second for so long."""

    name: str
    rate: float
    lasts: float


def phases(rate: float, *, soak: float, spike: float) -> list[Phase]:
    """Return the day: up by quarters, as usual, ten times as many, as usual again."""
    up = [Phase(f"ramp {part}/4", rate * part / 4, 5) for part in (1, 2, 3)]
    return [*up, Phase("steady", rate, 20), Phase("spike", rate * 10, spike), Phase("soak", rate, soak)]  # fmt: skip


@dataclass
class Town:
    """What people do in it, and in which shares; what they were told is noted, to be looked for afterwards."""

    made: dict[str, Any]
    statuses: dict[int, int] = field(default_factory=dict)
    cases: list[tuple[str, str]] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)
    ended: int = 0

    def __post_init__(self) -> None:
        self._turn = Lock()
        self._cookie = f"sessionid={self.made['cookie']}"
        self._key = f"Bearer {self.made['key']}"
        self._mix: list[tuple[int, Callable[[Connection, random.Random], int]]] = [
            (16, self._page("/")),
            (16, self._page("/stations/")),
            (14, self._service),
            (12, self._search),
            (8, self._page("/facts/")),
            (8, self._page("/what-happened/")),
            (8, self._page("/console/cases/", Cookie=self._cookie)),
            (6, self._ask),
            (6, self._follow),
            (6, self._book),
        ]

    def visit(self, connection: Connection, number: int) -> None:
        """Do one thing; which, the number alone decides."""
        chance = random.Random(number)
        [(_share, deed)] = chance.choices(self._mix, [share for share, _deed in self._mix])
        self.statuses[number] = 0  # no answer yet
        try:
            status = self.statuses[number] = deed(connection, chance)
        finally:
            with self._turn:
                self.ended += 1
        if status not in {200, 201, _FULL}:
            raise RuntimeError(f"{status} {getattr(deed, '__name__', '')}")

    def _page(self, path: str, **said: str) -> Callable[[Connection, random.Random], int]:
        def page(connection: Connection, _chance: random.Random) -> int:
            return connection.ask("GET", path, Accept="text/html", **said)[0]

        page.__name__ = path
        return page

    def _service(self, connection: Connection, chance: random.Random) -> int:
        return self._page(f"/services/{chance.choice(self.made['services'])}/")(connection, chance)

    def _search(self, connection: Connection, chance: random.Random) -> int:
        return self._page(f"/search/?q={quote(chance.choice(_WORDS))}")(connection, chance)

    def _ask(self, connection: Connection, _chance: random.Random) -> int:
        said = {"words": "楼道的灯坏了，晚上看不见路。", "topic": self.made["topic"]}
        status, body = self._post(connection, "/api/cases", said)
        if status == _TAKEN:
            told = json.loads(body)
            self.cases.append((told["code"], told["passphrase"]))
        return status

    def _follow(self, connection: Connection, chance: random.Random) -> int:
        if not self.cases:
            return self._ask(connection, chance)
        code, passphrase = chance.choice(self.cases)
        return connection.ask("GET", f"/api/cases/{code}", Linli_Passphrase=passphrase)[0]

    def _book(self, connection: Connection, _chance: random.Random) -> int:
        path = f"/api/offers/sessions/{self.made['session']}/bookings"
        status, body = self._post(connection, path, {"size": 1})
        if status == _TAKEN:
            self.bookings.append(json.loads(body)["code"])
        return status

    def _post(self, connection: Connection, path: str, said: object) -> tuple[int, bytes]:
        once = {"Authorization": self._key, "Idempotency_Key": secrets.token_urlsafe(24)}
        return connection.ask("POST", path, said, **once)


@dataclass
class Watch:
    """A second pair of eyes: how many are due and not ended, and the server's memory, looked at again and again."""

    day: list[Phase]
    pid: int
    town: Town
    began: float = field(default_factory=time.perf_counter)
    under_way: list[tuple[float, int]] = field(default_factory=list)
    sizes: list[tuple[float, Memory]] = field(default_factory=list)

    def look(self, over: Event) -> None:
        """Look until all is over."""
        while not over.wait(_EVERY):
            at = time.perf_counter() - self.began
            self.under_way.append((at, due(self.day, at) - self.town.ended))
            if not self.sizes or at - self.sizes[-1][0] > 2:
                self.sizes.append((at, memory(self.pid)))


def due(day: list[Phase], at: float) -> int:
    """Return how many pieces of work were due until this moment."""
    count = 0
    for phase in day:
        share = min(max(at, 0), phase.lasts)
        every = int(phase.rate * phase.lasts)
        count += min(every, int(share * phase.rate) + (share < phase.lasts)) if at > 0 else 0
        at -= phase.lasts
    return count


def spans(day: list[Phase]) -> list[tuple[Phase, float, range]]:
    """Return each phase with when it begins and the numbers of its pieces of work."""
    found, at, first = [], 0.0, 0
    for phase in day:
        after = first + int(phase.rate * phase.lasts)
        found.append((phase, at, range(first, after)))
        at, first = at + phase.lasts, after
    return found


def drive(port: int, pid: int, town: Town, day: list[Phase]) -> tuple[Tally, Watch]:
    """Let the day pass."""
    over, watch = Event(), Watch(day, pid, town)
    watching = Thread(target=watch.look, args=(over,))
    watching.start()
    try:
        tally = at_rates(port, town.visit, clients=CLIENTS, steps=[(one.rate, one.lasts) for one in day])  # fmt: skip
    finally:
        over.set()
        watching.join()
    return tally, watch


def report(tally: Tally, watch: Watch, lost: Counter[str]) -> bool:
    """Print what was seen, phase by phase, and the table of verdicts. Return whether all is as it should be."""
    took = dict(zip(tally.numbers, tally.times, strict=True))
    print(f"{'phase':10} {'rate':>6} {'sent':>7} {'answered':>9} {'503':>6} {'errors':>6} {'p50':>7} {'p95':>7} {'p99':>7} ms")  # fmt: skip
    steady: dict[str, tuple[int, list[float]]] = {}
    for phase, _at, numbers in spans(watch.day):
        said = Counter(watch.town.statuses.get(number) for number in numbers)
        served = sorted(took[n] for n in numbers if n in took and watch.town.statuses[n] != _FULL)
        steady[phase.name] = said[_FULL], served
        p50, p95, p99 = (_share(served, part) * 1000 for part in (0.5, 0.95, 0.99))
        wrong = len(numbers) - len(served) - said[_FULL]
        print(f"{phase.name:10} {phase.rate:6.1f} {len(numbers):7} {len(served):9} {said[_FULL]:6} {wrong:6} {p50:7.0f} {p95:7.0f} {p99:7.0f}")  # fmt: skip
    for error, count in Counter(tally.errors).most_common(5):
        print(f"  {count} x {error}")
    return _judged(tally, watch, lost, steady)


def _judged(tally: Tally, watch: Watch, lost: Counter[str], steady: dict[str, tuple[int, list[float]]]) -> bool:  # fmt: skip
    back = _back(watch)
    first, last = _sizes(watch)
    growth = 100 * (last.bytes / first.bytes - 1) if first.bytes else 0.0
    seen, said = _little(tally, watch)
    away = _away(watch, back)
    p95 = _share(steady["steady"][1], 0.95) * 1000
    rows = [
        ("errors (neither answered nor 503)", str(len(tally.errors)), "0", not tally.errors),
        ("acknowledged and not found again", ", ".join(f"{name} {count}" for name, count in lost.items()), "0", not sum(lost.values())),
        ("turned away when nobody of the spike waits", str(away), "0", away == 0),
        ("p95 as usual", f"{p95:.0f} ms", "< 300 ms", p95 < 300),
        ("nobody of the spike waits any more", f"{back:.1f} s after it", "<= 300 s", back <= 300),
        ("memory in the soak", f"{first.bytes / 2**20:.0f} to {last.bytes / 2**20:.0f} MiB: {growth:+.1f} %", "< 5 %", growth < 5),
        ("threads of the server, at most", str(max(size.threads for _at, size in watch.sizes)), "", True),
        ("generator: under way, seen and by rate x time", f"{seen:.2f}, {said:.2f}", "within 10 %", abs(seen - said) <= max(0.1 * said, 0.2)),
        ("generator: began late, 99 in 100 by less than", f"{_share(sorted(tally.late), 0.99) * 1000:.0f} ms", "", True),
    ]  # fmt: skip
    print(f"\n{'what':48} {'seen':32} {'goal':12} verdict")
    for what, was, goal, well in rows:
        print(f"{what:48} {was:32} {goal:12} {('well' if well else 'MISSED') if goal else ''}".rstrip())  # fmt: skip
    return all(well for *_, well in rows)


def _share(times: list[float], part: float) -> float:
    return times[min(len(times) - 1, int(len(times) * part))] if times else 0.0


def _back(watch: Watch) -> float:
    """Return how long after the spike all who came in it, and after, were answered but for what is usual; or never."""
    spans_ = {phase.name: (at, phase) for phase, at, _numbers in spans(watch.day)}
    at, spike = spans_["spike"]
    begin, end = spans_["steady"][0], at + spike.lasts
    usual = max((count for when, count in watch.under_way if begin <= when < at), default=0)
    calm = (when for when, count in watch.under_way if when >= end and count <= max(usual, 1))
    return max(next(calm, math.inf) - end, 0.0)


def _away(watch: Watch, back: float) -> int:
    """Return how many found no place before the spike, and when nobody of it waited any more."""
    return sum(
        watch.town.statuses.get(number) == _FULL
        for phase, _at, numbers in spans(watch.day) if phase.name != "spike"
        for place, number in enumerate(numbers) if phase.name != "soak" or place / phase.rate >= back
    )  # fmt: skip


def _sizes(watch: Watch) -> tuple[Memory, Memory]:
    """Return the server's memory when a fifth of the soak was over, and at its end."""
    soak, begin, _numbers = spans(watch.day)[-1]
    inside = [size for at, size in watch.sizes if at >= begin + soak.lasts / 5] or [watch.sizes[-1][1]]  # fmt: skip
    return inside[0], inside[-1]


def _little(tally: Tally, watch: Watch) -> tuple[float, float]:
    """Return how many were under way on average, as seen and by Little's law. If they differ, the generator lies."""
    lasted = watch.under_way[-1][0]
    return sum(count for _at, count in watch.under_way) / len(watch.under_way), sum(tally.times) / lasted  # fmt: skip


def main() -> int:
    """Fill a town, let its day pass, look for all that was acknowledged, and judge."""
    parser = argparse.ArgumentParser(prog="bench.load")
    parser.add_argument("--rate", type=float, default=20, help="things done a second, as usual")
    parser.add_argument("--spike", type=float, default=60, help="seconds of ten times as many")
    parser.add_argument("--soak", type=float, default=120, help="seconds after it; 3600 is the full form")  # fmt: skip
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if kept := os.environ.get("LOAD_HOME"):
            shutil.copytree(kept, home)
        surroundings = os.environ | {
            "LINLI_HOME": str(home), "LINLI_DEMO": "1", "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        }  # fmt: skip
        town = Town(_town(surroundings, "make"))
        with serving(surroundings) as (port, pid):
            for number in range(200):  # warm: numbers that the day does not have
                town.visit(Connection(port), -1 - number)
            town.statuses.clear()
            town.ended = 0
            day = phases(given.rate, soak=given.soak, spike=given.spike)
            tally, watch = drive(port, pid, town, day)
        codes = {"cases": [code for code, _passphrase in town.cases], "bookings": town.bookings}
        found = _town(surroundings, "kept", said=json.dumps(codes))
    lost = Counter({f"{name} of {len(told)}:": len(told) - found[name] for name, told in codes.items()})  # fmt: skip
    return 0 if report(tally, watch, lost) else 1


def _town(surroundings: dict[str, str], word: str, *, said: str = "") -> Any:  # noqa: ANN401 - what the program prints
    done = subprocess.run(
        [sys.executable, "-c", _TOWN, word], cwd=ROOT, env=surroundings, input=said,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
