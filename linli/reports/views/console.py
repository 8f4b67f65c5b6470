"""The officer's side: take a report in, look at its reading, publish it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.reports import actions
from linli.reports.forms.reading import FilterForm, ReceiveForm
from linli.reports.models import Report
from linli.reports.queries import review as queries
from linli.reports.views.page import comparisons, reading_page

PER_PAGE = 25


@require_safe
@staff_only()
def console_list(request: HttpRequest) -> HttpResponse:
    return _list(request, ReceiveForm(), status=200)


@require_POST
@staff_only(Role.PLANNER, Role.OFFICER)
def receive(request: HttpRequest) -> HttpResponse:
    form = ReceiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    data, name, media_type = form.given()
    try:
        report = actions.receive(
            by=acting(request), data=data, name=name, media_type=media_type, at=now()
        )
    except Refused as refused:
        on_form(form, refused, "file" if form.cleaned_data.get("file") else "text")
        return _list(request, form, status=refused.status)
    return redirect("reports:console_reading", report.code)


@require_safe
@staff_only()
def console_reading(request: HttpRequest, code: str) -> HttpResponse:
    report = get_object_or_404(Report, code=code)
    context = reading_page(report) | {
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Reports"), reverse("reports:console_list")),
        ],
        "steps": report.steps.all(),
        "taken": report.taken.exists(),
        "may_publish": acting(request).role == Role.PLANNER,
        "comparisons": comparisons(report, queries.same_place(report), "reports:console_compare"),
    }
    return render(request, "reports/console_reading.html", context)


@require_safe
@staff_only()
def original(request: HttpRequest, code: str) -> HttpResponse:
    report = get_object_or_404(Report, code=code)
    # As a download and as plain bytes: a stranger's HTML never runs under our name.
    response = HttpResponse(files.fetch(report.digest), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{report.code}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@staff_only(Role.PLANNER)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    report = get_object_or_404(Report, code=code)
    actions.publish(by=acting(request), report=report, at=now())
    messages.success(request, _("Everybody can see this reading now."))
    return redirect("reports:console_reading", report.code)


@require_POST
@staff_only(Role.PLANNER)
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    report = get_object_or_404(Report, code=code)
    actions.withdraw(by=acting(request), report=report, at=now())
    messages.success(request, _("The public no longer sees this reading."))
    return redirect("reports:console_reading", report.code)


def _list(request: HttpRequest, form: ReceiveForm, *, status: int) -> HttpResponse:
    filters = FilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    reports = queries.listed_reports(state=chosen.get("state", ""), words=chosen.get("words", ""))
    context = {
        "form": form,
        "filters": filters,
        "page": Paginator(reports, PER_PAGE).get_page(request.GET.get("page")),
        "counts": queries.report_counts(),
        "may_receive": acting(request).role in {Role.PLANNER, Role.OFFICER},
    }
    return render(request, "reports/console_list.html", context, status=status)
