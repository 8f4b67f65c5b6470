"""Draws of samples on the console: the list, a new one, one of them, taken back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory.models import Area
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import sample_plans as actions
from linli.trace.forms.lab_samples import WhyForm
from linli.trace.forms.sample_plans import PlanForm
from linli.trace.models import SamplePlan
from linli.trace.queries.sample_plans import entries_now, listed_plans, state_of_plan
from linli.trace.views.lab_words import PLAN_STATES, SAMPLE_STATES
from linli.trace.views.ways import DO, READERS, form_page, posted, told, trail
from linli.ui.private import private

ROWS = 50


@private
@require_safe
@staff_only(*READERS)
def sample_plans(request: HttpRequest) -> HttpResponse:
    """List draws of samples."""
    page, at = Paginator(listed_plans(), ROWS).get_page(request.GET.get("page")), now()
    context = {
        "rows": [(one, PLAN_STATES[state_of_plan(one, at)]) for one in page.object_list],
        "page": page,
        "plans": acting(request).role == Role.PLANNER,
        "trail": _trail(),
    }
    return render(request, "trace/sample_plans.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def sample_plan_new(request: HttpRequest) -> HttpResponse:
    """Plan a draw of samples."""
    form = PlanForm(posted(request))
    if form.is_valid():
        try:
            made = actions.plan_samples(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. The hash of the seed is told; the clock draws."))
            return redirect("trace:sample_plan", made.code)
    title = _("Plan a draw of samples")
    named = {"title": title, "button": _("Plan it"), "back": reverse("trace:sample_plans")}
    return form_page(request, form, **named, trail=_trail((title, "")))


@private
@require_safe
@staff_only(*READERS)
def sample_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show one draw: its list as it would be now, then what was drawn, to who plans, checks and goes."""
    plan, by = _plan(code), acting(request)
    names = dict(Area.objects.filter(code__in=plan.terms["areas"]).values_list("code", "name"))
    parts = {} if plan.closed_at or plan.withdrawn_at else entries_now(plan)
    samples = plan.samples.select_related("premises", "lot__product").order_by("number")
    goes = by.role != Role.OFFICER or by.unit in (plan.unit.name, plan.laboratory.name)
    context = {
        "plan": plan,
        "lamp": PLAN_STATES[state_of_plan(plan, now())],
        "parts": [(names.get(area, area), len(listed)) for area, listed in parts.items()],
        "samples": [(one, SAMPLE_STATES[one.state]) for one in samples if goes],
        "form": WhyForm(),
        "withdraws": by.role == Role.PLANNER and not (plan.closed_at or plan.withdrawn_at),
        "trail": _trail((plan.name, "")),
    }
    return render(request, "trace/sample_plan.html", context)


@require_POST
@staff_only(Role.PLANNER)
def sample_plan_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a draw back, with the reason."""
    plan, reason = _plan(code), request.POST.get("reason", "")
    return told(
        request,
        lambda: actions.withdraw_plan(by=acting(request), at=now(), plan=plan, reason=reason),
        _("Taken back, in public, with your reason."),
        reverse("trace:sample_plan", args=[code]),
    )


def _plan(code: str) -> SamplePlan:
    return get_object_or_404(listed_plans(), code=code)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:sample_plans") if steps else ""
    return trail((_("Samples"), reverse("trace:samples")), (_("Draws of samples"), here), *steps)
