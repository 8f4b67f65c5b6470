"""Pages for one person alone: nobody on the way keeps them, and what is refused looks like a page too."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.refusals import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


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
