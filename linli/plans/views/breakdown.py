"""Bringing an existing breakdown table: upload, say which column is what, see every row's fate, confirm."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from linli.directory.models import Unit
from linli.kernel import files, sheets
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions.breakdown import Table, import_breakdown
from linli.plans.forms.breakdown import ColumnsForm, TableForm, of_ticket, ticket
from linli.plans.models import Programme
from linli.plans.queries.breakdown import fates, readable
from linli.plans.rules.breakdown import Fate, Judged
from linli.plans.views import words
from linli.plans.views.rows import number
from linli.plans.views.ways import posted, trail

SHOWN = 500  # rows on the page; all of them count


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def breakdown(request: HttpRequest) -> HttpResponse:
    form = TableForm(
        posted(request), request.FILES or None, chosen=request.GET.get("programme", "")
    )
    if form.is_valid():
        file, programme = form.cleaned_data["file"], form.cleaned_data["programme"]
        data = file.read()
        try:
            readable(sheets.read_sheet(data))
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            # Set aside only now, when nothing in it describes a person.
            digest = files.set_aside(data, at=now())
            kept = ticket(programme=programme, digest=digest, name=file.name)
            return redirect("plans:breakdown_rows", kept)
    context = {"form": form, "trail": _way()}
    return render(request, "plans/breakdown.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def breakdown_rows(request: HttpRequest, table: str) -> HttpResponse:
    programme, data, name = _brought(table)
    sheet = sheets.read_sheet(data)
    posted = request.method == "POST"
    form = ColumnsForm(
        request.POST if posted else request.GET,
        columns=sheet.columns,
        otherwise=name.rpartition(".")[0] or programme.title,
        year=programme.starts_on.year,
    )
    rows: list[Judged] = []
    refused: Refused | None = None
    if form.is_valid():
        reading = form.reading()
        if posted:
            try:
                found = import_breakdown(
                    by=acting(request), at=now(), programme=programme,
                    table=Table(data, name, reading),
                )  # fmt: skip
            except Refused as caught:
                refused = caught
            else:
                return _taken(request, programme, found)
        rows = fates(programme, sheet, reading)
    context = _context(programme, name, form, rows) | {"refused": refused, "columns": sheet.columns}
    status = refused.status if refused else (422 if form.errors else 200)
    return render(request, "plans/breakdown_rows.html", context, status=status)


def _brought(table: str) -> tuple[Programme, bytes, str]:
    said = of_ticket(table)
    if said is None:
        raise Http404
    code, digest, name = said
    programme = get_object_or_404(Programme.objects.select_related("area"), code=code)
    try:
        return programme, files.fetch_aside(digest), name
    except FileNotFoundError as error:
        raise Http404 from error


def _taken(request: HttpRequest, programme: Programme, found: list[Judged]) -> HttpResponse:
    new = sum(row.fate == Fate.NEW for row in found)
    sentence = ngettext("%(n)d task was added.", "%(n)d tasks were added.", new) % {"n": new}
    messages.success(
        request, sentence if new else _("Nothing was new: every row is there already.")
    )
    return redirect("plans:programme", programme.code)


def _context(
    programme: Programme, name: str, form: ColumnsForm, rows: list[Judged]
) -> dict[str, object]:
    counts = Counter(row.fate for row in rows)
    shown = rows[:SHOWN]
    keys = {key for row in shown for key in (row.lead or 0, *row.responsible, *row.supporting)}
    units = Unit.objects.in_bulk(keys)
    return {
        "programme": programme,
        "name": name,
        "form": form,
        "counts": [(*words.FATES[fate], counts[fate]) for fate in Fate if counts[fate]],
        "new": counts[Fate.NEW],
        "wrong": counts[Fate.WRONG],
        "left_out": len(rows) - len(shown),
        "rows": [_row(row, units) for row in shown],
        "trail": _way(
            (programme.title, reverse("plans:programme", args=[programme.code])),
        ),
    }


def _row(row: Judged, units: dict[int, Unit]) -> dict[str, object]:
    state, said = words.FATES[row.fate]
    return {
        "row": row,
        "state": state,
        "fate": said,
        "lead": units.get(row.lead or 0),
        "responsible": [units[key] for key in row.responsible],
        "supporting": [units[key] for key in row.supporting],
        "target": f"{words.SIGNS[row.sense]} {number(row.target)}"
        if row.target is not None
        else "",
        "wrongs": [words.row_sentence(*one) for one in row.wrongs],
        "notes": [words.row_sentence(*one) for one in row.notes],
    }


def _way(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return trail((_("Work programmes"), reverse("plans:programmes")), *steps)
