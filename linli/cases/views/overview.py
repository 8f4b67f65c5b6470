"""How cases stand, for supervision: counts by unit, and what was escalated. What people said is not here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.cases.queries.overview import counts_by_unit
from linli.cases.queries.queue import QueueFilters, desk_of_supervision
from linli.cases.views.queue import shown
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import staff_only

_COLUMNS = (
    gettext_lazy("Open"),
    gettext_lazy("Not taken yet"),
    gettext_lazy("Over"),
    gettext_lazy("Escalated"),
    gettext_lazy("Handed about"),
    gettext_lazy("Paused"),
)


@require_safe
@staff_only(Role.SUPERVISOR)
def overview(request: HttpRequest) -> HttpResponse:
    at, here = now(), reverse("cases:overview")
    units = counts_by_unit(at)
    after = request.GET.get("after", "")[:60].replace("\0", "")
    page = desk_of_supervision(QueueFilters(after=after), at)
    sums = [sum(column) for column in zip(*(unit.counts for unit in units), strict=True)]
    context: dict[str, Any] = {
        "units": units,
        "columns": _COLUMNS,
        "figures": [
            {"words": words, "value": value}
            for words, value in zip(_COLUMNS, sums or [0] * len(_COLUMNS), strict=True)
        ],
        "escalated": [(row, shown(row, at)) for row in page.rows],
        "first": here if after else "",
        "more": f"{here}?{urlencode({'after': page.next})}" if page.next else "",
        "ways": [
            (_("Who answers for what"), reverse("cases:topics")),
            (_("Emergency"), reverse("cases:emergency")),
        ],
        "trail": [(_("Desk"), reverse("portal:console")), (_("How cases stand"), "")],
    }
    return render(request, "cases/console/overview.html", context)
