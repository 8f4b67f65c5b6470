"""Public pages that a browser or a cache in front may keep: one small query says whether anything changed."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from typing import Concatenate, ParamSpec

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from linli.directory.models import Change, Step
from linli.kernel.clock import now
from linli.ui.look import REMEMBERED

P = ParamSpec("P")
KEPT = "public, max-age=60"
# What somebody typed, and what staff see, stays in no cache.
NOT_KEPT = "private, no-store"


def unless_unchanged(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer 304 while the directory, the minute (open now?), the language and the look are the same."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        kept = not request.GET.get("q") and not request.user.is_authenticated
        tag = _tag(request) if kept else None
        same = get_conditional_response(request, etag=tag) if tag else None
        response = same if isinstance(same, HttpResponse) else view(request, *args, **kwargs)
        if tag and response.status_code in {200, 304}:
            response.headers["ETag"], response.headers["Cache-Control"] = tag, KEPT
        elif not kept:
            response.headers["Cache-Control"] = NOT_KEPT
        patch_vary_headers(response, ["Cookie"])
        return response

    return answered


def _tag(request: HttpRequest) -> str:
    changed = Change.objects.order_by().aggregate(newest=Max("pk"))["newest"]
    units = Step.objects.order_by().aggregate(newest=Max("pk"))["newest"]
    look = [request.COOKIES.get(name, "") for name in REMEMBERED]
    minute = int(now().timestamp()) // 60
    parts = (
        version("linli"),
        request.get_full_path(),
        get_language(),
        changed,
        units,
        minute,
        look,
    )
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
