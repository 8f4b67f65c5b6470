"""Public laboratory results as open data: a row for each species of each report that stands. CSV (RFC 4180)."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from linli.facts.exchange.open_data import kept
from linli.kernel.sheets import write_csv
from linli.trace.schemas.result_rows import COLUMNS, result_rows


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """Give the public results as a table."""
    data = f"\ufeff{write_csv(tuple(COLUMNS), result_rows())}".encode()
    response = kept(HttpResponse(data, content_type="text/csv; charset=utf-8"))
    response.headers["ETag"] = f'"{sha256(data).hexdigest()[:32]}"'
    response.headers["Content-Disposition"] = 'attachment; filename="results.csv"'
    same = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return same if isinstance(same, HttpResponse) else response
