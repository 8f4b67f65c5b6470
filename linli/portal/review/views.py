"""The page of a review, and the decisions that are made on it: one, many, or undone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.flows.reading_to_ledger import timing
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.portal.review import deeds
from linli.portal.review.shown import Shown
from linli.reports.models import Report
from linli.reports.views.page import reading_page

DECIDES = (Role.PLANNER, Role.OFFICER)


@require_safe
@staff_only()
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Show every item of a reading beside its text, with what it could become."""
    return _page(request, get_object_or_404(Report, code=code))


@require_POST
@staff_only(*DECIDES)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Do what a button says: decide about one item, the chosen ones or all shown; undo."""
    report = get_object_or_404(Report, code=code)
    try:
        done = deeds.act(
            request.POST, by=acting(request), at=now(), report=report, given=request.GET
        )
    except Refused as refused:
        return _page(request, report, refused=refused)
    _tell(request, done)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, report)
    query = request.GET.urlencode()
    anchor = f"#i-{done.items[0]}" if len(done.items) == 1 else "#items"
    address = reverse("portal:review", args=[code])
    return redirect(f"{address}{'?' if query else ''}{query}{anchor}")


def _page(request: HttpRequest, report: Report, *, refused: Refused | None = None) -> HttpResponse:
    shown = Shown.of(report, request.GET)
    role = acting(request).role
    page = Paginator(shown.items, 100).get_page(request.GET.get("page"))
    context = shown.context(page) | {
        "report": report,
        "refused": refused,
        "may_decide": role in DECIDES,
        "may_take": role == Role.PLANNER,
        "trail": trail(report),
        "query": request.GET.urlencode(),
    }
    status = refused.status if refused else 200
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "portal/review_items.html", context, status=status)
    context = reading_page(report) | context | {"year": timing.report_period(report.reading)}
    return render(request, "portal/review.html", context, status=status)


def trail(report: Report) -> list[tuple[str, str]]:
    """Return the way to a review."""
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Reports"), reverse("reports:console_list")),
        (report.title, reverse("reports:console_reading", args=[report.code])),
    ]


def _tell(request: HttpRequest, done: deeds.Done) -> None:
    count = len(done.items)
    if done.left:
        said = ngettext(
            "%(n)s item was left open: it lacks something, or it looks like what is there already.",
            "%(n)s items were left open: they lack something, or look like what is there already.",
            done.left,
        )
        messages.warning(request, said % {"n": done.left})
    if count > 1:
        said = ngettext("%(n)s item decided.", "%(n)s items decided.", count)
        messages.success(request, said % {"n": count})
