"""Inspections on the console: which there are, one of them, where the next visit goes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions.inspecting import plan_inspection
from linli.assessments.actions.subjects import name_subject
from linli.assessments.forms.inspections import ListForm, PlanForm, PremisesForm
from linli.assessments.models import Inspection, Sheet
from linli.assessments.queries.inspection_results import results
from linli.assessments.queries.inspections import inspections_seen, listed_inspections, premises
from linli.assessments.queries.sheets import sheet_parts
from linli.assessments.rules.findings import unlike
from linli.assessments.rules.instruments import said
from linli.assessments.views.inspection_words import (
    STATES,
    findings_told,
    level_words,
    result_lamp,
    share_words,
)
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 30
_CHOICES = 20


@require_safe
@staff_only(*READERS)
def console_inspections(request: HttpRequest) -> HttpResponse:
    """List inspections: an officer those that the own unit makes."""
    by, form = acting(request), ListForm(request.GET)
    found = listed_inspections(by, **form.asked, today=localdate(now()))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = results(list(page.object_list))
    context = {
        "rows": [(one, STATES[one.state], result_lamp(one), share_words(one)) for one in rows],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()),
        "address": request.path,
        "keeps": by.role in KEEPERS,
        "visits": by.role in (Role.OFFICER, Role.SUPERVISOR),
        "trail": inspection_trail(),
    }
    return render(request, "assessments/inspections_console.html", context)


@require_safe
@staff_only(*READERS)
def inspection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one inspection: its sheets, what they found, what was ordered, what the premises say."""
    by, found = acting(request), inspection_of(request, code)
    (result,) = results([found])
    sheets = list(found.assessment.sheets.select_related("signature").order_by("number"))
    shown = _chosen(sheets, request.GET.get("sheet", ""))
    context = {
        "inspection": found,
        "task": found.assessment,
        "result": result,
        "state": STATES[result.state],
        "lamp": result_lamp(result),
        "share": share_words(result),
        "level": level_words(result),
        "findings": findings_told(found, result.findings, localdate(now())),
        "sheets": sheets,
        "shown": shown,
        "parts": sheet_parts(shown) if shown else (),
        "photos": shown.backings.filter(evidence__media_type__startswith="image/") if shown else (),
        "unlike": _unlike(found, sheets),
        "replies": found.replies.all(),
        "again": found.again.select_related("assessment"),
        "keeps": may_keep(by, found),
        "own": by.unit == found.assessment.unit.name and by.role != Role.PLANNER,
        "withholds": by.role in (Role.PLANNER, Role.SUPERVISOR)
        and by.unit != found.assessment.unit.name,
        "trail": inspection_trail((found.assessment.subject.name, "")),
    }
    return render(request, "assessments/inspection_console.html", context)


@require_safe
@staff_only(*KEEPERS)
def inspection_new(request: HttpRequest) -> HttpResponse:
    """Ask where the next visit goes."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    rows = premises(words)
    context = {
        "words": words,
        "rows": rows[:_CHOICES],
        "more": rows.count() > _CHOICES,
        "trail": inspection_trail((_("Plan a visit"), "")),
    }
    return render(request, "assessments/inspection_where.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def inspection_plan(request: HttpRequest, of: str) -> HttpResponse:
    """Ask by which checklist, who and when; `after` in the address: the visit that this one looks at again."""
    by, subject = acting(request), get_object_or_404(premises(), code=of)
    earlier = request.GET.get("after", "")
    after = inspection_of(request, earlier) if earlier else None
    form = PlanForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = plan_inspection(by=by, at=now(), draft=form.draft(subject, after))
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. Nobody is told but the unit that goes."))
            return redirect("assessments:console_inspection", made.assessment.code)
    title = _("Plan a visit")
    named: dict[str, Any] = {"title": title, "button": title, "lead": subject.name}
    back = reverse("assessments:inspection_new")
    return form_page(request, form, **named, back=back, trail=inspection_trail((title, "")))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def premises_new(request: HttpRequest) -> HttpResponse:
    """Name premises that are not known yet."""
    form = PremisesForm(posted(request))
    if form.is_valid():
        try:
            made = name_subject(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("assessments:inspection_plan", made.code)
    title = _("New premises")
    named = {"title": title, "button": _("Go on"), "back": reverse("assessments:inspection_new")}
    return form_page(request, form, **named, trail=inspection_trail((title, "")))


def inspection_of(request: HttpRequest, code: str) -> Inspection:
    """Return an inspection that whoever asks may see."""
    return get_object_or_404(inspections_seen(acting(request)), assessment__code=code)


def may_keep(by: Actor, inspection: Inspection) -> bool:
    """Say whether somebody decides about an inspection."""
    own = by.role == Role.OFFICER and by.unit == inspection.assessment.unit.name
    return own or by.role == Role.PLANNER


def inspection_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("assessments:console_inspections") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Inspections"), here), *steps]


def _chosen(sheets: list[Sheet], number: str) -> Sheet | None:
    asked = [one for one in sheets if str(one.number) == number]
    return next(iter(asked or sheets[-1:]), None)


def _unlike(found: Inspection, sheets: list[Sheet]) -> list[str]:
    """Return what two revisions say differently."""
    if len(sheets) < 2:
        return []
    form = found.assessment.edition.form
    keys = unlike(form, sheets[0].answers, sheets[-1].answers)
    texts = {one.key: said(one.text, "") for one in form.items()}
    return [texts[key] for key in keys]
