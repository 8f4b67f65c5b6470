"""Promises as open data, CSV (RFC 4180) and JSON: the rows of the page with the same filters, all of them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from linli.directory.models import Area
from linli.facts.exchange.open_data import kept
from linli.kernel.clock import now
from linli.kernel.sheets import write_csv
from linli.plans.queries import Filters, Ledger, public_ledger
from linli.plans.schemas.rows import COLUMNS, cells, in_json, promises


@require_safe
def promises_csv(request: HttpRequest, area: str = "") -> HttpResponse:
    rows = promises(_ledger(request, area).rows())
    text = write_csv(tuple(COLUMNS), (cells(one, _host(request)) for one in rows))
    # The mark at the start tells spreadsheet programs that this is UTF-8.
    response = HttpResponse(f"\ufeff{text}", "text/csv; charset=utf-8")
    name = f"promises-{area}" if area else "promises"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return kept(response)


@require_safe
def promises_json(request: HttpRequest, area: str = "") -> HttpResponse:
    ledger = _ledger(request, area)
    answer = {
        "as_of": localtime(ledger.at).isoformat(timespec="seconds"),
        "filters": ledger.filters.query,
        "columns": {name: str(words) for name, words in COLUMNS.items()},
        "rows": [in_json(one, _host(request)) for one in promises(ledger.rows())],
    }
    return kept(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def _ledger(request: HttpRequest, area: str) -> Ledger:
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in request.GET}
    if area:
        asked["area"] = get_object_or_404(Area, code=area).pk
    return public_ledger(Filters.of(asked), now())


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
