"""Pages of the directory over real HTTP: from memory and made anew, beside a view that does nothing.

Server and load share the cores, so that what the server's processes cost a core is told as well.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from bench.http_load import Connection, closed_loop
from bench.table import Row
from linli.kernel.hall import AT_SIDE, ROOM

EMPTY = "/empty"  # bench/served.py answers it
CLIENTS = 4
SECONDS = 5
_ROOT = Path(__file__).resolve().parents[1]
_THREADS = 4 + ROOM + 2 * AT_SIDE  # as `linli serve` has them
_TICKS = os.sysconf("SC_CLK_TCK")
# A cookie that the site does not know is somebody's own: the page is made for them alone.
_ANEW = {"Cookie": "bench=1"}
Cost = tuple[float, float]  # answers a second; answers for each second that a core was busy


def rows(database: str, costs: Mapping[str, tuple[Cost, Cost]]) -> Iterator[Row]:
    """Yield a row for each page."""
    limit = costs["nothing"][0]
    for name, (kept, anew) in costs.items():
        if name == "nothing":
            continue
        yield Row(
            f"over HTTP, {database}: {name}; from memory, made anew",
            f"{kept[0]:,.0f}/s ({kept[1]:,.0f}/s/core), {anew[0]:,.0f}/s ({anew[1]:,.0f}/s/core)",
            f"empty view {limit[0]:,.0f}/s ({limit[1]:,.0f}/s/core)",
            f"{kept[1] / limit[1]:.2f}, {anew[1] / limit[1]:.2f}",
            "5,000/s, 300/s",
        )


def over_http(pages: Mapping[str, str], *, workers: int) -> dict[str, tuple[Cost, Cost]]:
    """Return what each page costs, from memory and made anew; "nothing" is the view that does nothing."""
    with served(workers) as (port, group):
        asked = {"nothing": EMPTY} | dict(pages)
        return {
            name: (_cost(port, group, path, {}), _cost(port, group, path, _ANEW))
            for name, path in asked.items()
        }


def _cost(port: int, group: int, path: str, headers: dict[str, str]) -> Cost:
    for status, _body in (Connection(port).ask("GET", path, **headers) for _ in range(8)):
        if status != 200:  # and by now every worker has it in memory
            raise RuntimeError(f"{path}: {status}")
    began = _busy(group)
    rate, count = (
        _asked_by_wrk(port, path, headers) if which("wrk") else _asked(port, path, headers)
    )
    return rate, count / (_busy(group) - began)


def _asked(port: int, path: str, headers: dict[str, str]) -> tuple[float, int]:
    """Ask as fast as a program in Python can, which is seldom more than two thousand a second."""

    def work(connection: Connection, _number: int) -> None:
        status, _body = connection.ask("GET", path, **headers)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")

    tally = closed_loop(port, work, clients=CLIENTS, seconds=SECONDS)
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return tally.rate, len(tally.times)


def _asked_by_wrk(port: int, path: str, headers: dict[str, str]) -> tuple[float, int]:
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    asked = subprocess.run(
        ["wrk", "-t1", f"-c{CLIENTS * 4}", f"-d{SECONDS}", *said, f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in asked:
        raise RuntimeError(asked)
    [rate], [count] = (
        re.findall(r"Requests/sec: +([\d.]+)", asked),
        re.findall(r"(\d+) requests in", asked),
    )
    return float(rate), int(count)


def _busy(group: int) -> float:
    """Return for how many seconds the processes of a group have kept a core busy."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(said[2]) == group:
            ticks += int(said[11]) + int(said[12])
    return ticks / _TICKS


@contextmanager
def served(workers: int) -> Iterator[tuple[int, int]]:
    """Serve as `linli serve` does; yield the port and the group of the server's processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    granian = str(Path(sys.executable).with_name("granian"))
    server = subprocess.Popen(
        [
            granian, "--interface", "wsgi", "--port", str(port), "--workers", str(workers),
            "--blocking-threads", str(_THREADS), "--log-level", "error", "bench.served:porch",
        ],
        cwd=_ROOT, env=os.environ | {"PYTHONPATH": str(_ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait(port: int) -> None:
    for tries in range(300):
        try:
            Connection(port).ask("GET", EMPTY)
        except OSError:
            if tries == 299:
                raise
            time.sleep(0.1)
        else:
            return
