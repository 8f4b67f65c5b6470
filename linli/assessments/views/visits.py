"""Visits on a telephone: what is to be visited today, the checklist, and what keeps both when the network is gone.

Every page here works as a plain form. With scripts it is kept on the telephone until it has arrived.
"""

from hashlib import sha256
from typing import Final

from django.contrib import messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions.inspecting import MOST_PHOTOS, bring_in
from linli.assessments.forms.visits import VisitForm
from linli.assessments.models import Inspection, Sheet
from linli.assessments.queries.inspections import to_visit
from linli.directory.views.qr import drawn
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, signed_in, staff_only
from linli.kernel.refusals import Refused, problem
from linli.ui.private import private

VISITORS: Final = (Role.OFFICER, Role.SUPERVISOR)
KEPT: Final = (  # what a page needs without a network
    "ui/linli.css",
    "ui/linli.js",
    "ui/mark.svg",
    "assessments/visits.css",
    "assessments/visits_outbox.js",
    "assessments/visits.js",
)


@private
@require_safe
@staff_only(*VISITORS)
def visits(request: HttpRequest) -> HttpResponse:
    """Show what the unit is to visit today."""
    by, at = acting(request), now()
    rows = to_visit(by.unit, localdate(at))
    context = {
        "waiting": [one for one in rows if one.assessment.done_at is None],
        "done": [one for one in rows if one.assessment.done_at is not None],
        "unit": by.unit,
        "at": at,
    }
    return render(request, "assessments/visits.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*VISITORS)
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what there is to see at one place, and take it in."""
    found, sent = _of_unit(request, code), request.method == "POST"
    given = (request.POST, request.FILES) if sent else ()
    form = VisitForm(found.assessment.edition.form, get_language() or "", *given)
    if not sent:
        return _page(request, found, form, 200)
    scripted = request.headers.get("Accept") == "application/json"
    try:
        sheet = _taken(request, found, form)
    except Refused as refused:
        if scripted:
            return problem(refused)
        form.refused = refused.sentence
        return _page(request, found, form, refused.status)
    if scripted:
        return JsonResponse({"taken": form.client, "number": sheet.number})
    messages.success(request, _("The checklist has arrived."))
    return redirect("assessments:visits")


@private
@require_safe
@staff_only(*VISITORS)
def visit_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the checklist to print: filled in by hand, it is entered on the page that its square leads to."""
    found = _of_unit(request, code)
    form = VisitForm(found.assessment.edition.form, get_language() or "")
    way = request.build_absolute_uri(reverse("assessments:visit", args=[code]))
    context = {"inspection": found, "task": found.assessment, "form": form, "square": drawn(way)}
    return render(request, "assessments/visit_paper.html", context)


@private
@require_safe
@staff_only(*VISITORS)
def visit_token(request: HttpRequest) -> HttpResponse:
    """Give a token to send with, and say as whom: a page that was kept on a telephone has an old one."""
    return JsonResponse({"token": get_token(request), "who": str(signed_in(request).pk)})


@require_safe
def visit_worker(request: HttpRequest) -> HttpResponse:
    """Give the worker that keeps these pages, and no others: its scope is the folder that it lies in."""
    files = [staticfiles_storage.url(name) for name in KEPT]
    home = reverse("assessments:visits")
    version = sha256("\n".join([home, *files]).encode()).hexdigest()[:16]
    context = {"files": files, "home": home, "version": version}
    response = render(
        request, "assessments/visit_worker.js", context, content_type="text/javascript"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def _of_unit(request: HttpRequest, code: str) -> Inspection:
    found = Inspection.objects.select_related(
        "assessment__subject__area", "assessment__unit", "assessment__edition__instrument"
    )
    return get_object_or_404(
        found, assessment__code=code, assessment__unit__name=acting(request).unit
    )


def _taken(request: HttpRequest, found: Inspection, form: VisitForm) -> Sheet:
    known = (
        form.sent and Sheet.objects.filter(client=form.brought(photos=False).filled.client).exists()
    )
    brought = form.brought(photos=not known)
    return bring_in(by=acting(request), at=now(), inspection=found, brought=brought)


def _page(request: HttpRequest, found: Inspection, form: VisitForm, status: int) -> HttpResponse:
    task = found.assessment
    context = {
        "inspection": found,
        "task": task,
        "form": form,
        "most_photos": MOST_PHOTOS,
        "at": now(),
        "trail": [(_("Visits"), reverse("assessments:visits")), (task.subject.name, "")],
    }
    return render(request, "assessments/visit.html", context, status=status)
