"""A hall with so many hands and a room where so many may wait: whoever finds it full is told so at once.

Between the server, which has a thread for each who waits, and the application, which only the hands ever call: what a
thread keeps (connections, keys) is kept so many times and no more. Who is sent away has changed nothing.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpResponse

FULL: Final = "linli.full"  # of a request: answer from memory, or say that the house is full
HEALTH: Final = "/health"
PATIENCE: Final = 10.0  # seconds in the room; nobody waits for longer
ROOM: Final = 256
AT_SIDE: Final = 64  # at the side door at a time; who comes then is answered unread
_STAFF_OWN: Final = 4  # of the room, one place in so many is for those who bring a session or a key
_NO: Final = b'{"type":"urn:linli:refused:busy","title":"Busy","status":503,"code":"busy"}'
_HEAD: Final = [
    ("Content-Type", "application/problem+json"),
    ("Content-Length", str(len(_NO))),
    ("Retry-After", "5"),
]


def _shut() -> Lock:
    made = Lock()
    made.acquire()
    return made


@dataclass(slots=True, eq=False)
class _Asker:
    """One request that is waited with, and what came of it."""

    request: WSGIEnvironment
    start: StartResponse
    ended: Lock = field(default_factory=_shut)
    answer: Iterable[bytes] = ()
    error: BaseException | None = None


class Hall:
    """An application that `hands` threads call, and beside them one at the side door.

    The side door is for the proxy's question whether we live, and for those for whom there is no place: they get what
    lies in memory. Whoever brings a session or a key waits in a line of their own; the two lines take turns.
    """

    def __init__(
        self, application: WSGIApplication, *, hands: int, room: int = ROOM, patience: float = PATIENCE
    ) -> None:  # fmt: skip
        self._application, self._hands, self._room, self._patience = (
            application,
            hands,
            room,
            patience,
        )
        self._turn, self._opened, self._busy, self._at_side = Lock(), False, 0, 0
        self._lines: list[deque[_Asker]] = [deque(), deque()]
        self._calls: SimpleQueue[None] = SimpleQueue()
        self._side: SimpleQueue[_Asker] = SimpleQueue()

    @property
    def waiting(self) -> int:
        """How many are in the room."""
        return sum(map(len, self._lines))

    def __call__(self, request: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request, be it with no."""
        if not self._opened:
            self._open()
        asker = _Asker(request, start)
        if request.get("PATH_INFO") != HEALTH:
            if self._enters(asker) and (
                asker.ended.acquire(timeout=self._patience) or not self._leaves(asker)
            ):
                return _told(asker)
            request[FULL] = True
        return self._aside(asker)

    def _enters(self, asker: _Asker) -> bool:
        """Stand in line, if there is a hand or a place."""
        staff = _brings_a_name(asker.request)
        room = self._room if staff else self._room - self._room // _STAFF_OWN
        with self._turn:
            if self._busy + self.waiting >= self._hands + room:
                return False
            self._lines[staff].append(asker)
        self._calls.put(None)
        return True

    def _leaves(self, asker: _Asker) -> bool:
        """Leave the line. Who has been called already is answered: wait for it."""
        with self._turn:
            for line in self._lines:
                if asker in line:
                    line.remove(asker)
                    return True
        asker.ended.acquire()
        return False

    def _aside(self, asker: _Asker) -> Iterable[bytes]:
        with self._turn:
            if at_side := self._at_side < AT_SIDE:
                self._at_side += 1
        if not at_side:
            asker.start("503 Service Unavailable", _HEAD)
            return [_NO]
        self._side.put(asker)
        asker.ended.acquire()
        return _told(asker)

    def _open(self) -> None:
        with self._turn:
            if self._opened:
                return
            self._opened = True
        for work in (self._serve_aside, *[self._serve] * self._hands):
            Thread(target=work, daemon=True).start()

    def _serve(self) -> None:
        staff_next = False
        while True:
            self._calls.get()
            with self._turn:
                line = self._lines[staff_next] or self._lines[not staff_next]
                if not line:  # who was called has left
                    continue
                asker = line.popleft()
                self._busy += 1
            staff_next = not staff_next
            self._answer(asker)
            with self._turn:
                self._busy -= 1
            asker.ended.release()

    def _serve_aside(self) -> None:
        while True:
            asker = self._side.get()
            self._answer(asker)
            with self._turn:
                self._at_side -= 1
            asker.ended.release()

    def _answer(self, asker: _Asker) -> None:
        """Have it answered, whole: what the application keeps for this thread is let go here, and not by another."""
        try:
            answer = self._application(asker.request, asker.start)
            if isinstance(answer, HttpResponse):
                asker.answer = [answer.content]
                answer.close()
            else:  # it is made while it is sent
                asker.answer = answer
        except BaseException as error:  # noqa: BLE001 - whoever asked gets it, and this hand goes on
            asker.error = error


def _told(asker: _Asker) -> Iterable[bytes]:
    if asker.error is not None:
        raise asker.error
    return asker.answer


def _brings_a_name(request: WSGIEnvironment) -> bool:
    """Say whether somebody comes who says to be known here; whether it is true is not asked at the door."""
    session = f"{settings.SESSION_COOKIE_NAME}="
    return "HTTP_AUTHORIZATION" in request or session in request.get("HTTP_COOKIE", "")
