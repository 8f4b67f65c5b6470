"""Programmes on the console: list, one with its measures and tasks, and publishing, which promises."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import programmes as actions
from linli.plans.forms.programmes import MeasureForm, ProgrammeForm
from linli.plans.models import Measure, Programme
from linli.plans.queries import programme_page as queries
from linli.plans.views.ledger_words import REASONS, STATES
from linli.plans.views.ways import posted, trail, words_asked

PER_PAGE = 25


@require_safe
@staff_only()
def programmes(request: HttpRequest) -> HttpResponse:
    words = words_asked(request)
    listed = queries.listed_programmes(words)
    context = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "may_plan": acting(request).role == Role.PLANNER,
    }
    return render(request, "plans/programmes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def new_programme(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(posted(request))
    if form.is_valid():
        try:
            made = actions.start_programme(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("plans:programme", made.code)
    context = {
        "form": form,
        "trail": trail((_("Work programmes"), reverse("plans:programmes"))),
    }
    return render(request, "plans/programme_new.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only()
def programme(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code, MeasureForm())


@require_POST
@staff_only(Role.PLANNER)
def add_measure(request: HttpRequest, code: str) -> HttpResponse:
    programme = get_object_or_404(Programme, code=code)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return _page(request, code, form)
    by, title = acting(request), form.cleaned_data["title"]
    try:
        measure = actions.add_measure(by=by, at=now(), programme=programme, title=title)
    except Refused as refused:
        on_form(form, refused, "title")
        return _page(request, code, form)
    return redirect(reverse("plans:programme", args=[code]) + f"#{measure.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def edit_programme(request: HttpRequest, code: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.select_related("area", "document"), code=code)
    form = ProgrammeForm(posted(request), programme=programme)
    if form.is_valid():
        try:
            actions.edit_programme(
                by=acting(request), at=now(), programme=programme, draft=form.draft()
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("plans:programme", code)
    context = {"form": form, "programme": programme, "trail": _way(programme)}
    return render(request, "plans/programme_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def publish_programme(request: HttpRequest, code: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.select_related("area"), code=code)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            actions.publish_programme(by=acting(request), at=now(), programme=programme)
        except Refused as caught:
            refused = caught
        else:
            messages.success(request, _("Published. What it promises stands from now on."))
            return redirect("plans:programme", code)
    context = {
        "programme": programme,
        "promises": queries.promises(programme),
        "refused": refused,
        "trail": _way(programme),
    }
    return render(
        request,
        "plans/programme_publish.html",
        context,
        status=refused.status if refused else 200,
    )


def _page(request: HttpRequest, code: str, form: MeasureForm) -> HttpResponse:
    found = Programme.objects.select_related("area", "document")
    programme = get_object_or_404(found, code=code)
    pages = Paginator(queries.measures(programme), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "rows": _rows(page.object_list),
        "promises": queries.promises(programme),
        "form": form,
        "may_plan": acting(request).role == Role.PLANNER,
        "trail": trail((_("Work programmes"), reverse("plans:programmes"))),
    }
    return render(request, "plans/programme.html", context, status=422 if form.errors else 200)


def _rows(shown: Iterable[Measure]) -> list[dict[str, object]]:
    return [
        {
            "measure": row.measure,
            "tasks": [
                {"task": one.task, "shape": STATES[one.lit.lamp], "reason": REASONS[one.lit.why]}
                for one in row.tasks
            ],
        }
        for row in queries.with_tasks(shown, localdate(now()))
    ]


def _way(programme: Programme) -> list[tuple[str, str]]:
    return trail(
        (_("Work programmes"), reverse("plans:programmes")),
        (programme.title, reverse("plans:programme", args=[programme.code])),
    )
