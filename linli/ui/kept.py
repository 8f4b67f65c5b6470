"""Public pages kept in memory, and by browsers, while what they were made of is the same.

What they were made of is asked of the database each time: nothing is served that an edit has made untrue,
whichever process edited. Kept is only what everybody gets: whoever brings a cookie besides those of the look
passes by, and so does every answer that gives a cookie. Where the address names no language, each is kept by itself.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from threading import Lock
from typing import Concatenate, NamedTuple, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response, patch_vary_headers

from linli.kernel.clock import now
from linli.kernel.replica import from_replica
from linli.ui.look import REMEMBERED
from linli.ui.spoken import spoken, varies
from linli.ui.wording import in_force

P = ParamSpec("P")
Handler = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]

ROOM = 32 * 2**20  # bytes of pages in each process; the one not asked for the longest goes first
LARGEST = 2**20
AGE = 60  # seconds for which a browser need not ask again
# What somebody typed, and what staff see, stays in no cache.
NOT_KEPT = "private, no-store"
STANDS = "linli.stands"  # of a request: the route of a page that lay in memory and was found true
_OURS = version("linli")
_TOLD = "linli.kept"
_GIVEN = "linli.given"


class State(NamedTuple):
    """What a page was made of: the mark of its rows, and until when the clock leaves it as it is."""

    mark: str
    until: datetime


Tell = Callable[[], State | None]


def always() -> State:
    """Tell the state of a page that is made of no rows and no clock."""
    return State("", datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a view said of its answer before it made it. None: it is not for keeping."""

    tell: Tell
    state: State | None
    age: int = AGE


@dataclass(frozen=True, slots=True)
class _Page:
    """One answer as it was given."""

    told: _Told
    tag: str
    body: bytes
    headers: dict[str, str]
    match: ResolverMatch | None
    given: Callable[[], None] | None = None


class Pages:
    """Pages by what was asked, in so many bytes."""

    def __init__(self, room: int) -> None:
        self._room, self._taken, self._turn = room, 0, Lock()
        self._pages: OrderedDict[Key, _Page] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Key) -> _Page | None:
        """Return the page that was kept."""
        with self._turn:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Key, page: _Page) -> None:
        """Keep a page in place of the one before; make room."""
        with self._turn:
            if before := self._pages.pop(key, None):
                self._taken -= _size(key, before)
            self._pages[key] = page
            self._taken += _size(key, page)
            while self._taken > self._room:
                self._taken -= _size(*self._pages.popitem(last=False))

    def forget(self) -> None:
        """Forget every page, as a new process would."""
        with self._turn:
            self._pages.clear()
            self._taken = 0


def _size(key: Key, page: _Page) -> int:
    """Return the bytes of a page and of what was asked: an address may be longer than what stands there."""
    texts = (*key, *page.headers.keys(), *page.headers.values())
    return len(page.body) + sum(map(len, texts))


pages = Pages(ROOM)


def kept_while(
    tell: Tell, *asks: str, age: int = AGE
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Let a page be kept while `tell` says the same. `asks`: what its address may ask for, typed words never.

    `age`: seconds for which a browser need not ask again; 0 lets it ask each time.
    """

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = {name for name, said in request.GET.lists() if any(said)}
            fit = _everybodys(request) and asked <= {*asks}

            def made() -> HttpResponse:
                # Before the rows are read: a page made of newer ones than it says is made anew, never the other way.
                state = tell() if fit else None
                request.META[_TOLD] = _Told(tell, state, age)
                same = state and get_conditional_response(request, etag=_tag(_key(request), state))
                return same if isinstance(same, HttpResponse) else view(request, *args, **kwargs)

            # Mark and rows of one and the same database: a page never says that it is newer than its rows.
            return from_replica(made) if fit else made()

        return answered

    return decorated


def each_time(request: HttpRequest, given: Callable[[], None]) -> None:
    """Have this called whenever the answer that is being made is given again from memory."""
    request.META[_GIVEN] = given


def keep_pages(handle: Handler) -> Handler:
    """Answer from memory what is as it was; keep what views have said may be kept."""

    def answered(request: HttpRequest) -> HttpResponse:
        key = _key(request) if _everybodys(request) else None
        page = pages.find(key) if key else None
        if page and from_replica(page.told.tell) == page.told.state:
            return _again(request, page)
        response = handle(request)
        told = request.META.get(_TOLD)
        if isinstance(told, _Told) and response.status_code in {200, 304}:
            _keep(request, response, told, key)
        return response

    return answered


def _keep(request: HttpRequest, response: HttpResponse, told: _Told, key: Key | None) -> None:
    patch_vary_headers(response, ["Cookie"])
    if key is None or told.state is None or response.cookies or response.streaming:
        response.headers["Cache-Control"] = NOT_KEPT
        return
    tag = _tag(key, told.state)
    response.headers["ETag"], response.headers["Cache-Control"] = tag, _age(told)
    if response.status_code == 200 and len(response.content) <= LARGEST and not settings.DEBUG:
        headers, match = dict(response.items()), request.resolver_match
        given = request.META.get(_GIVEN)
        pages.keep(key, _Page(told, tag, response.content, headers, match, given))


def _again(request: HttpRequest, page: _Page) -> HttpResponse:
    request.resolver_match = page.match
    response = HttpResponse(page.body, headers=page.headers)
    response.headers["Cache-Control"] = _age(page.told)
    if not page.given:
        request.META[STANDS] = page.match.view_name if page.match else "none"
    elif request.method == "GET":
        page.given()
    same = get_conditional_response(request, etag=page.tag, response=response)
    return same if isinstance(same, HttpResponse) else response


def _everybodys(request: HttpRequest) -> bool:
    """Say whether whoever asks so gets what everybody gets: unknown cookies are somebody's."""
    return (
        request.method in {"GET", "HEAD"}
        and request.COOKIES.keys() <= {*REMEMBERED, settings.CSRF_COOKIE_NAME}
        and not {"HTTP_AUTHORIZATION", "HTTP_HX_REQUEST"} & request.META.keys()
    )


def _key(request: HttpRequest) -> Key:
    look = (request.COOKIES.get(name, "") for name in REMEMBERED)
    tongue = spoken(request) if varies(request.path_info) else ""
    where = request.get_host(), request.get_full_path()
    return str(request.scheme), *where, tongue, in_force.mark(), *look


def _tag(key: Key, state: State) -> str:
    return f'"{sha256(repr((_OURS, key, state)).encode()).hexdigest()[:32]}"'


def _age(told: _Told) -> str:
    """Return for how long a browser may show the page unasked: never past the moment that makes it untrue."""
    left = (told.state.until - now()).total_seconds() if told.state else 0
    return f"public, max-age={max(int(min(left, told.age)), 0)}"
