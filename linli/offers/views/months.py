"""The month of all that is offered, and the waiting list played through with numbers from the address."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.kernel.clock import now
from linli.offers.forms.calendar import MonthForm, WaitingForm
from linli.offers.queries.months import next_month_with, weeks_of
from linli.offers.rules.simulating import played
from linli.offers.rules.waiting import Bound

EXAMPLE = {"places": 6, "groups": "4, 1, 1, 2, 1", "freed": "1, 1, 1, 1, 2", "passes": 2, "days": 7}


@require_safe
@vary_on_cookie
def month(request: HttpRequest) -> HttpResponse:
    """Show a month as a table; on a phone, as a list of its days."""
    today = localdate(now())
    form = MonthForm(request.GET, today)
    first, kind = form.first, form.kind_asked
    weeks = weeks_of(first, kind)
    held = sum(len(day.meetings) for week in weeks for day in week if day.on.month == first.month)
    following = None if held else next_month_with(first, kind)
    context = {
        "form": MonthForm({"month": f"{first:%Y-%m}", "kind": kind}, today),
        "address": reverse("offers:calendar"),
        "first": first,
        "today": today,
        "weeks": weeks,
        "held": held,
        "before": _asked(first - timedelta(days=1), kind),
        "after": _asked(first + timedelta(days=31), kind),
        "next": following,
        "next_address": _asked(following, kind) if following else "",
        "kind": kind,
        "trail": [*_way(), (_("Calendar"), "")],
    }
    return render(request, "offers/calendar_month.html", context)


@require_safe
@vary_on_cookie
def waiting_list(request: HttpRequest) -> HttpResponse:
    """Play the waiting list through, with the rule that is used in earnest. Nothing is kept."""
    form = WaitingForm(request.GET or EXAMPLE)
    context: dict[str, Any] = {"form": form, "trail": [*_way(), (_("The waiting list"), "")]}
    if not form.is_valid():
        return render(request, "offers/calendar_waiting.html", context, status=422)
    said = form.cleaned_data
    bound = Bound(said["passes"], said["days"])
    steps, fates = played(said["places"], said["groups"], said["freed"], bound)
    context |= {"steps": steps, "fates": fates, "bound": bound}
    return render(request, "offers/calendar_waiting.html", context)


def _asked(day: date, kind: str) -> str:
    asked = {"month": f"{day:%Y-%m}"} | ({"kind": kind} if kind else {})
    return f"?{urlencode(asked)}"


def _way() -> list[tuple[str, str]]:
    return [
        (_("Home"), reverse("portal:home")),
        (_("Courses, events, appointments"), reverse("offers:list")),
    ]
