"""How often one may knock: buckets that leak, in memory, bounded, forgotten with the process.

Who knocks is never written down: what stands in memory is a hash that no other process could make.
Count by what one person holds first (code, form, key of a program) and by the address last and
generously: a station has one address for many.
"""

import math
import secrets
from collections import OrderedDict
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from ipaddress import ip_address, ip_network
from itertools import islice
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

_MOST = 65_536  # knockers remembered, for each kind
_ours = secrets.token_bytes(32)
_turn = Lock()
_full_until: dict[str, OrderedDict[bytes, float]] = {}


class TooMany(Refused):
    """Knocked too often: the answer says after how many seconds to come back."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "too_many", _("Too many requests in a short time. Please wait a little."), status=429
        )
        self.headers["Retry-After"] = str(retry_after)


def allow_knock(kind: str, key: str, *, at: datetime, burst: int, per_hour: int) -> None:
    """Let one knock through: `burst` at once, and from then on `per_hour`. Each process counts for itself.

    Refuses: too_many (429, with the seconds to wait) when the bucket is full.
    """
    each, moment = 3600 / per_hour, at.timestamp()
    with _turn:
        knockers = _full_until.setdefault(kind, OrderedDict())
        name = _hidden(key)
        # One number tells all: until when this one's bucket holds anything (the cell rate algorithm).
        # No bucket holds more than it can, also where a clock was put back.
        until = min(max(knockers.pop(name, moment), moment), moment + burst * each)
        wait = until + each - (moment + burst * each)
        knockers[name] = until if wait > 0 else until + each
        _tidy(knockers, moment)
    if wait > 0:
        raise TooMany(math.ceil(wait))


def _tidy(knockers: OrderedDict[bytes, float], moment: float) -> None:
    """Forget those who knocked the longest ago when their buckets are empty, two for each who comes; and who is too many."""
    for name, until in tuple(islice(knockers.items(), 2)):
        if until <= moment or len(knockers) > _MOST:
            del knockers[name]


def forgive(kind: str, key: str) -> None:
    """Forget the knocks of somebody who has shown to be the right one."""
    with _turn:
        _full_until.get(kind, OrderedDict()).pop(_hidden(key), None)


def source_of(request: HttpRequest) -> str:
    """Return the address that a request came from, for `allow_knock` alone.

    Behind our own proxy it is the last one that the proxy names: what stands before it anybody may claim.
    Of an IPv6 address the first half, which is what one household or office has.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    with suppress(ValueError):
        if (six := ip_address(address)).version == 6:
            return str(ip_network((six, 64), strict=False))
    return address


def forget_all() -> None:
    """Forget every knock, as a new process would."""
    with _turn:
        _full_until.clear()


def _hidden(key: str) -> bytes:
    return blake2b(key.encode(), key=_ours, digest_size=16).digest()
