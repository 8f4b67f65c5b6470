"""What happens around every request: a log line without a person in it, and refusals as answers."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.refusals import Refused, problem

Handler = Callable[[HttpRequest], HttpResponse]
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


class refuse_politely:  # noqa: N801 - a middleware reads as a verb in the settings
    """Turn a `Refused` that no view caught into an answer: a page for people, a problem for programs."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.handle(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other error to Django."""
        if not isinstance(error, Refused):
            return None
        if request.accepts("text/html"):
            return render(request, "ui/refused.html", {"refused": error}, status=error.status)
        return problem(error)
