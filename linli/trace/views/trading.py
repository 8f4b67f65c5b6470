"""For which operator a browser speaks: code and phrase from its slip open its workplace for a working day."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from linli.kernel.clock import now
from linli.kernel.tickets import Ticket
from linli.trace.models import Operator, OperatorKey
from linli.trace.queries.lots import operator_of_key
from linli.ui.private import private

TRADE: Final = Ticket("trade", timedelta(hours=12))


def trading(request: HttpRequest) -> Operator | None:
    """Return the operator that signed in with its phrase, None for everybody else. One query at most.

    A phrase that was replaced or ended opens nothing from then on.
    """
    held = TRADE.held(request, now())
    return operator_of_key(int(held["key"])) if held else None


def let_in(response: HttpResponse, key: OperatorKey) -> None:
    """Keep the workplace open in the browser that gets this response."""
    TRADE.hand(response, {"key": str(key.pk)}, now())


def for_operator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page to the operator that signed in, as `view(request, operator, …)`; lead others to the door."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        operator = trading(request)
        if operator is None:
            door = redirect(f"{reverse('trace:trade_door')}?{urlencode({'to': request.path})}")
            TRADE.take_back(door)
            return door
        return view(request, operator, *args, **kwargs)

    return guarded
