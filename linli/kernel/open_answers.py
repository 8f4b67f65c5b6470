"""What everybody may ask by program, without a key: one limit for all of it, kept a minute, readable from any page.

Who asks what is written nowhere; the limit stands in memory as `limits` has it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, problem

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
PAGE: Final = 100  # rows in one answer
# From one address: a school's or an office's worth, and nobody's copy of everything, which lies at /data/.
BURST: Final = 240
PER_HOUR: Final = 7200
_KEPT = 60  # seconds


def allow_question(request: HttpRequest) -> None:
    """Let one question through.

    Refuses: too_many (429) when one address asks more than it may.
    """
    allow_knock("open data", source_of(request), at=now(), burst=BURST, per_hour=PER_HOUR)


def open_answer(
    run: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer anybody's question: within the limit, for keeping, and for pages of others to read."""

    @wraps(run)
    def answered(request: HttpRequest, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        try:
            allow_question(request)
        except Refused as refused:
            return problem(refused)
        response = run(request, *args, **named)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=_KEPT)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def number(value: Any) -> int | float | None:  # noqa: ANN401 - a Decimal, a number, or nothing
    """Return a number as JSON writes it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def host_of(request: HttpRequest) -> str:
    """Return scheme and host of this request, which make addresses whole."""
    return f"{request.scheme}://{request.get_host()}"


def page_of(found: "QuerySet[M]", number: int) -> tuple[int, int, list[M]]:
    """Return how many there are, how many pages of them, and one page; one that is not there is empty."""
    paged, start = Paginator(found, PAGE), (number - 1) * PAGE
    return paged.count, paged.num_pages, list(found[start : start + PAGE])
