"""What the person takes away: everything that is kept of the case, and the proofs of who looked."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.cases.models import Case
from linli.cases.queries.exported import all_of
from linli.cases.views.follow import followed
from linli.cases.views.tickets import private
from linli.kernel.log_file import entry_line
from linli.kernel.looks import entry_of, looks_of


@require_safe
@followed
def data(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    """Everything that is kept of the case, in one file that programs can read."""
    return _file(all_of(case, at), f"{case.code}.json")


@require_safe
@followed
def looks(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    """Every look with the opened line of the public log and, once it is signed, the proof that it is in it."""
    opened = [(row, entry_of(row, at=at)) for row in looks_of(case.subject)]
    told = [
        {
            "line": entry_line(one.entry).rstrip("\n"),
            "position": row.position,
            "holds": one.entry.holds(),
            "proof": one.proof.told() if one.proof else None,
        }
        for row, one in opened
    ]
    return _file({"case": case.code, "looks": told}, f"{case.code}-looks.json")


@private
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say that it is gone."""
    return render(request, "cases/public/forgotten.html")


def _file(told: dict[str, object], name: str) -> HttpResponse:
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
