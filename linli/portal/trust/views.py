"""The public pages of the look log: words and numbers for people, notes and proofs for programs."""

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.kernel.clock import now
from linli.kernel.exporting import Nothing
from linli.kernel.log_export import lines
from linli.kernel.log_keeping import newest, published
from linli.kernel.log_key import own_key
from linli.kernel.log_proofs import proof_of
from linli.portal.trust.shown import behind, ended_logs, glass, months, state_of, watching

Response = TypeVar("Response", bound=HttpResponseBase)
_LAST = 2**63 - 1  # positions beyond it are in no log and in no database


@require_safe
@vary_on_cookie
def log(request: HttpRequest) -> HttpResponse:
    """Say in plain words what the log is, how it stands and how anybody can check it."""
    checkpoint, ended = newest(), months(now())
    asked = request.GET.get("month", "")
    broken, refused = glass()
    context = {
        "state": state_of(checkpoint) if checkpoint else None,
        "witnesses": watching(checkpoint) if checkpoint else [],
        "key": own_key(),
        "behind": behind(),
        "ended": ended_logs(),
        "months": ended,
        "month": next(
            (one for one in ended if f"{one.first:%Y-%m}" == asked), next(iter(ended), None)
        ),
        "broken": broken,
        "refused": refused,
    }
    return render(request, "portal/trust/log.html", context)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give the newest checkpoint with its cosignatures, as c2sp.org/tlog-checkpoint writes it."""
    if (found := newest()) is None:
        raise Http404
    return _fresh(HttpResponse(published(found), content_type="text/plain; charset=utf-8"))


@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """Give the whole log as a file for `linli verify-log`: leaves and checkpoints, no row."""
    try:
        body = lines()
    except Nothing as error:
        raise Http404 from error
    response = StreamingHttpResponse(
        (line.encode() for line in body), content_type="application/jsonl; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="looks.jsonl"'
    return _fresh(response)


@require_safe
def proof(request: HttpRequest, position: int) -> HttpResponse:
    """Prove that the entry at a position is in the newest checkpoint; whose it is, nobody can tell from it."""
    found = proof_of(position) if position <= _LAST else None
    if found is None:
        raise Http404
    answer = JsonResponse(found.told(), json_dumps_params={"ensure_ascii": False})
    return _fresh(answer)


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = (
        "*"  # a checker may be a page of somebody else's
    )
    return response
