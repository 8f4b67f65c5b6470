"""Bring a table of facts: upload it, say where things stand, look at every row, take it in or not."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.facts import actions
from linli.facts.actions.wrongs import WRONGS
from linli.facts.forms import BringForm, ConfirmForm, LayoutForm
from linli.facts.queries.imports import DryRun, Fate, dry_run
from linli.facts.views.console import trail
from linli.facts.views.fates import FATES, told_rows
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.sheets import Sheet, read_sheet, write_csv

PER_PAGE = 50
SALT = "facts.import"


class Brought(NamedTuple):
    """One table that was uploaded: the file, its name, what it holds."""

    data: bytes
    name: str
    sheet: Sheet


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def bring(request: HttpRequest) -> HttpResponse:
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            read_sheet(data)  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            kept = {"digest": files.set_aside(data, at=now()), "name": file.name[-100:]}
            token = signing.dumps(kept, salt=SALT, compress=True)
            return redirect("facts:import", token)
    context = {"form": form, "trail": trail(_("Bring a table"))}
    return render(request, "facts/console_bring.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def rows(request: HttpRequest, token: str) -> HttpResponse:
    brought = _brought(token)
    form = LayoutForm(_given(request), columns=brought.sheet.columns)
    context = {
        "trail": trail(brought.name),
        "brought": brought,
        "form": form,
        "sample": brought.sheet.rows[:3],
    }
    if not form.is_valid():
        return render(request, "facts/console_import.html", context, status=_status(request))
    confirm = ConfirmForm(request.POST or None)
    if request.method == "POST" and confirm.is_valid():
        try:
            return _take_in(request, brought, form, confirm)
        except Refused as refused:
            on_form(confirm, refused, "reason" if refused.code == "no_reason" else None)
    run = dry_run(brought.sheet, form.layout())
    context |= _looked_at(request, brought.sheet, form, run) | {"confirm": confirm}
    confirm.fields["reason"].required = run.count()[Fate.CORRECTS] > 0
    return render(
        request, "facts/console_import.html", context, status=422 if confirm.errors else 200
    )


@require_safe
@staff_only(Role.PLANNER)
def errors(request: HttpRequest, token: str) -> HttpResponse:
    brought = _brought(token)
    form = LayoutForm(_given(request), columns=brought.sheet.columns)
    if not form.is_valid():
        raise Http404
    typed = dict(zip(brought.sheet.lines, brought.sheet.rows, strict=True))
    wrong = dry_run(brought.sheet, form.layout()).of(Fate.ERROR)
    table = write_csv(
        [_("Row"), _("What is wrong"), *brought.sheet.columns],
        [[row.number, str(WRONGS[row.wrong]), *typed[row.number]] for row in wrong],
    )
    # The mark at the beginning lets spreadsheet programs read Chinese.
    response = HttpResponse("\ufeff" + table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="errors.csv"'
    return response


def _take_in(
    request: HttpRequest, brought: Brought, form: LayoutForm, confirm: ConfirmForm
) -> HttpResponse:
    draft = actions.ImportDraft(
        data=brought.data, name=brought.name, layout=form.layout(),
        status=form.cleaned_data["status"], **confirm.cleaned_data,
    )  # fmt: skip
    done = actions.import_facts(by=acting(request), at=now(), draft=draft)
    said = _("Taken in: %(new)s new, %(corrected)s corrected, %(known)s known already.")
    counts = {"new": done.new, "corrected": done.corrected, "known": done.known}
    messages.success(request, said % counts)
    return redirect("facts:console_list")


def _brought(token: str) -> Brought:
    try:
        kept = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        data = files.fetch_aside(kept["digest"])
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error
    return Brought(data, kept["name"], read_sheet(data))


def _given(request: HttpRequest) -> dict[str, Any] | None:
    """Return the layout in the address; the first look has none, and is guessed."""
    return request.GET.dict() if "status" in request.GET else None


def _status(request: HttpRequest) -> int:
    return 422 if "status" in request.GET else 200


def _looked_at(request: HttpRequest, sheet: Sheet, form: LayoutForm, run: DryRun) -> dict[str, Any]:
    counts = run.count()
    # Who has errors wants to see these.
    fate = request.GET.get("fate", "error" if counts[Fate.ERROR] else "all")
    shown = run.of(fate if fate in counts else "")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        ("all", _("All rows"), len(run.rows)),
        *((code, FATES[code][1], number) for code, number in counts.items()),
    ]
    return {
        "counts": counts,
        "tabs": tabs,
        "fate": fate,
        "page": page,
        "rows": told_rows(page, sheet, form.layout()),
        "checksum": run.checksum,
        "to_write": counts[Fate.NEW] + counts[Fate.CORRECTS],
        "kept_query": urlencode(
            {name: v for name, v in form.data.items() if v and name in form.fields}
        ),
    }
