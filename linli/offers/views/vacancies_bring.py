"""Bring a table of vacancies: upload it, see what becomes of every row, take all of it in or nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Unit
from linli.kernel import files, sheets
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions.vacancy_import import VacancyTable, import_vacancies
from linli.offers.forms.vacancies import VacancyTableForm
from linli.offers.models import Session
from linli.offers.queries.vacancies import fairs_to_come, units_of
from linli.offers.queries.vacancy_import import Fate, Judged, dry_run, readable
from linli.offers.rules.vacancies import FIELDS
from linli.offers.views.console import DO, ORGANIZERS, trail

SALT = "offers.vacancies"
SHOWN = 200  # rows on the page, those with errors first; all of them count
FATES: dict[str, tuple[str, Words]] = {
    Fate.WRONG: ("late", gettext_lazy("error")),
    Fate.NEW: ("done", gettext_lazy("new")),
    Fate.KNOWN: ("plain", gettext_lazy("as it is")),
}
WRONGS: dict[str, Words] = {
    "missing": gettext_lazy("is missing"),
    "too_long": gettext_lazy("is too long"),
    "not_a_number": gettext_lazy("is no number that can be"),
    "not_a_day": gettext_lazy("is no day such as 2026-12-31"),
    "day_wrong": gettext_lazy("is past, or more than a year ahead"),
    "pay_wrong": gettext_lazy("is less than the lower pay"),
    "unknown_employment": gettext_lazy("is none of: full time, part time, temporary, internship"),
    "unknown_employer": gettext_lazy("is not in the directory of organizations"),
    "unknown_area": gettext_lazy("is no place of the directory"),
    "no_stand": gettext_lazy("has no stand at this fair"),
    "unfair": gettext_lazy("asks what somebody is, not what they can do"),
}
_EXAMPLE = (
    "嘉峪关示范餐饮有限公司", "拉面师", "5", "嘉峪关市", "全职", "4500", "6000",
    "和面、拉面、后厨卫生。", "会拉面，有健康证。", "2026-12-31",
)  # fmt: skip


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def bring(request: HttpRequest) -> HttpResponse:
    """Ask for the table."""
    by, at = acting(request), now()
    fairs, units = fairs_to_come(by, localdate(at)), units_of(by)
    form = VacancyTableForm(request.POST or None, request.FILES or None, fairs=fairs, units=units)
    if form.is_valid():
        file, fair = form.cleaned_data["file"], form.cleaned_data["fair"]
        data = file.read()
        try:
            readable(sheets.read_sheet(data))  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            said = {
                "digest": files.set_aside(data, at=at), "name": file.name[-100:],
                "fair": fair.code if fair else "", "unit": form.cleaned_data["unit"].code,
            }  # fmt: skip
            return redirect("offers:vacancy_rows", signing.dumps(said, salt=SALT, compress=True))
    context = {"form": form, "trail": _trail(_("Bring a table"))}
    status = 422 if form.is_bound else 200
    return render(request, "offers/fairs_bring.html", context, status=status)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def rows(request: HttpRequest, token: str) -> HttpResponse:
    """Show what becomes of every row; take the table in."""
    at, (data, said) = now(), _brought(token)
    fair = Session.objects.filter(code=said["fair"]).first()
    refused = None
    if request.method == "POST":
        unit = get_object_or_404(Unit, code=said["unit"])
        table = VacancyTable(data=data, fair=fair, checksum=request.POST.get("checksum", ""))
        try:
            count = import_vacancies(by=acting(request), at=at, unit=unit, table=table)
        except Refused as error:
            refused = error
        else:
            words = ngettext("%(n)d vacancy is posted.", "%(n)d vacancies are posted.", count)
            messages.success(request, words % {"n": count})
            return redirect("offers:kept_vacancies")
    run = dry_run(sheets.read_sheet(data), localdate(at), fair)
    order = list(FATES)
    shown = sorted(run.rows, key=lambda row: (order.index(row.fate), row.read.line))[:SHOWN]
    context = {
        "name": said["name"], "fair": fair, "refused": refused, "checksum": run.checksum,
        "counts": [(*words, run.counts[fate]) for fate, words in FATES.items()],
        "wrong": run.counts[Fate.WRONG], "new": run.counts[Fate.NEW],
        "columns": [names[0] for names in FIELDS.values()],
        "rows": [_row(row) for row in shown], "left_out": len(run.rows) - len(shown),
        "trail": _trail(said["name"]),
    }  # fmt: skip
    status = refused.status if refused else 200
    return render(request, "offers/fairs_rows.html", context, status=status)


@require_safe
@staff_only(*ORGANIZERS)
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty table with the columns that are understood, and one row as an example."""
    columns = [names[0] for names in FIELDS.values()]
    data = sheets.write_xlsx(columns, [_EXAMPLE], title="岗位")
    response = HttpResponse(data, content_type=sheets.XLSX)
    response["Content-Disposition"] = 'attachment; filename="vacancies.xlsx"'
    return response


def _brought(token: str) -> tuple[bytes, dict[str, str]]:
    try:
        said: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        return files.fetch_aside(said["digest"]), said
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error


def _row(row: Judged) -> dict[str, Any]:
    cells = [
        (row.read.cells.get(field, ""), WRONGS.get(row.wrongs.get(field, ""))) for field in FIELDS
    ]

    return {"line": row.read.line, "fate": FATES[row.fate], "cells": cells}


def _trail(here: str) -> list[tuple[Words, str]]:
    return trail((_("Vacancies"), reverse("offers:kept_vacancies")), (here, ""))
