"""One hot session over HTTP: answers a second, how long the slowest wait, and exactly as many sold as there are.

The server and the load generator share the cores. Beside it, in the same run: the raw limit (bench/booking_raw.py),
and pretix and Indico taking bookings, where they are installed (PEERS_ROOT).
"""

import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench.http_load import Connection, Tally, Work, at_rates, closed_loop
from bench.peers import DRIVERS, PEERS
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
PLACES, POSTS, CROWD = 500, 5000, 200
CLIENTS, SECONDS = 16, 8
PLENTY = 1_000_000
_GOALS = {"SQLite": ">= 800/s; >= 0.35", "PostgreSQL": ">= 1,000/s; >= 0.35"}
_TOWN = "import django; django.setup(); from bench.booking_town import main; main()"
_RAW = "import sys; from bench.booking_raw import prepare; prepare([int(n) for n in sys.argv[1:]])"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases, and of the peers."""
    runs = 20 if large else 3
    yield from _measured("SQLite", runs)
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _measured("PostgreSQL", runs)
    else:
        yield Row("booking, PostgreSQL", "not installed here", "", "", "")
    for name in ("pretix", "indico"):
        yield _peer(name)


def _measured(database: str, runs: int) -> Iterator[Row]:
    """Run this module in a process whose environment names the database, and read what it measured."""
    command = [sys.executable, "-m", "bench.booking", str(runs)]
    if database == "PostgreSQL":
        command.insert(0, "tools/with_postgres.sh")
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home, "PYTHONPATH": str(ROOT)}
        if database == "SQLite":
            environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
    said = json.loads(done.stdout.splitlines()[-1])
    ours, raw = said["hot"], said["raw_hot"]
    yield Row(
        f"answers on one hot session of {PLACES} places, {database}; p99; sold; raw limit",
        f"{ours['rate']:.0f}/s ({ours['p99']:.0f} ms, {ours['sold']} sold)",
        f"{raw['rate']:.0f}/s",
        f"{ours['rate'] / raw['rate']:.2f}",
        f"{_GOALS[database]}; p99 < 1 s",
    )
    yield Row(
        "… as long as every answer is a booking",
        f"{said['all']['rate']:.0f}/s ({said['all']['p99']:.0f} ms)",
        f"{said['raw_all']['rate']:.0f}/s",
        f"{said['all']['rate'] / said['raw_all']['rate']:.2f}",
        "",
    )
    wrong = [one for one in said["crowds"] if one != {"201": PLACES, "409": POSTS - PLACES}]
    yield Row(
        f"… {POSTS:,} posts by {CROWD} clients at once on {PLACES} places, {runs} times",
        f"{runs - len(wrong)} of {runs} times {PLACES} / {POSTS - PLACES}" + (f" {wrong}" if wrong else ""),
        "",
        "",
        f"all {runs}; no 5xx",
    )  # fmt: skip


def main() -> None:
    """Measure on the database of this environment and print one line of JSON."""
    runs = int(sys.argv[1])
    made = _town("make", *[PLACES] * (runs + 1), PLENTY)
    codes: list[str] = made["codes"]
    said: dict[str, Any] = {}
    with _running(_ours, os.environ, "/health") as port:
        work = Booking(made["key"])
        closed_loop(port, work.of(codes[-1]), clients=CLIENTS, seconds=2)  # warm
        said["all"] = _told(closed_loop(port, work.of(codes[-1]), clients=CLIENTS, seconds=SECONDS))
        said["hot"] = _told(closed_loop(port, work.of(codes[0]), clients=CLIENTS, seconds=SECONDS))
        said["crowds"] = [_crowd(port, made["key"], code) for code in codes[1:-1]]
    sold = _town("sold", *codes)
    for one in sold:
        if one["taken"] != one["bookings"] or one["taken"] > one["places"]:
            raise RuntimeError(f"oversold: {one}")
    said["hot"]["sold"] = sold[0]["bookings"]
    said |= _raw()
    print(json.dumps(said))


class Booking:
    """Post after post, each under a key of its own, for a station that brings its key."""

    def __init__(self, key: str, path: str = "/api/offers/sessions/{}/bookings") -> None:
        self._key, self._path = f"Bearer {key}", path
        self.answers: Counter[str] = Counter()

    def of(self, code: str) -> Work:
        """Return the work of booking one place of this session."""
        path = self._path.format(code)

        def book(connection: Connection, _number: int) -> None:
            named = {"Authorization": self._key, "Idempotency_Key": secrets.token_urlsafe(24)}
            status, body = connection.ask("POST", path, {"size": 1}, **named)
            self.answers[str(status)] += 1
            if status not in {201, 409}:
                raise RuntimeError(f"{status} {body[:200]!r}")

        return book


def _crowd(port: int, key: str, code: str) -> dict[str, int]:
    """Let everybody come at once; return how often each status was answered."""
    work = Booking(key)
    tally = at_rates(port, work.of(code), clients=CROWD, steps=[(POSTS * 1000, 0.001)])
    lost = POSTS - sum(work.answers.values())
    return dict(work.answers) | ({"lost": lost} if lost or tally.errors else {})


def _told(tally: Tally) -> dict[str, float]:
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return {"rate": tally.rate, "p99": tally.share(0.99) * 1000}


def _raw() -> dict[str, Any]:
    """Measure the raw limit: as many processes and threads, the same load, the same database."""
    postgres = os.environ.get("DATABASE_URL", "")
    place = postgres or str(Path(os.environ["LINLI_HOME"]) / "raw.sqlite3")
    surroundings = os.environ | {"BENCH_RAW": place}
    sizes = [str(PLACES), str(PLENTY)]
    subprocess.run([sys.executable, "-c", _RAW, *sizes], cwd=ROOT, env=surroundings, check=True)
    serve = partial(_raw_server, 2 if postgres else 1)
    with _running(serve, surroundings, "") as port:
        work = Booking("", "/{}")
        closed_loop(port, work.of("2"), clients=CLIENTS, seconds=2)
        everybody = closed_loop(port, work.of("2"), clients=CLIENTS, seconds=SECONDS)
        hot = closed_loop(port, work.of("1"), clients=CLIENTS, seconds=SECONDS)
    return {"raw_all": _told(everybody), "raw_hot": _told(hot)}


def _town(*words: object) -> Any:  # noqa: ANN401 - what the program prints
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _TOWN, *(str(word) for word in words)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _ours(port: int) -> list[str]:
    """Serve as `linli serve` does, ticks included."""
    return [str(Path(sys.executable).with_name("linli")), "serve", "--port", str(port)]


def _raw_server(workers: int, port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    words = [granian, "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "4"]
    return [*words, "--port", str(port), "--log-level", "warning", "bench.booking_raw:application"]


@contextmanager
def _running(
    command: Callable[[int], list[str]], surroundings: Mapping[str, str], health: str
) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(
        command(port), cwd=ROOT, env=surroundings, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for tried in itertools.count():
            try:
                if health:
                    Connection(port).ask("GET", health)
                else:
                    socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if tried > 300:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _peer(name: str) -> Row:
    """Return how many bookings a second a peer takes, and whether it sold more than there were."""
    what, driver = f"bookings of {PLACES} places by a peer: {name}", DRIVERS / f"{name}.py"
    if not driver.exists() or not (PEERS / name / "bin" / "gunicorn").exists():
        return Row(what, "", "not installed", "", "")
    (PEERS / "logs").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(driver), "--op", "race", "--quota", "100", "--n", "400", "--conc", str(CLIENTS)],
        cwd=DRIVERS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return Row(what, "", "did not run", "", "")
    said = json.loads(lines[-1])
    return Row(what, "", f"{said['ops_per_s']}/s; {said['stored_after']} of 100 sold", "", "")


if __name__ == "__main__":
    main()
