"""What happens around every request: a log line without a person in it, refusals as answers, and headers
by which a browser neither keeps what is private nor opens what we never need.
"""

import time
from collections.abc import Callable
from types import SimpleNamespace

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from linli.kernel.hall import FULL
from linli.kernel.refusals import Refused, problem
from linli.kernel.stalled import Busy, answer, refusal_of

Handler = Callable[[HttpRequest], HttpResponse]
_NO_SENSORS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "serial", "usb", "browsing-topics"),
    )
)
_TURNED_AWAY = SimpleNamespace(view_name="full")  # for the log line
_log = structlog.stdlib.get_logger("linli.request")


def log_requests(handle: Handler) -> Handler:
    """Log method, route name, status, milliseconds and role; never a path, address or name."""

    def logged(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = handle(request)
        match = request.resolver_match
        user = getattr(request, "user", None)
        _log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "none",
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
            role=getattr(user, "role", "public"),
        )
        return response

    return logged


def deny_sensors(handle: Handler) -> Handler:
    """Say with every answer that no page of ours sees, hears or finds anybody."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response["Permissions-Policy"] = _NO_SENSORS
        return response

    return answered


def keep_private(handle: Handler) -> Handler:
    """Let no browser or proxy keep what somebody saw who was signed in."""

    def answered(request: HttpRequest) -> HttpResponse:
        # Whoever has no session is not looked up: public answers stay the same for all, and fast.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        signed_in = known and request.user.is_authenticated
        response = handle(request)
        if signed_in:
            response["Cache-Control"] = "private, no-store"
        return response

    return answered


def turn_away(handle: Handler) -> Handler:
    """Say that the house is full, where the hall found it so; what lies in memory was answered before."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not request.META.get(FULL):
            return handle(request)
        request.resolver_match = _TURNED_AWAY  # type: ignore[assignment]
        with translation.override(translation.get_language_from_request(request, check_path=True)):
            told = answer(request, Busy())
        # What stands between here and the view would have said it.
        told.headers["Content-Length"] = str(len(told.content))
        return told

    return answered


class refuse_politely:  # noqa: N801 - a middleware reads as a verb in the settings
    """Turn a `Refused` that no view caught into an answer: a page for people, a problem for programs.

    Addresses below `settings.FOR_PROGRAMS` are for programs alone, whatever they say they accept.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.handle(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, a full disk's and a busy database's too; leave every other error to Django."""
        error = refusal_of(error) or error
        if not isinstance(error, Refused):
            return None
        if not request.path_info.startswith(settings.FOR_PROGRAMS) and request.accepts("text/html"):
            _log.info("refused", code=error.code, status=error.status)
            page = render(request, "ui/refused.html", {"refused": error}, status=error.status)
            for name, value in error.headers.items():
                page[name] = value
            return page
        return problem(error)
