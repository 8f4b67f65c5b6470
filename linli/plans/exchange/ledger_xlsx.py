"""The ledger as XLSX and CSV: the columns, rows and order of the page that was looked at."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.doors import staff_only
from linli.kernel.sheets import XLSX, write_csv, write_xlsx
from linli.plans.queries import Filters, Row, ledger
from linli.plans.schemas.ledger import Column, columns, values


@require_safe
@staff_only()
def ledger_xlsx(request: HttpRequest) -> HttpResponse:
    shown, rows = _asked(request)
    data = write_xlsx(_heads(shown), values(rows, shown), title=_("Ledger"))
    return _file(HttpResponse(data, content_type=XLSX), "ledger.xlsx")


@require_safe
@staff_only()
def ledger_csv(request: HttpRequest) -> HttpResponse:
    shown, rows = _asked(request)
    # The mark in front tells spreadsheet programs that it is UTF-8.
    text = "\ufeff" + write_csv(_heads(shown), values(rows, shown))
    return _file(HttpResponse(text, content_type="text/csv; charset=utf-8"), "ledger.csv")


def _asked(request: HttpRequest) -> tuple[tuple[Column, ...], list[Row]]:
    """Return the columns and all rows of the page at whose filters we are asked."""
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    return columns(asked.get("columns", "")), ledger(Filters.of(asked), now()).rows()


def _heads(shown: tuple[Column, ...]) -> list[str]:
    return [str(column.words) for column in shown]


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
