"""Tickets: opaque cookies that open for a short time what somebody holds, and tell nothing by themselves.

A ticket is encrypted under the house's secret key, each kind under one of its own, and ends by itself.
Nothing of it is kept on the server: taking it back is deleting the cookie.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from linli.kernel.refusals import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Ticket:
    """One kind of ticket: the cookie's name, and how long it opens."""

    name: str
    lasts: timedelta

    @property
    def _lock(self) -> Fernet:
        key = salted_hmac(f"linli.cases.ticket.{self.name}", "", algorithm="sha256").digest()
        return Fernet(urlsafe_b64encode(key))

    def hand(self, response: HttpResponse, holds: dict[str, str], at: datetime) -> None:
        """Give the ticket to whoever gets this response."""
        said = self._lock.encrypt_at_time(json.dumps(holds).encode(), int(at.timestamp()))
        response.set_cookie(
            self.name,
            said.decode(),
            max_age=self.lasts,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def held(self, request: HttpRequest, at: datetime) -> dict[str, str]:
        """Return what the ticket of this request opens; nothing without one, and after its time."""
        said = request.COOKIES.get(self.name, "")
        try:
            plain = self._lock.decrypt_at_time(
                said.encode(), int(self.lasts.total_seconds()), int(at.timestamp())
            )
        except InvalidToken:
            return {}
        holds: dict[str, str] = json.loads(plain)
        return holds

    def take_back(self, response: HttpResponse) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self.name, samesite="Lax")


ASKING = Ticket("asking", timedelta(days=7))
FOLLOWING = Ticket("following", timedelta(minutes=30))
RECEIPT = Ticket("receipt", timedelta(minutes=30))


def private(view: View[P]) -> View[P]:
    """Have nobody keep the page, refusals included: no browser, no proxy, no search engine."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refused as refused:
            response = render(
                request, "ui/refused.html", {"refused": refused}, status=refused.status
            )
            for name, value in refused.headers.items():
                response.headers[name] = value
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response

    return guarded
