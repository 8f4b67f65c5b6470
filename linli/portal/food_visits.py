"""Plan the visit that an application for a permit waits for: from food supervision to the inspections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from linli.flows.inspected_to_premises import premises_subject
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.trace.queries.applications import applications_seen


@require_POST
@staff_only(Role.OFFICER, Role.PLANNER)
def application_visit(request: HttpRequest, code: str) -> HttpResponse:
    """Name the premises as what is to be inspected, and lead on to who goes and when."""
    by = acting(request)
    found = get_object_or_404(applications_seen(by), code=code)
    subject = premises_subject(by=by, at=now(), premises=found.premises)
    return redirect("assessments:inspection_plan", subject.code)
