"""Take over what was accepted: what would become of it, into which programme, and the deed itself."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.directory.models import Area
from linli.directory.rules.areas import ladder_of
from linli.flows import reading_to_ledger as flow
from linli.flows.reading_to_ledger import naming, timing
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import ProgrammeDraft
from linli.plans.models import Programme
from linli.portal.review.forms import TakeForm
from linli.portal.review.rows import rows_of
from linli.portal.review.views import trail
from linli.reports.models import Report
from linli.reports.queries.review import ReviewItem, review_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would be taken over; on POST take it over."""
    report = get_object_or_404(Report, code=code)
    review = review_of(report)
    ahead = flow.outlook(review)
    needed = bool(ahead.tasks or ahead.measures)
    data = request.POST if request.method == "POST" else None
    form = TakeForm(data, initial=_suggested(report, ahead.tasks), programmes=_programmes(report))
    if request.method == "POST" and (not needed or form.is_valid()):
        try:
            programme = _chosen(form, report) if needed else None
            done = flow.take(by=acting(request), at=now(), report=report, programme=programme)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _told(done.counts))
            return redirect(f"{reverse('portal:review', args=[code])}?state=taken")
    context = {
        "report": report,
        "ahead": _counted(ahead),
        "all": ahead.all,
        "rows": rows_of(ahead.all),
        "waiting": ahead.waiting,
        "open": review.counts["open"],
        "needed": needed,
        "form": form,
        "trail": [*trail(report), (_("Review"), reverse("portal:review", args=[code]))],
    }
    return render(request, "portal/review_take.html", context, status=422 if form.errors else 200)


def _programmes(report: Report) -> QuerySet[Programme]:
    if not report.area:
        return Programme.objects.none()
    return Programme.objects.filter(area__in=ladder_of(report.area))


def _chosen(form: TakeForm, report: Report) -> Programme | ProgrammeDraft | None:
    given = form.cleaned_data
    if given.get("programme"):
        programme: Programme = given["programme"]
        return programme
    area = Area.objects.filter(code=report.area).first()
    if area is None:
        return None
    return ProgrammeDraft(
        title=given["title"], area=area, starts_on=given["starts_on"], ends_on=given["ends_on"]
    )


def _suggested(report: Report, tasks: tuple[ReviewItem, ...]) -> dict[str, Any]:
    """Return a title from the section that the promises stand in, and the years that they fall due."""
    becomes = [one.holds.becomes for one in tasks if one.holds]
    days = [date.fromisoformat(said["due_on"]) for said in becomes if said.get("due_on")]
    years = timing.programme_years(days)
    heading = naming.section_of(report.reading, tasks[0].item.start) if tasks else None
    place = Area.objects.filter(code=report.area).values_list("name", flat=True).first() or ""
    said = naming.bare(heading["surface"]) if heading else ""
    title = f"{'' if said.startswith(place) else place}{said}" if said else report.title
    suggested: dict[str, Any] = {"title": title[:200]}
    if years:
        suggested |= {"starts_on": years.start, "ends_on": timing.last_day(years)}
    return suggested


def _counted(ahead: flow.Outlook) -> list[dict[str, Any]]:
    return [
        {"words": said, "value": len(found)}
        for said, found in (
            (_("facts, as claims"), ahead.facts),
            (_("tasks"), ahead.tasks),
            (_("measures"), ahead.measures),
            (_("targets of tasks"), ahead.targets),
            (_("merged, nothing added"), ahead.merged),
        )
        if found
    ]


def _told(counts: dict[str, int]) -> str:
    said = _(
        "In the ledger now: facts %(fact)s, tasks %(task)s, measures %(measure)s, merged %(merged)s."
    )
    return said % counts
