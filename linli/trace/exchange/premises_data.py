"""Premises and permits as open data, CSV (RFC 4180) and JSON: those of the public list, all of them."""

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from linli.facts.exchange.open_data import kept
from linli.kernel.clock import now
from linli.kernel.sheets import write_csv
from linli.trace.forms.operators import PremisesFilterForm
from linli.trace.queries.permits_told import permits_told
from linli.trace.queries.premises_lists import PremisesRow, premises_found, premises_rows
from linli.trace.schemas.premises_rows import (
    OPERATOR_COLUMNS,
    PERMIT_COLUMNS,
    in_json,
    operator_cells,
    permit_cells,
)

_CSV = "text/csv; charset=utf-8"


@require_safe
def operators_csv(request: HttpRequest) -> HttpResponse:
    """Give premises as a table; what narrows the list narrows it."""
    rows = (list(cells.values()) for cells in operator_cells(_found(request), _host(request)))
    return _table(request, write_csv(tuple(OPERATOR_COLUMNS), rows), "operators")


@require_safe
def operators_json(request: HttpRequest) -> HttpResponse:
    """Give premises as JSON, with what each column means."""
    told = {
        "columns": {name: str(words) for name, words in OPERATOR_COLUMNS.items()},
        "rows": [in_json(cells) for cells in operator_cells(_found(request), _host(request))],
    }
    return _given(request, json.dumps(told, ensure_ascii=False), "application/json")


@require_safe
def permits_csv(request: HttpRequest) -> HttpResponse:
    """Give every permit of premises that are open, with how it stands now."""
    rows = (list(cells.values()) for cells in permit_cells(permits_told(now())))
    return _table(request, write_csv(tuple(PERMIT_COLUMNS), rows), "permits")


def _found(request: HttpRequest) -> list[PremisesRow]:
    at = now()
    return premises_rows(premises_found(PremisesFilterForm(request.GET).asked, at), at)


def _table(request: HttpRequest, text: str, name: str) -> HttpResponse:
    # The mark at the start tells spreadsheet programs that this is UTF-8.
    response = _given(request, f"\ufeff{text}", _CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _given(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    """Give a file under the mark of what it says; whoever has it already is told so."""
    data = text.encode()
    response = kept(HttpResponse(data, content_type=kind))
    response.headers["ETag"] = f'"{sha256(data).hexdigest()[:32]}"'
    same = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return same if isinstance(same, HttpResponse) else response


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
