"""A table of many deeds: the template, and taking one in; every cell that cannot be understood is named."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.kernel.sheets import XLSX
from linli.trace.actions.book import take_in
from linli.trace.forms.book import ASKED, moment
from linli.trace.forms.book_sheets import BookSheetForm
from linli.trace.queries import shop_tables
from linli.trace.queries.book_words import warning_words
from linli.trace.queries.shop_shelf import Shelf
from linli.trace.rules.shop.deeds import KINDS
from linli.trace.views.trade_desk import Desk
from linli.trace.views.ways import DO, posted

MOST_WARNINGS: Final = 20


@require_http_methods(DO)
def sheet_bring(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a table in: all its rows, or none and where it is wrong; brought twice it is entered once."""
    form = BookSheetForm(posted(request), request.FILES or None, operator=desk.operator)
    context: dict[str, Any] = {
        "desk": desk,
        "kinds": [(kind, ASKED[kind].title) for kind in KINDS],
        "trail": desk.trail((_("Bring a table"), "")),
        "form": form,
    }
    if form.is_valid():
        try:
            context |= _taken_in(desk, form)
        except Refused as refused:
            on_form(form, refused, "file")
    wrong = form.errors or context.get("faults")
    return render(request, "trace/trade_sheet.html", context, status=422 if wrong else 200)


@require_safe
def sheet_blank(_request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Give the table to be filled in, for one kind of deed."""
    if kind not in ASKED:
        raise Http404
    asked = ASKED[kind]
    columns = (asked.what, _("How much?"), asked.who or _("(nothing here)"))
    response = HttpResponse(
        shop_tables.blank(columns, f"{desk.operator.code} {asked.title}"), content_type=XLSX
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


def _taken_in(desk: Desk, form: BookSheetForm) -> dict[str, Any]:
    """Return what came of a table: its faults, or how many rows were entered, or that it is known."""
    at, given, premises = now(), form.cleaned_data, form.premises()
    when = moment(given["on"], at)
    table = shop_tables.read(given["file"].read())
    deeds, faults = shop_tables.understood(
        table, Shelf(desk.operator, premises, when), given["kind"]
    )
    if faults:
        return {"faults": faults[: shop_tables.MOST_FAULTS], "more": max(0, len(faults) - shop_tables.MOST_FAULTS)}  # fmt: skip
    digest = table.digest(given["kind"], premises.code, localdate(when))
    sheet, done = take_in(by=desk.by, at=at, operator=desk.operator, digest=digest, deeds=deeds)
    told = dict.fromkeys(warning_words(one.kind, one.name, one.state) for one in done.warned)
    return {"sheet": sheet, "new": bool(done.lines), "warned": list(told)[:MOST_WARNINGS]}
