"""What came of a session: who completed, passed, is employed, in numbers by code."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Outcome
from linli.offers.queries.door import Came, came_of
from linli.offers.queries.organizing import sessions_of
from linli.offers.views.console import DO, ORGANIZERS
from linli.offers.views.console_sessions import way_to
from linli.ui.private import private

KINDS = [kind for kind, _words in Outcome.KINDS]


@private
@require_http_methods(DO)
@staff_only(*ORGANIZERS, Role.CLERK, post=ORGANIZERS)
def outcomes(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(sessions_of(by), code=code)
    rows = came_of(found)
    if request.method == "POST":
        _record(request, by, rows)
        return redirect("offers:outcomes", code)
    context = {
        "session": found,
        "offer": found.offer,
        "kinds": Outcome.KINDS,
        "rows": [(row, [(kind, row.people.get(kind, 0)) for kind in KINDS]) for row in rows],
        "figures": _figures(rows),
        "meetings": found.meetings.filter(cancelled_at=None).count(),
        "organizes": by.role in ORGANIZERS,
        "trail": way_to(found, (_("Outcomes"), "")),
    }
    return render(request, "offers/console_outcomes.html", context)


def _record(request: HttpRequest, by: Actor, rows: list[Came]) -> None:
    """Write down each number that differs; one that is refused does not stop the others."""
    changed = 0
    for row in rows:
        for told in _differing(request, row):
            try:
                record_outcome(by=by, at=now(), booking=row.booking, result=told)
            except Refused as refused:
                messages.error(request, f"{row.booking.code}: {refused.sentence}")
            else:
                changed += 1
    said = ngettext("%(n)d number written down.", "%(n)d numbers written down.", changed)
    messages.success(request, said % {"n": changed})


def _differing(request: HttpRequest, row: Came) -> list[Result]:
    typed = {kind: request.POST.get(f"{kind}-{row.booking.code}", "") for kind in KINDS}
    told = {kind: int(said) for kind, said in typed.items() if re.fullmatch("[0-9]{1,3}", said)}
    return [
        Result(kind=kind, people=people)
        for kind, people in told.items()
        if people != row.people.get(kind, 0)
    ]


def _figures(rows: list[Came]) -> list[dict[str, object]]:
    totals = {kind: sum(row.people.get(kind, 0) for row in rows) for kind in KINDS}
    booked = sum(row.booking.size for row in rows)
    return [{"words": _("People who came"), "value": booked}] + [
        {"words": words, "value": totals[kind]} for kind, words in Outcome.KINDS
    ]
