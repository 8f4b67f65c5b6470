"""The figures of an indicator as open data, CSV (RFC 4180) and JSON: the rows of its page, all of them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from linli.facts.models import Indicator
from linli.facts.schemas.asked import SeriesForm
from linli.facts.schemas.rows import COLUMNS, Row, cells, described, in_json, known, rows
from linli.kernel.refusals import Refused, problem
from linli.kernel.sheets import write_csv


@require_safe
def series_csv(request: HttpRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator.objects.public(), code=code)
    try:
        table = _rows(request, indicator)
    except Refused as refused:
        return problem(refused)
    text = write_csv(tuple(COLUMNS), (cells(row, _host(request)) for row in table))
    # The mark at the start tells spreadsheet programs that this is UTF-8.
    response = HttpResponse(f"\ufeff{text}", "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return kept(response)


@require_safe
def series_json(request: HttpRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator.objects.public(), code=code)
    try:
        table = _rows(request, indicator)
    except Refused as refused:
        return problem(refused)
    answer = {
        "indicator": described(indicator),
        "as_of": request.GET.get("as_of") or None,
        "columns": {name: str(words) for name, words in COLUMNS.items()},
        "rows": [in_json(row, _host(request)) for row in table],
    }
    return kept(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


def kept(response: HttpResponse) -> HttpResponse:
    """Return an answer that whoever stands between may keep for five minutes: it costs us some work."""
    patch_cache_control(response, public=True, max_age=300)
    return response


def _rows(request: HttpRequest, indicator: Indicator) -> list[Row]:
    return rows(known(indicator, SeriesForm(request.GET, indicator).asked()))


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
