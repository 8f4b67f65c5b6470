"""Two reports of one place side by side: what became of the promises of the earlier one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.kernel.doors import staff_only
from linli.reports.forms.reading import FateFilter
from linli.reports.models import Report, ReportQuerySet
from linli.reports.rules.compare import OUTCOMES, Fate, Said, by_unit, compare, counts
from linli.reports.rules.likeness import CLOSE
from linli.reports.views import words

# What was promised and is not there comes first.
ORDER = ("vanished", "changed", "restated", "fulfilled", "new")


@require_safe
@vary_on_cookie
def public_compare(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    both = _both(Report.objects.published(), earlier, later)
    trail = [(_("Home"), reverse("portal:home")), (_("Reports"), reverse("reports:public_list"))]
    context = _page(request, *both, reading="reports:public_reading") | {"trail": trail}
    context["data"] = reverse("reports:compare_json", args=[earlier, later])
    return render(request, "reports/public_compare.html", context)


@require_safe
def compare_json(request: HttpRequest, earlier: str, later: str) -> JsonResponse:
    first, second = _both(Report.objects.published(), earlier, later)
    fates = compare(first.reading, second.reading)
    data = {
        "earlier": {"code": first.code, "title": first.title},
        "later": {"code": second.code, "title": second.title},
        "counts": counts(fates),
        "promises": [_record(fate) for fate in fates],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@staff_only()
def console_compare(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    both = _both(Report.objects.all(), earlier, later)
    trail = [
        (_("Desk"), reverse("portal:console")),
        (_("Reports"), reverse("reports:console_list")),
    ]
    context = _page(request, *both, reading="reports:console_reading") | {"trail": trail}
    return render(request, "reports/console_compare.html", context)


def _both(reports: ReportQuerySet, earlier: str, later: str) -> tuple[Report, Report]:
    first, second = (get_object_or_404(reports, code=code) for code in (earlier, later))
    if first.pk == second.pk or not first.area or first.area != second.area:
        raise Http404
    return first, second


def _page(request: HttpRequest, earlier: Report, later: Report, *, reading: str) -> dict[str, Any]:
    fates = compare(earlier.reading, later.reading)
    units = by_unit(fates)
    filters = FateFilter(
        request.GET,
        outcomes=[(name, words.OUTCOMES[name]) for name in ORDER],
        units=[(unit, unit) for unit, _ in units if unit],
    )
    chosen = filters.cleaned_data if filters.is_valid() else {}
    outcome, unit = chosen.get("outcome"), chosen.get("unit")
    shown = [
        fate
        for fate in fates
        if (not outcome or fate.outcome == outcome) and (not unit or fate.unit == unit)
    ]
    paths = (reverse(reading, args=[earlier.code]), reverse(reading, args=[later.code]))
    found = counts(fates)
    return {
        "earlier": earlier,
        "later": later,
        "paths": paths,
        "swap": reverse(request.resolver_match.view_name, args=[later.code, earlier.code])
        if request.resolver_match
        else "",
        "filters": filters,
        "counts": [(words.OUTCOMES[name], found[name], name) for name in ORDER],
        "promised": sum(found[name] for name in OUTCOMES if name != "new"),
        "groups": _groups(shown, paths),
        "units": [(unit, [tally[name] for name in ORDER]) for unit, tally in units],
        "heads": [words.OUTCOMES[name] for name in ORDER],
    }


def _groups(fates: list[Fate], paths: tuple[str, str]) -> list[dict[str, Any]]:
    groups = [
        {
            "outcome": name,
            "state": words.OUTCOME_STATES[name],
            "words": words.OUTCOMES[name],
            "about": words.OUTCOMES_ABOUT[name],
            "rows": [_row(fate, paths) for fate in fates if fate.outcome == name],
        }
        for name in ORDER
    ]
    return [group for group in groups if group["rows"]]


def _row(fate: Fate, paths: tuple[str, str]) -> dict[str, Any]:
    sides = zip((fate.earlier, fate.later), paths, strict=True)
    return {
        "unit": fate.unit,
        "sides": [said and _side(said, path) for said, path in sides],
        "differs": [_difference(fate, name) for name in fate.differs],
        "alike": words.ALIKE[fate.likeness >= CLOSE] if fate.earlier and fate.later else "",
    }


def _side(said: Said, path: str) -> dict[str, Any]:
    return {
        "words": said.words,
        "status": words.STATUSES[said.status],
        "address": f"{path}#s-{said.id}",
    }


def _difference(fate: Fate, name: str) -> dict[str, Any]:
    """Return what differs, in words, with both printed forms where there are two."""
    first, second = fate.earlier, fate.later
    if first is None or second is None:
        return {"words": words.DIFFERS[name], "was": "", "now": ""}
    if name == "date":
        was, now = ("、".join(words.period(iso) for iso in said.dates) for said in (first, second))
    else:
        was, now = ("、".join(a.surface for a in said.amounts) for said in (first, second))
    return {"words": words.DIFFERS[name], "was": was, "now": now}


def _record(fate: Fate) -> dict[str, Any]:
    return {
        "outcome": fate.outcome,
        "unit": fate.unit,
        "differs": list(fate.differs),
        "likeness": round(fate.likeness),
        "earlier": fate.earlier and _span(fate.earlier),
        "later": fate.later and _span(fate.later),
    }


def _span(said: Said) -> dict[str, Any]:
    return {
        "item": said.id,
        "start": said.start,
        "end": said.end,
        "words": said.words,
        "status": said.status,
    }
