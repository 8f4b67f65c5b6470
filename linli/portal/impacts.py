"""Have a project assessed before it is promised: from the page of money to that of decisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from linli.flows.project_to_impact import project_subject
from linli.funds.models import Project
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only


@require_POST
@staff_only(Role.OFFICER, Role.PLANNER)
def project_impact(request: HttpRequest, code: str) -> HttpResponse:
    """Name the project as what is to be decided, and lead on to its questions."""
    by = acting(request)
    found = Project.objects.visible_to(by).select_related("unit", "receiving")
    subject = project_subject(by=by, at=now(), project=get_object_or_404(found, code=code))
    running = subject.impacts.filter(ruling=None).first()
    if running is not None:
        return redirect("assessments:console_impact", running.code)
    return redirect(f"{reverse('assessments:impact_new')}?subject={subject.code}")
