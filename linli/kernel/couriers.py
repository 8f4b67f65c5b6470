"""What is handed in at another city's door: one POST of text to an address that a planner entered. It follows
no detour, waits not for long, and reads no more than it asked for.
"""

from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

_PATIENCE = 10  # seconds
MOST_BYTES = 32 * 1024 * 1024  # photos and papers come as text


class Unreachable(Exception):
    """Nobody answered, or with what is no answer."""


class Answer(NamedTuple):
    """What was answered: the HTTP status and the text."""

    status: int
    text: str


class _NoDetour(HTTPRedirectHandler):
    """What was meant for one city is not carried on to another."""

    def redirect_request(self, *_: object) -> None:
        return None


def carry(address: str, letter: str) -> Answer:
    """Hand a letter in and return the answer, whatever its status. Raises Unreachable."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Accept": "application/json"}
    call = Request(address, letter.encode(), headers, method="POST")  # noqa: S310 - http(s) alone: actions/partners.py
    opener = build_opener(_NoDetour, ProxyHandler({}))
    try:
        try:
            with opener.open(call, timeout=_PATIENCE) as reply:
                return _answer(reply.status, reply.read(MOST_BYTES + 1))
        except HTTPError as refusal:
            with refusal:
                return _answer(refusal.code, refusal.read(MOST_BYTES + 1))
    except (OSError, HTTPException, ValueError) as error:
        # Its kind alone: what went wrong may quote the letter.
        raise Unreachable(type(error).__name__) from None


def _answer(status: int, body: bytes) -> Answer:
    if len(body) > MOST_BYTES:
        raise ValueError
    return Answer(status, body.decode())
