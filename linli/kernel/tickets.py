"""Tickets: opaque cookies that open for a short time what somebody holds, and tell nothing by themselves.

A ticket is encrypted under the house's secret key, each kind under one of its own, and ends by itself.
Nothing of it is kept on the server: taking it back is deleting the cookie.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Ticket:
    """One kind of ticket: the cookie's name, and how long it opens."""

    name: str
    lasts: timedelta

    @property
    def _lock(self) -> Fernet:
        key = salted_hmac(f"linli.ticket.{self.name}", "", algorithm="sha256").digest()
        return Fernet(urlsafe_b64encode(key))

    def hand(self, response: HttpResponse, holds: dict[str, str], at: datetime) -> None:
        """Give the ticket to whoever gets this response."""
        said = json.dumps(holds, ensure_ascii=False).encode()
        response.set_cookie(
            self.name,
            self._lock.encrypt_at_time(said, int(at.timestamp())).decode(),
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
