"""The way in, what the house stands for, and pages for when something went wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from linli.kernel.stalled import answer, refusal_of
from linli.portal.chain import LIMITS
from linli.ui.kept import always, kept_while


@require_safe
@kept_while(always)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held, for how long, and what is never built."""
    return render(request, "portal/privacy.html", {"limits": LIMITS})


@require_safe
@kept_while(always)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, what does not yet, and how we know."""
    return render(request, "portal/accessibility.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what we could not read."""
    return render(request, "portal/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer who may not enter."""
    return render(request, "portal/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, leaning on nothing that may be what is missing."""
    return HttpResponse(render_to_string("portal/not_found.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed, leaning on nothing that may be what failed; 503 when it will pass by itself."""
    stalled = refusal_of(sys.exception())
    if stalled is not None:
        return answer(request, stalled)
    return HttpResponse(render_to_string("portal/server_error.html"), status=500)
