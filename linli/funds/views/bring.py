"""Bring a table: a budget, or projects. Upload it, see what becomes of every row, take all of it in or nothing."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.funds.actions.bringing import Table
from linli.funds.queries.tables import Fate, Run, readable
from linli.funds.schemas.brought_words import FATES, told_row
from linli.funds.views.brought import KINDS, Kind
from linli.funds.views.ways import DO, KEEPERS, posted, trail
from linli.kernel import files, sheets
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

SALT = "funds.tables"
SHOWN = 200  # rows on the page, those with errors first; all of them count


@private
@require_safe
@staff_only(*KEEPERS)
def ways_to_bring(request: HttpRequest) -> HttpResponse:
    """Say which tables can be brought."""
    context = {"kinds": KINDS.items(), "trail": _trail()}
    return render(request, "funds/bring_ways.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def bring(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the table."""
    by, at, of = acting(request), now(), _kind(kind)
    form = of.form(posted(request), request.FILES or None, by=by)
    form.initial |= {name: request.GET[name] for name in of.names if name in request.GET}
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            readable(sheets.read_sheet(data), of.layout)  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            said = {"digest": files.set_aside(data, at=at), "name": file.name[-100:], "kind": kind}
            said |= {name: form.cleaned_data[name].code for name in of.names}
            return redirect("funds:bring_rows", kind, signing.dumps(said, salt=SALT, compress=True))
    context = {"form": form, "kind": kind, "of": of, "trail": _trail((of.title, ""))}
    return render(request, "funds/bring.html", context, status=422 if form.is_bound else 200)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def rows(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Show what becomes of every row; take the table in."""
    by, at, of = acting(request), now(), _kind(kind)
    data, said = _brought(kind, token)
    found, refused = of.found(by, said), None
    if request.method == "POST":
        table = Table(data, checksum=request.POST.get("checksum", ""))
        try:
            done = of.take_in(by, at, found, table)
        except Refused as error:
            refused = error
        else:
            messages.success(request, of.done(done))
            return redirect(of.after(found))
    run = of.dry_run(by, at, found, sheets.read_sheet(data))
    context = _looked_at(run, of) | {
        "name": said["name"], "found": found, "refused": refused, "kind": kind, "of": of,
        "trail": _trail((of.title, reverse("funds:bring", args=[kind])), (said["name"], "")),
    }  # fmt: skip
    return render(
        request, "funds/bring_rows.html", context, status=refused.status if refused else 200
    )


@private
@require_safe
@staff_only(*KEEPERS)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty table with the columns that are understood, and rows as examples."""
    of = _kind(kind)
    data = sheets.write_xlsx([*of.layout.shown.values()], of.examples, title=of.sheet)
    response = HttpResponse(data, content_type=sheets.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _brought(kind: str, token: str) -> tuple[bytes, dict[str, str]]:
    try:
        said: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        data = files.fetch_aside(said["digest"])
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
    if said["kind"] != kind:
        raise Http404
    return data, said


def _looked_at(run: Run, of: Kind) -> dict[str, Any]:
    order, counts = list(FATES), run.counts
    shown = sorted(run.rows, key=lambda row: (order.index(row.fate), row.read.line))[:SHOWN]
    return {
        "checksum": run.checksum,
        "counts": [(*words, counts[fate]) for fate, words in FATES.items() if counts[fate]],
        "wrong": counts[Fate.WRONG],
        "new": counts[Fate.NEW] + counts[Fate.ASKED],
        "asked": counts[Fate.ASKED],
        "columns": of.layout.shown.values(),
        "rows": [told_row(row, of.layout) for row in shown],
        "left_out": len(run.rows) - len(shown),
    }


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("funds:bring_ways") if steps else ""
    return trail((_("Bring a table"), here), *steps)
