"""A town's ground and buses on the console: declare, bring a table, look at its rows, end it."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.atlas.actions.access import (
    BusDraft,
    GroundDraft,
    bring_buses,
    declare_ground,
    end_buses,
)
from linli.atlas.forms.access import BusTableForm, GroundForm
from linli.atlas.models import BusTable
from linli.atlas.queries.access_bus_rows import dry_run
from linli.atlas.queries.access_console import squares_to_begin_with, town_stands
from linli.atlas.queries.access_towns import newest_ground
from linli.atlas.rules.access.bus_rows import FIELDS, BusRow
from linli.atlas.rules.access.squares import Square
from linli.directory.models import Area
from linli.kernel import files, sheets
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

SALT: Final = "atlas.buses"
DO: Final = ["GET", "HEAD", "POST"]
SHOWN: Final = 200
WRONGS: Final[dict[str, Words]] = {
    "missing": gettext_lazy("is missing"),
    "too_long": gettext_lazy("is too long"),
    "not_a_square": gettext_lazy("is no row and column such as 3-5"),
    "no_square": gettext_lazy("the stop has no square in any row"),
    "two_squares": gettext_lazy("the stop has another square in another row"),
    "not_minutes": gettext_lazy("is no number of minutes from 1 to 240"),
    "not_an_hour": gettext_lazy("is no hour such as 06:30"),
    "not_weekdays": gettext_lazy("names no weekdays, such as 1-5 or daily"),
    "not_yes_or_no": gettext_lazy("is neither yes nor no"),
    "the_same_stop": gettext_lazy("is the stop that one comes from"),
    "before_the_first": gettext_lazy("is not after the first bus"),
    "stands_twice": gettext_lazy("goes between these stops in another row already"),
}
_EXAMPLE: Final = (
    ("1 路", "市民中心", "2-3", "新华南路", "4-3", "6", "10", "06:30", "21:30", "每天", ""),
    ("1 路", "新华南路", "", "火车站", "5-4", "7", "10", "06:30", "21:30", "每天", ""),
)


@require_safe
@staff_only(Role.PLANNER)
def access_towns(request: HttpRequest) -> HttpResponse:
    """List the towns with counters, and what is known of their ground and buses."""
    context = {"towns": town_stands(), "trail": _trail()}
    return render(request, "atlas/access_towns.html", context)


@require_safe
@staff_only(Role.PLANNER)
def access_town(request: HttpRequest, area: str) -> HttpResponse:
    """Show one town: its ground, the buses that stand, those that stood."""
    place = get_object_or_404(Area, code=area)
    context = {
        "area": place,
        "ground": newest_ground(place.code),
        "tables": list(BusTable.objects.filter(area=place).order_by("-id")[:20]),
        "trail": _trail((place.name, "")),
    }
    return render(request, "atlas/access_town.html", context)


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def access_ground(request: HttpRequest, area: str) -> HttpResponse:
    """Declare a town's ground."""
    place = get_object_or_404(Area, code=area)
    form = GroundForm(request.POST if request.method == "POST" else None, initial=_begun(place))
    if form.is_valid():
        try:
            draft = GroundDraft(area=place, **form.cleaned_data)
            declare_ground(by=acting(request), at=now(), draft=draft)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The ground is declared."))
            return redirect("atlas:access_town", place.code)
    return _form(request, form, place, _("Declare the ground"), _("Declare"))


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def buses_bring(request: HttpRequest, area: str) -> HttpResponse:
    """Ask for a table of buses."""
    place = get_object_or_404(Area, code=area)
    sent = request.method == "POST"
    form = BusTableForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        initial={"valid_from": localdate(now())},
    )
    if form.is_valid():
        file, data = form.cleaned_data["file"], form.cleaned_data["file"].read()
        try:
            dry_run(sheets.read_sheet(data))  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            said = {
                "digest": files.set_aside(data, at=now()), "name": file.name[-100:],
                "area": place.code, "source": form.cleaned_data["source"],
                "valid_from": form.cleaned_data["valid_from"].isoformat(),
            }  # fmt: skip
            return redirect("atlas:buses_rows", signing.dumps(said, salt=SALT, compress=True))
    words, act = _("Bring a table of buses"), _("Look at its rows")
    return _form(request, form, place, words, act, template="atlas/buses_bring.html")


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def buses_rows(request: HttpRequest, token: str) -> HttpResponse:
    """Show every row as it was read; take the table in."""
    data, said = _brought(token)
    place, refused = get_object_or_404(Area, code=said["area"]), None
    valid_from = parse_date(said["valid_from"])
    if valid_from is None:
        raise Http404
    if request.method == "POST":
        draft = BusDraft(
            area=place, data=data, source=said["source"], valid_from=valid_from,
            checksum=request.POST.get("checksum", ""),
        )  # fmt: skip
        try:
            bring_buses(by=acting(request), at=now(), draft=draft)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("The table of buses stands."))
            return redirect("atlas:access_town", place.code)
    run = dry_run(sheets.read_sheet(data))
    shown = sorted(run.rows, key=lambda row: (not row.wrongs, row.line))[:SHOWN]
    context = {
        "area": place, "name": said["name"], "refused": refused, "run": run,
        "checksum": said["digest"], "columns": [names[0] for names in FIELDS.values()],
        "rows": [_row(row) for row in shown], "left_out": len(run.rows) - len(shown),
        "trail": _trail((place.name, reverse("atlas:access_town", args=[place.code])), (said["name"], "")),
    }  # fmt: skip
    return render(
        request, "atlas/buses_rows.html", context, status=refused.status if refused else 200
    )


