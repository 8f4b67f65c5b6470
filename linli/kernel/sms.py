"""Letters by SMS, through whoever sends them for the town: one HTTP call at LINLI_SMS_URL.

We POST `{"to": …, "text": …}` with the header `Idempotency-Key`, the same however often we try; whoever
answers 2xx has taken the letter, and sends one SMS for one key. docs/messages.md has the contract.
"""

import json
from http import HTTPStatus
from typing import Never
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

from linli.kernel.letters import Letter, Rejected

_SECONDS = 10
_NEVER = frozenset(
    {
        *(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)


class _NoDetour(HTTPRedirectHandler):
    """Addresses go to the one place that was set, and are not carried on to another."""

    def redirect_request(self, *_: object) -> None:
        return None


class SmsLine:
    """The way to the sender of SMS; every letter is one call."""

    def __init__(self) -> None:
        self._opener = build_opener(_NoDetour, ProxyHandler({}))

    def send(self, letter: Letter) -> None:
        """Hand the letter over. Raises Rejected when it will never be taken."""
        if not settings.SMS_URL:
            raise ConnectionError
        try:
            with self._opener.open(_call(letter), timeout=_SECONDS):
                return
        except HTTPError as answer:
            answer.close()
            _refused(answer.code)
        except OSError as error:
            raise ConnectionError(type(error).__name__) from None

    def close(self) -> None:
        """Nothing stays open."""


def _call(letter: Letter) -> Request:
    where = urlsplit(settings.SMS_URL)
    headers = {"Content-Type": "application/json", "Idempotency-Key": letter.code}
    if where.username:
        headers["Authorization"] = f"Bearer {unquote(where.username)}"
    address = urlunsplit(where._replace(netloc=where.netloc.rpartition("@")[2]))
    body = json.dumps({"to": letter.to, "text": letter.text}, ensure_ascii=False).encode()
    return Request(address, body, headers, method="POST")  # noqa: S310 - set by the town


def _refused(status: int) -> Never:
    if status in _NEVER:
        raise Rejected
    # 409 too: the first try of this letter is still being looked at.
    raise TimeoutError
