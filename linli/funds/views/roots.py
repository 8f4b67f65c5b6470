"""The signed roots of the books, for everybody, and the kit by which a fund's ledger is computed again."""

from pathlib import Path

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Sum
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.actions.kits import VERIFIER, make_kit
from linli.funds.models import Fund, Head, Root
from linli.funds.queries.ledger_file import kits, newest_root, root_lines
from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.clock import now

PER_PAGE = 30
AT_ONCE = 5000  # transactions: of more the clock alone makes a kit, nobody waits for it
_SIGNED = Exists(Head.objects.filter(fund=OuterRef("pk")))


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """Show the roots, newest first, and how to check a ledger against them."""
    key = city_key.signer().key
    context = {
        "page": Paginator(Root.objects.all(), PER_PAGE).get_page(request.GET.get("page")),
        "funds": Fund.objects.published().filter(_SIGNED)[:PER_PAGE],
        "key": str(key),
        "fingerprint": city_key.fingerprint(key),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Public money"), reverse("funds:list")),
            (_("Signed books"), ""),
        ],
    }
    return render(request, "funds/roots.html", context)


@require_safe
def root(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give one root as it was signed, to be kept."""
    note = get_object_or_404(Root, number=number).note
    answer = HttpResponse(note, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="root-{number}.txt"'
    return _for_everybody(answer)


@require_safe
def every_root(request: HttpRequest) -> HttpResponseBase:
    """Give all roots, a line each."""
    answer = StreamingHttpResponse(root_lines(), content_type="application/jsonl; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="roots.jsonl"'
    return _for_everybody(answer)


@require_safe
def kit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the ledger of a published fund with the file that computes it again."""
    found = get_object_or_404(Fund.objects.published().select_related("unit", "area"), code=code)
    there = _there(found)
    if there is None:
        raise Http404
    tag = f'"{there.stem}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if answer is None:
        name = f"ledger-{there.stem}.zip"
        answer = FileResponse(there.open("rb"), as_attachment=True, filename=name)
    answer.headers["ETag"] = tag
    return _for_everybody(answer)


@require_safe
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Give the one file that computes a ledger again."""
    source = VERIFIER.open("rb")
    return FileResponse(source, as_attachment=True, content_type="text/x-python; charset=utf-8")


def _there(fund: Fund) -> Path | None:
    """Return the fund's kit: the last one, if it takes no time worth speaking of; else one that is there."""
    there, last = kits(fund), newest_root()
    fresh = bool(there) and last is not None and there[-1].stem.endswith(f"-{last.number:06d}")
    entries = fund.heads.aggregate(all=Sum("entries"))["all"] or 0
    if not fresh and entries <= AT_ONCE:
        return make_kit(by=system("ledger"), at=now(), fund=fund)
    return there[-1] if there else None


def _for_everybody(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a checker may be somebody else's page
    return answer
