"""The week by place and room: what meets, how full it is."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.offers.queries.grid import DAYS, week_grid
from linli.offers.views.console import READERS, trail


@require_safe
@staff_only(*READERS)
def grid(request: HttpRequest) -> HttpResponse:
    today = localdate(now())
    monday = _monday(request.GET.get("week", ""), today)
    context = {
        "rows": week_grid(acting(request), monday),
        "days": [monday + timedelta(days=n) for n in range(DAYS)],
        "today": today,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "weeks": [
            (_("Week before"), _week(monday - timedelta(weeks=1)), "prev"),
            (_("This week"), _week(today), ""),
            (_("Week after"), _week(monday + timedelta(weeks=1)), "next"),
        ],
        "week": _week(monday),
        "trail": trail((_("Week by place"), "")),
    }
    return render(request, "offers/console_grid.html", context)


def _monday(typed: str, today: date) -> date:
    """Return the Monday of a week such as 2026-W48; of this week for what is none."""
    try:
        return date.fromisoformat(typed[:8] + "-1") if "W" in typed else _begins(today)
    except ValueError:
        return _begins(today)


def _begins(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
