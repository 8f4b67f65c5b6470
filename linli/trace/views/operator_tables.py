"""Bring a table of food premises: upload it, see what becomes of every row, take all of it in or nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel import files, sheets
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions.operator_import import PremisesTable, import_premises
from linli.trace.forms.operator_tables import OperatorTableForm
from linli.trace.queries.operator_import import Fate, Judged, dry_run, readable
from linli.trace.rules.operator_rows import FIELDS
from linli.trace.views.ways import DO, KEEPERS, trail

SALT = "trace.operators"
SHOWN = 200  # rows on the page, those with errors first; all of them count
FATES: dict[str, tuple[str, Words]] = {
    Fate.WRONG: ("late", gettext_lazy("error")),
    Fate.NEW: ("done", gettext_lazy("new business")),
    Fate.MORE: ("done", gettext_lazy("new premises")),
    Fate.KNOWN: ("plain", gettext_lazy("as it is")),
}
WRONGS: dict[str, Words] = {
    "missing": gettext_lazy("is missing"),
    "too_long": gettext_lazy("is too long"),
    "unknown_area": gettext_lazy("is no place of the directory"),
    "unknown_activity": gettext_lazy(
        "is none of: slaughter, processing, storage and transport, wholesale, retail, catering"
    ),
    "not_a_square": gettext_lazy("is no row and column such as 3-5"),
    "not_a_credit_code": gettext_lazy("is no unified social credit code"),
    "another_unit": gettext_lazy("is supervised by another unit"),
    "another_name": gettext_lazy("belongs to a business of another name"),
    "another_code": gettext_lazy("differs from what is known of this business"),
    "ended": gettext_lazy("belongs to a business that has ended"),
    "not_a_gln": gettext_lazy("is no GLN"),
    "gln_taken": gettext_lazy("is the GLN of other premises"),
}
_EXAMPLE = (
    "嘉峪关示范餐饮有限公司", "92620200MA71WCXA8K", "示范牛肉面馆", "嘉峪关市", "雄关西路 12 号", "餐饮、零售", "", "3-5",
)  # fmt: skip


@require_http_methods(DO)
@staff_only(*KEEPERS)
def operators_bring(request: HttpRequest) -> HttpResponse:
    """Ask for the table."""
    units = _units(acting(request))
    form = OperatorTableForm(request.POST or None, request.FILES or None, units=units)
    if form.is_valid():
        file, data = form.cleaned_data["file"], form.cleaned_data["file"].read()
        try:
            readable(sheets.read_sheet(data))  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            said = {
                "digest": files.set_aside(data, at=now()), "name": file.name[-100:],
                "unit": form.cleaned_data["unit"].code,
            }  # fmt: skip
            return redirect("trace:operators_rows", signing.dumps(said, salt=SALT, compress=True))
    context = {"form": form, "trail": trail((_("Bring a table"), ""))}
    status = 422 if form.is_bound else 200
    return render(request, "trace/operators_bring.html", context, status=status)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def operators_rows(request: HttpRequest, token: str) -> HttpResponse:
    """Show what becomes of every row; take the table in."""
    by, (data, said) = acting(request), _brought(token)
    unit, refused = get_object_or_404(_units(by), code=said["unit"]), None
    if request.method == "POST":
        table = PremisesTable(data=data, checksum=request.POST.get("checksum", ""))
        try:
            count = import_premises(by=by, at=now(), unit=unit, table=table)
        except Refused as error:
            refused = error
        else:
            words = ngettext("%(n)d place is entered.", "%(n)d places are entered.", count)
            messages.success(request, words % {"n": count})
            return redirect("trace:operators")
    context = _shown(data, unit) | {
        "name": said["name"], "unit": unit, "refused": refused, "trail": trail((said["name"], "")),
    }  # fmt: skip
    status = refused.status if refused else 200
    return render(request, "trace/operators_rows.html", context, status=status)


@require_safe
@staff_only(*KEEPERS)
def operators_template(request: HttpRequest) -> HttpResponse:
    """Give an empty table with the columns that are understood, and one row as an example."""
    columns = [names[0] for names in FIELDS.values()]
    data = sheets.write_xlsx(columns, [_EXAMPLE], title="食品经营场所")
    response = HttpResponse(data, content_type=sheets.XLSX)
    response["Content-Disposition"] = 'attachment; filename="food-premises.xlsx"'
    return response


def _shown(data: bytes, unit: Unit) -> dict[str, Any]:
    run = dry_run(sheets.read_sheet(data), unit)
    order = list(FATES)
    shown = sorted(run.rows, key=lambda row: (order.index(row.fate), row.read.line))[:SHOWN]
    return {
        "checksum": run.checksum,
        "counts": [(*words, run.counts[fate]) for fate, words in FATES.items()],
        "wrong": run.counts[Fate.WRONG],
        "new": run.counts[Fate.NEW] + run.counts[Fate.MORE],
        "columns": [names[0] for names in FIELDS.values()],
        "rows": [_row(row) for row in shown],
        "left_out": len(run.rows) - len(shown),
    }


def _row(row: Judged) -> dict[str, Any]:
    cells = [
        (row.read.cells.get(field, ""), WRONGS.get(row.wrongs.get(field, ""))) for field in FIELDS
    ]
    return {"line": row.read.line, "fate": FATES[row.fate], "cells": cells}


def _units(by: Actor) -> QuerySet[Unit]:
    units = Unit.objects.working().order_by("name")
    return units.filter(name=by.unit) if by.role == Role.OFFICER else units


def _brought(token: str) -> tuple[bytes, dict[str, str]]:
    try:
        said: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        return files.fetch_aside(said["digest"]), said
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
