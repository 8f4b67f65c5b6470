"""Whole lives of cases over HTTP, everything switched on: ask, take, answer, look up, with sealing, looks and keys.

The server and the load generator share the cores. Beside it, on the same machine and in the same run,
django-helpdesk taking tickets, where it is installed (PEERS_ROOT).
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.http_load import Connection, Tally, at_rates, closed_loop
from bench.peers import DRIVERS, PEERS
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 8
SECONDS = 8
SPIKES = [(1, 5), (50, 5), (1, 5), (100, 5), (2, 10), (150, 5), (2, 10)]
_GOAL = ">= 100/s"
_FILL = "import django; django.setup(); from bench.cases_town import main; main()"


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    sizes = {"SQLite": 1_000_000, "PostgreSQL": 10_000_000 if large else 1_000_000}
    yield from _measured("SQLite", sizes["SQLite"])
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        yield from _measured("PostgreSQL", sizes["PostgreSQL"])
    else:
        yield Row("lives of cases, PostgreSQL", "not installed here", "", "", "")


def _measured(database: str, size: int) -> Iterator[Row]:
    """Run this module in a process whose environment names the database, and read what it measured."""
    command = [sys.executable, "-m", "bench.cases", str(size)]
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
    empty, full, spikes = said["empty"], said["full"], said["spikes"]
    peer = said.get("peer")
    yield Row(
        f"lives of cases (4 requests), {database}, none before; p50, p95; peer: helpdesk takes tickets",
        f"{empty['rate']:.0f}/s ({empty['p50']:.0f}, {empty['p95']:.0f} ms)",
        f"{peer:.0f} tickets/s" if peer else "not installed",
        f"{said['asked'] / peer:.1f} (our asks {said['asked']:.0f}/s)" if peer else "",
        _GOAL,
    )
    yield Row(
        f"… after {said['cases']:,} cases",
        f"{full['rate']:.0f}/s ({full['p50']:.0f}, {full['p95']:.0f} ms)",
        f"{empty['rate']:.0f}/s",
        f"{full['rate'] / empty['rate']:.2f}",
        ">= 0.90",
    )
    yield Row(
        "… begun at 1, 50, 1, 100, 2, 150, 2 a second: errors; p95; back to normal after the last spike",
        f"{spikes['errors']} of {spikes['count']}; {spikes['p95']:.0f} ms; {spikes['recovery']:.1f} s",
        "",
        "",
        "0; < 5 s",
    )


def main() -> None:
    """Measure on the database of this environment and print one line of JSON."""
    size = int(sys.argv[1])
    said: dict[str, object] = {}
    key = _filled(0)["key"]
    with _served() as port:
        work = Life(str(key))
        closed_loop(port, work, clients=CLIENTS, seconds=3)  # warm
        said["asked"] = closed_loop(port, work.asked, clients=CLIENTS, seconds=SECONDS).rate
        said["empty"] = _told(closed_loop(port, work, clients=CLIENTS, seconds=SECONDS))
    filled = _filled(size)
    said["cases"] = filled["cases"]
    with _served() as port:
        work = Life(str(filled["key"]))
        closed_loop(port, work, clients=CLIENTS, seconds=3)
        said["full"] = _told(closed_loop(port, work, clients=CLIENTS, seconds=SECONDS))
        said["spikes"] = _spikes(port, work)
    if peer := _helpdesk():
        said["peer"] = peer
    print(json.dumps(said))


class Life:
    """One life: somebody asks, the desk takes it and answers, the person looks it up."""

    def __init__(self, key: str) -> None:
        self._key = f"Bearer {key}"

    def __call__(self, connection: Connection, number: int) -> None:
        """Live one life, each step with what the last answered."""
        case = self.asked(connection, number)
        code = case["code"]
        desk = {"Authorization": self._key}
        _ok(connection.ask("POST", f"/api/desk/cases/{code}/taken", **desk))
        answer = {"words": "已办理，请携带材料到窗口领取。"}
        _ok(connection.ask("POST", f"/api/desk/cases/{code}/replied", answer, **desk))
        seen = _ok(connection.ask("GET", f"/api/cases/{code}", Linli_Passphrase=case["passphrase"]))
        if seen["state"] != "answered":
            raise RuntimeError(str(seen["state"]))

    def asked(self, connection: Connection, number: int) -> dict[str, str]:
        """Ask for something."""
        asked = {"words": f"需要办理居住登记，第{number}次询问，请告知材料。", "topic": "other"}
        once = {"Authorization": self._key, "Idempotency_Key": secrets.token_urlsafe(24)}
        return _ok(connection.ask("POST", "/api/cases", asked, **once))


def _ok(answer: tuple[int, bytes]) -> dict[str, str]:
    status, body = answer
    if status not in {200, 201}:
        raise RuntimeError(f"{status} {body[:200]!r}")
    said: dict[str, str] = json.loads(body)
    return said


def _told(tally: Tally) -> dict[str, float]:
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return {
        "rate": tally.rate,
        "p50": tally.share(0.5) * 1000,
        "p95": tally.share(0.95) * 1000,
    }


def _spikes(port: int, work: Life) -> dict[str, float]:
    """Run the curve. Recovery: how long after the last spike the last late life ended."""
    began = time.perf_counter()
    tally = at_rates(port, work, clients=64, steps=[(rate, lasts) for rate, lasts in SPIKES])
    last_spike = began + sum(lasts for _rate, lasts in SPIKES[:-1])
    late = [end for end, took in zip(tally.ended, tally.times, strict=True) if took > 1.5]
    over = max((end - last_spike for end in late), default=0.0)
    return {
        "errors": len(tally.errors),
        "count": len(tally.times) + len(tally.errors),
        "p95": tally.share(0.95) * 1000,
        "recovery": max(0.0, over),
    }


def _filled(count: int) -> dict[str, object]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(count)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


@contextmanager
def _served() -> Iterator[int]:
    """Serve as `linli serve` does, ticks included, and stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    linli = str(Path(sys.executable).with_name("linli"))
    server = subprocess.Popen(
        [linli, "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for _try in itertools.count():
            try:
                Connection(port).ask("GET", "/health")
                break
            except OSError:
                if _try > 200:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _helpdesk() -> float | None:
    """Return how many tickets a second django-helpdesk takes, None where it is not installed."""
    driver = DRIVERS / "django_helpdesk.py"
    if not driver.exists() or not (PEERS / "helpdesk" / "bin" / "gunicorn").exists():
        return None
    (PEERS / "logs").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(driver), "--n", "600", "--conc", str(CLIENTS)],
        cwd=DRIVERS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    return float(json.loads(lines[-1])["ops_per_s"]) if done.returncode == 0 and lines else None


if __name__ == "__main__":
    main()
