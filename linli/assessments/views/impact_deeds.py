"""What is done with the assessment of a decision: ask a unit, lay it open, name hazards, answer them, decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.assessments.actions import impact_hazards, impacts, ruling
from linli.assessments.forms.impacts import (
    AskForm,
    HazardForm,
    MitigationForm,
    OpenForm,
    RulingForm,
    StrikeForm,
)
from linli.assessments.models import Hazard, Impact
from linli.assessments.queries.impacts import polls_about, whole
from linli.assessments.views.impact_words import SEVERITIES, TASKS, hazards_told, sides
from linli.assessments.views.impacts import deed_page, impact_of, impact_trail, kept_impact
from linli.assessments.views.ways import DO, KEEPERS, READERS, posted
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def impact_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask another unit to assess it."""
    impact = impact_of(request, code)
    form = AskForm(posted(request), impact=impact)
    given: dict[str, Any] = {"by": acting(request), "at": now(), "impact": impact}
    if _done(request, form, lambda: impacts.ask_unit(**given, **form.cleaned_data), _("Asked.")):
        return redirect("assessments:console_impact", code)
    return deed_page(
        request, form, impact, title=_("Ask a unit to assess it"), button=pgettext("impact", "Ask")
    )


@require_http_methods(DO)
@staff_only(*KEEPERS)
def impact_open(request: HttpRequest, code: str) -> HttpResponse:
    """Lay it open for everybody."""
    impact = kept_impact(request, code)
    form = OpenForm(posted(request))
    given: dict[str, Any] = {"by": acting(request), "at": now(), "impact": impact}
    said = _("It lies open for everybody now.")
    if _done(request, form, lambda: impacts.lay_open(**given, **form.cleaned_data), said):
        return redirect("assessments:console_impact", code)
    title = _("Lay it open")
    return deed_page(request, form, impact, title=title, button=_("Lay it open, for good"))


@require_http_methods(DO)
@staff_only(*READERS)
def impact_hazard_new(request: HttpRequest, code: str) -> HttpResponse:
    """Name a hazard."""
    impact = impact_of(request, code)
    form = HazardForm(posted(request), impact=impact)
    given: dict[str, Any] = {"by": acting(request), "at": now(), "impact": impact}
    said = _("Named. Say what is done against it.")
    if _done(request, form, lambda: impact_hazards.name_hazard(**given, draft=form.draft()), said):
        return redirect("assessments:console_impact", code)
    return deed_page(request, form, impact, title=_("Name a risk"), button=_("Name it"))


@require_http_methods(DO)
@staff_only(*READERS)
def impact_hazard(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one hazard; take what is done against it."""
    impact, hazard = _hazard(request, code, number)
    form = MitigationForm(posted(request))
    given: dict[str, Any] = {"by": acting(request), "at": now(), "hazard": hazard}

    def promise() -> object:
        return impact_hazards.promise_mitigation(**given, draft=form.draft())

    if _done(request, form, promise, _("Promised. It becomes a task if the decision goes ahead.")):
        return redirect("assessments:impact_hazard", code, number)
    return _hazard_page(request, impact, hazard, form, StrikeForm())


@require_POST
@staff_only(*READERS)
def impact_hazard_strike(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Strike a hazard that is none."""
    impact, hazard = _hazard(request, code, number)
    form = StrikeForm(request.POST)
    given: dict[str, Any] = {"by": acting(request), "at": now(), "hazard": hazard}
    said = _("Struck. It stays to be read, with the reason.")
    if _done(
        request, form, lambda: impact_hazards.strike_hazard(**given, **form.cleaned_data), said
    ):
        return redirect("assessments:console_impact", code)
    return _hazard_page(request, impact, hazard, MitigationForm(), form)


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def impact_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Decide, with all that was said in sight."""
    impact = impact_of(request, code)
    form = RulingForm(posted(request))
    given: dict[str, Any] = {"by": acting(request), "at": now(), "impact": impact}
    said = _("Decided, and published with its reasons.")
    if _done(request, form, lambda: ruling.decide(**given, draft=form.draft()), said):
        return redirect("assessments:console_impact", code)
    found = whole(impact)
    back = reverse("assessments:console_impact", args=[code])
    context = {
        "impact": impact,
        "whole": found,
        "sides": sides(found),
        "hazards": hazards_told(found),
        "polls": polls_about(impact),
        "form": form,
        "trail": impact_trail((impact.subject.name, back), (pgettext("impact", "Decide"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/impact_decide.html", context, status=status)


def _done(request: HttpRequest, form: Form, deed: Callable[[], object], said: Words) -> bool:
    """Do what a valid form says, and say so; say on the form why not."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refused:
        on_form(form, refused)
        return False
    messages.success(request, str(said))
    return True


def _hazard(request: HttpRequest, code: str, number: int) -> tuple[Impact, Hazard]:
    impact = impact_of(request, code)
    return impact, get_object_or_404(impact.hazards.select_related("area", "impact"), number=number)


def _hazard_page(
    request: HttpRequest, impact: Impact, hazard: Hazard, form: Form, strike: Form
) -> HttpResponse:
    back = reverse("assessments:console_impact", args=[impact.code])
    done = hazard.mitigations.select_related("unit")
    title = _("Risk %(number)s") % {"number": hazard.number}
    context = {
        "impact": impact,
        "hazard": hazard,
        "severity": SEVERITIES[hazard.severity],
        "answers": [(one, TASKS[one.state]) for one in done],
        "form": form,
        "strike": strike,
        "stands": hazard.struck_at is None and not hasattr(impact, "ruling"),
        "title": title,
        "trail": impact_trail((impact.subject.name, back), (title, "")),
    }
    status = 422 if form.is_bound or strike.is_bound else 200
    return render(request, "assessments/impact_hazard.html", context, status=status)
