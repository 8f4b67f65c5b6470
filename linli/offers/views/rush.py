"""The first door of a rush: who cannot get a place that is gone is told so before anything else is done.

One statement decides, by the same conditions as booking itself; whoever may get anything after all, and
whoever waits or sends what cannot be read, goes the whole way through api.py.
"""

import json
import re
from collections.abc import Callable
from types import SimpleNamespace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import answered
from linli.kernel.refusals import Refused, problem
from linli.offers.actions.booking import Full
from linli.offers.queries.counts import sold_out

Handler = Callable[[HttpRequest], HttpResponse]
_BOOKING = re.compile(r"/api/offers/sessions/([0-9A-Za-z-]{8,9})/bookings")
_ROUTE = SimpleNamespace(view_name="api-1:book_places")  # for the log line


def turn_away(handle: Handler) -> Handler:
    """Answer "full" to bookings that cannot be (a middleware); leave all else as it is."""

    def guarded(request: HttpRequest) -> HttpResponse:
        asked = _BOOKING.fullmatch(request.path_info) if request.method == "POST" else None
        # Of who is signed in, the whole way knows more.
        if asked is None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return handle(request)
        return _turned_away(request, asked[1]) or handle(request)

    return guarded


def _turned_away(request: HttpRequest, code: str) -> HttpResponse | None:
    size = _size(request.body)
    if not size or not sold_out(read_code(code) or "", size, now()):
        return None
    request.resolver_match = _ROUTE  # type: ignore[assignment]
    with translation.override(translation.get_language_from_request(request)):
        try:
            answer = answered(request) or problem(Full())
        except Refused as refused:
            answer = problem(refused)
    # What stands between here and the view would have said it.
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def _size(body: bytes) -> int:
    """Return for how many places are asked, 0 for who waits too and for what nobody can read."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    if not isinstance(said, dict) or said.get("wait"):
        return 0
    size = said.get("size", 1)
    return size if type(size) is int and 1 <= size <= 60 else 0
