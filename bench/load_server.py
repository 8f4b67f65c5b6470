"""The server of a load: `linli serve` as it is, ticks included, and how much memory it and what it started take."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.http_load import Connection

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 300
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory(NamedTuple):
    """What the processes of one group have in memory, and their threads."""

    bytes: int
    threads: int


@contextmanager
def serving(surroundings: Mapping[str, str], *options: str) -> Iterator[tuple[int, int]]:
    """Serve; yield the port and the group of processes. Whatever happens, nothing of it runs on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    linli = str(Path(sys.executable).with_name("linli"))
    server = subprocess.Popen(
        [linli, "serve", "--port", str(port), *options], cwd=ROOT, env=surroundings,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + _PATIENCE
        while not _lives(port):
            if time.monotonic() > until or server.poll() is not None:
                raise TimeoutError("the server did not begin")
            time.sleep(0.1)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _lives(port: int) -> bool:
    try:
        return Connection(port).ask("GET", "/health")[0] == 200
    except OSError:
        return False


def memory(group: int) -> Memory:
    """Return what the processes of this group have in memory now (RSS); commands that end meanwhile count as nothing."""
    taken = threads = 0
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            said = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[2]) == group:
            threads += int(said[17])
            taken += int(said[21]) * _PAGE
    return Memory(taken, threads)