@require_POST
@staff_only(Role.PLANNER)
def buses_end(request: HttpRequest, area: str) -> HttpResponse:
    """End the table of buses that stands."""
    table = get_object_or_404(BusTable.objects.standing(), area=area)
    try:
        end_buses(by=acting(request), at=now(), table=table)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("The table of buses has ended: ways are walks now."))
    return redirect("atlas:access_town", area)


@require_safe
@staff_only(Role.PLANNER)
def buses_template(request: HttpRequest) -> HttpResponse:
    """Give an empty table with the columns that are understood, and two rows as an example."""
    columns = [names[0] for names in FIELDS.values()]
    data = sheets.write_xlsx(columns, _EXAMPLE, title="公交时刻")
    response = HttpResponse(data, content_type=sheets.XLSX)
    response["Content-Disposition"] = 'attachment; filename="buses.xlsx"'
    return response


def _form(
    request: HttpRequest, form: Form, place: Area, words: str, act: str, **named: Any
) -> HttpResponse:
    here = reverse("atlas:access_town", args=[place.code])
    context = {
        "form": form, "area": place, "title": words, "act": act, "back": here,
        "trail": _trail((place.name, here), (words, "")),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    template = named.pop("template", "atlas/access_ground.html")
    return render(request, template, context, status=status)


def _begun(place: Area) -> dict[str, Any]:
    """Return what the form begins with: what was declared last, or the squares around the counters."""
    ground = newest_ground(place.code)
    if ground is None:
        return {"squares": _lines(squares_to_begin_with(place))}
    named = [(Square(row, column), name) for row, column, name in ground.squares]
    return {
        "metres": ground.metres, "pace": ground.pace, "source": ground.source,
        "squares": _lines(named),
    }  # fmt: skip


def _lines(named: list[tuple[Square, str]]) -> str:
    return "\n".join(f"{square.code} {name}".strip() for square, name in named)


def _row(row: BusRow) -> dict[str, Any]:
    cells = [(row.cells.get(field, ""), WRONGS.get(row.wrongs.get(field, ""))) for field in FIELDS]
    return {"line": row.line, "cells": cells, "wrong": bool(row.wrongs)}


def _brought(token: str) -> tuple[bytes, dict[str, str]]:
    try:
        said: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        return files.fetch_aside(said["digest"]), said
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:access_towns") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Ways to a counter"), here), *steps]
