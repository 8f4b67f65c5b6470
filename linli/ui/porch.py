"""The porch before the hall: a page that lay in memory and was found true a moment ago is given again, unasked.

`keep_pages` asks the database for each page whether its rows are as they were. Where hundreds want the same page in
one moment, one answer is true for all of them: for a tenth of a second nobody behind the porch is asked at all.
Given is only what `keep_pages` gave everybody, letter for letter. The log says once a second how many of which route.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from django.conf import settings

from linli.kernel.https import BOUND
from linli.ui.kept import STANDS
from linli.ui.look import REMEMBERED

MOMENT: Final = 0.1  # seconds
_TOLD: Final = 1.0  # seconds between two lines of the log for one route: a line for each would cost more than the page
LARGEST: Final = 2**16  # bytes of a page
MOST: Final = 256  # pages; with one more, all are let go
# Whoever says one of these wants an answer of their own.
_OWN: Final = {
    *("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE"),
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"),
}
_ASKED: Final = (
    *("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO"),
    *("QUERY_STRING", "HTTP_ACCEPT_LANGUAGE"),
)
_VARIES: Final = {
    "cookie",
    "accept-language",
    "hx-request",
}  # what the key holds, or nobody here says

_log = structlog.stdlib.get_logger("linli.request")

Key = tuple[object, ...]


class _Page(NamedTuple):
    """What was said of one address. until: by the clock of the porch."""

    until: float
    headers: list[tuple[str, str]]
    body: bytes
    route: str


class Porch:
    """An application before another: it gives again what that one has just found true."""

    def __init__(
        self, inside: WSGIApplication, *, moment: float = MOMENT, clock: Callable[[], float] = time.monotonic
    ) -> None:  # fmt: skip
        self._inside, self._moment, self._clock = inside, moment, clock
        self._pages: dict[Key, _Page] = {}
        self._turn, self._given, self._since = Lock(), Counter[str](), clock()

    def __call__(self, request: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request: from the porch, or from inside."""
        began, key = self._clock(), _key(request)
        if began - self._since > _TOLD:
            self._tell(began)
        if key is None:
            return self._inside(request, start)
        page = self._pages.get(key)
        if page and began < page.until:
            with self._turn:
                self._given[page.route] += 1
            start("200 OK", page.headers)
            return [page.body]
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def heard(
            status: str, headers: list[tuple[str, str]], *error: Any
        ) -> Callable[[bytes], object]:
            said.append((status, headers))
            return start(status, headers, *error)

        answer = self._inside(request, heard)
        body = _body(*said[-1], answer) if said else None
        if body is not None and (route := request.get(STANDS)):
            if len(self._pages) >= MOST:
                self._pages.clear()
            # From before the rows were asked: what was true then may have changed since.
            self._pages[key] = _Page(began + self._moment, said[-1][1], body, route)
        return answer

    def _tell(self, at: float) -> None:
        with self._turn:
            given, self._given, self._since = self._given, Counter[str](), at
        for route, count in given.items():
            _log.info("request", method="GET", route=route, status=200, role="public", count=count)


def _body(status: str, headers: list[tuple[str, str]], answer: Iterable[bytes]) -> bytes | None:
    """Return the whole of an answer that may be given to the next; None for any other."""
    named = {name.lower(): value for name, value in headers}
    varies = {name.strip().lower() for name in named.get("vary", "").split(",") if name}
    if status != "200 OK" or "set-cookie" in named or not varies <= _VARIES:
        return None
    if not isinstance(answer, list) or len(answer) != 1 or len(answer[0]) > LARGEST:
        return None
    return bytes(answer[0])


def _key(request: WSGIEnvironment) -> Key | None:
    """Return what the answer depends on; None for whoever may get another than everybody gets."""
    if request["REQUEST_METHOD"] != "GET" or not _OWN.isdisjoint(request):
        return None
    look = []
    for part in filter(None, map(str.strip, request.get("HTTP_COOKIE", "").split(";"))):
        name = part.partition("=")[0].removeprefix(BOUND)
        if name in REMEMBERED:
            look.append(part)
        elif name != settings.CSRF_COOKIE_NAME:
            return None
    return *map(request.get, _ASKED), *look
