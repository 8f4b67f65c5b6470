"""Pages of the directory over real HTTP: from memory and made anew, beside a view that does nothing.

Server and load share the cores, so that what the server's processes cost a core is told as well.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.http_load import Connection, closed_loop
from bench.table import Row

EMPTY = "/empty"  # bench/served.py answers it
CLIENTS = 4
SECONDS = 5
_ROOT = Path(__file__).resolve().parents[1]
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
    def work(connection: Connection, _number: int) -> None:
        status, _body = connection.ask("GET", path, **headers)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")

    closed_loop(port, work, clients=CLIENTS, seconds=1)  # every worker has it in memory now
    began = _busy(group)
    tally = closed_loop(port, work, clients=CLIENTS, seconds=SECONDS)
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return tally.rate, len(tally.times) / (_busy(group) - began)


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
            "--blocking-threads", "4", "--log-level", "warning", "bench.served:application",
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
