"""A load generator that costs little: keep-alive connections in threads, closed loop or at a given rate.

It runs in a process of its own on the same cores as what it asks, and is part of what is measured.
"""

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any


class Connection:
    """One keep-alive connection, which speaks as much HTTP/1.1 as a test needs."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._kept = b""

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
        """Send one request and return status and body. A dropped connection is opened anew, once."""
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(data)}"]
        if data:
            lines.append("Content-Type: application/json")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        raw = "\r\n".join(lines).encode() + b"\r\n\r\n" + data
        try:
            return self._exchange(raw)
        except (BrokenPipeError, ConnectionResetError, ConnectionAbortedError):
            self.close()
            return self._exchange(raw)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._kept = None, b""

    def _exchange(self, raw: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(raw)
        while (end := self._kept.find(b"\r\n\r\n")) < 0:
            self._kept += self._more()
        head, self._kept = self._kept[:end].lower(), self._kept[end + 4 :]
        if b"\r\ntransfer-encoding: chunked" in head:
            return int(head[9:12]), b"".join(iter(self._chunk, b""))
        at = head.find(b"content-length:")
        return int(head[9:12]), self._taken(
            0 if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])
        )

    def _chunk(self) -> bytes:
        """Return one chunk of an answer that comes in chunks, the last one empty."""
        while (end := self._kept.find(b"\r\n")) < 0:
            self._kept += self._more()
        size = int(self._kept[:end].split(b";", 1)[0], 16)
        self._kept = self._kept[end + 2 :]
        return self._taken(size + 2)[:-2]

    def _taken(self, length: int) -> bytes:
        while len(self._kept) < length:
            self._kept += self._more()
        taken, self._kept = self._kept[:length], self._kept[length:]
        return taken

    def _more(self) -> bytes:
        if self._socket is None or not (more := self._socket.recv(65536)):
            raise ConnectionResetError
        return more


@dataclass
class Tally:
    """What came of a run: seconds each piece of work took, errors, and how long all took.

    For each that came to its end: its number, when that was, and how late it began (no client was free for it).
    """

    times: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Pieces of work a second."""
        return len(self.times) / self.seconds

    def share(self, part: float) -> float:
        """Return the time within which this part of the work was done, in seconds."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * part))] if times else 0.0


Work = Callable[[Connection, int], Any]


def closed_loop(port: int, work: Work, *, clients: int, seconds: float) -> Tally:
    """Let `clients` connections work without pause for some seconds."""
    until = time.perf_counter() + seconds
    return _Run(port, work, lambda number: 0.0 if time.perf_counter() < until else None).go(clients)


def at_rates(port: int, work: Work, *, clients: int, steps: list[tuple[float, float]]) -> Tally:
    """Begin work at given rates (works a second, for so many seconds), whether the last has ended or not.

    A piece of work that must wait for a free connection counts from when it should have begun.
    """
    moments, at = [], 0.0
    for rate, lasts in steps:
        moments += [at + n / rate for n in range(int(rate * lasts))]
        at += lasts
    began = time.perf_counter()
    return _Run(
        port, work, lambda number: began + moments[number] if number < len(moments) else None
    ).go(clients)


class _Run:
    """One run: `moment` says when a piece of work is due (0: now), or None when there is no more."""

    def __init__(self, port: int, work: Work, moment: Callable[[int], float | None]) -> None:
        self._port, self._work, self._moment = port, work, moment
        self._turn, self._numbers, self._tally = threading.Lock(), count(), Tally()

    def go(self, clients: int) -> Tally:
        began = time.perf_counter()
        threads = [threading.Thread(target=self._client) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._tally.seconds = time.perf_counter() - began
        return self._tally

    def _client(self) -> None:
        connection = Connection(self._port)
        while True:
            with self._turn:
                number = next(self._numbers)
            due = self._moment(number)
            if due is None:
                break
            if (early := due - time.perf_counter()) > 0:
                time.sleep(early)
            self._one(connection, number, due or time.perf_counter())
        connection.close()

    def _one(self, connection: Connection, number: int, began: float) -> None:
        late = time.perf_counter() - began
        try:
            self._work(connection, number)
        except (OSError, RuntimeError) as error:
            connection.close()
            with self._turn:
                self._tally.errors.append(str(error))
            return
        ended = time.perf_counter()
        with self._turn:
            self._tally.times.append(ended - began)
            self._tally.ended.append(ended)
            self._tally.numbers.append(number)
            self._tally.late.append(late)
