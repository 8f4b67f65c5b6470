"""Conflicts of units, and the pool of inspectors: codes, never names."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.assessments.actions import conflicts as actions
from linli.assessments.forms.draws import ConflictForm, InspectorForm, RecusalForm
from linli.assessments.models import Conflict, Inspector, Recusal
from linli.assessments.queries.draws import conflicts_told, inspectors_of
from linli.assessments.views.ways import DO, KEEPERS, READERS, posted, told, trail
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

ROWS = 50


def _done(form: Form, deed: Callable[[], object]) -> bool:
    """Do what a form asks for; say whether it was done, and put why not on the form."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refused:
        on_form(form, refused)
        return False
    return True


@private
@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def conflicts(request: HttpRequest) -> HttpResponse:
    """List the conflicts that stand; tell another."""
    by = acting(request)
    form = ConflictForm(posted(request), by=by)

    def tell() -> object:
        given = form.cleaned_data
        units = (given["one"], given["other"])
        return actions.tell_conflict(by=by, at=now(), units=units, reason=given["reason"])

    if _done(form, tell):
        return redirect("assessments:conflicts")
    page = Paginator(conflicts_told(), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "tells": by.role in KEEPERS,
        "ends": by.role == Role.PLANNER,
        "trail": trail((_("Conflicts"), "")),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/conflicts.html", context, status=status)


@require_POST
@staff_only(Role.PLANNER)
def conflict_end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a conflict is over."""
    found = get_object_or_404(Conflict, pk=number)
    return told(
        request,
        lambda: actions.end_conflict(by=acting(request), at=now(), conflict=found),
        _("Over. What was drawn meanwhile stands."),
        reverse("assessments:conflicts"),
    )


@private
@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def pool(request: HttpRequest) -> HttpResponse:
    """List the inspectors of the pool by their codes; add one."""
    by = acting(request)
    form = InspectorForm(posted(request), by=by)
    if _done(
        form,
        lambda: actions.add_inspector(by=by, at=now(), unit=form.cleaned_data["unit"]),
    ):
        return redirect("assessments:pool")
    page = Paginator(inspectors_of(by), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "keeps": by.role in KEEPERS,
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Draws for inspections"), reverse("assessments:site_draws")),
            (_("Pool of inspectors"), ""),
        ],
    }
    return render(request, "assessments/pool.html", context, status=422 if form.errors else 200)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def inspector(request: HttpRequest, code: str) -> HttpResponse:
    """Show where an inspector does not go; say so of other premises."""
    by = acting(request)
    found = get_object_or_404(inspectors_of(by), code=code)
    form = RecusalForm(posted(request))

    def recuse() -> object:
        subject = form.cleaned_data["premises"]
        return actions.recuse(by=by, at=now(), inspector=found, subject=subject)

    if _done(form, recuse):
        return redirect("assessments:inspector", code)
    context = {
        "inspector": found,
        "recusals": found.recusals.filter(ended_on=None).select_related("subject"),
        "form": form,
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Pool of inspectors"), reverse("assessments:pool")),
            (code, ""),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/inspector.html", context, status=status)


@require_POST
@staff_only(*KEEPERS)
def inspector_end(request: HttpRequest, code: str) -> HttpResponse:
    """Take an inspector out of the pool."""
    found = get_object_or_404(Inspector.objects.select_related("unit"), code=code)
    return told(
        request,
        lambda: actions.end_inspector(by=acting(request), at=now(), inspector=found),
        _("Out of the pool. No later draw knows this code."),
        reverse("assessments:pool"),
    )


@require_POST
@staff_only(*KEEPERS)
def recusal_end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an inspector may go somewhere again."""
    found = get_object_or_404(Recusal.objects.select_related("inspector__unit"), pk=number)
    return told(
        request,
        lambda: actions.end_recusal(by=acting(request), at=now(), recusal=found),
        _("May go there again."),
        reverse("assessments:inspector", args=[found.inspector.code]),
    )
