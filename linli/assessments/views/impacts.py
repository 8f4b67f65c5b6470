"""Assessments of decisions on the console: the list, one of them with what is missing, a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import impacts as actions
from linli.assessments.actions import subjects
from linli.assessments.forms.impacts import ImpactForm, ImpactsForm, NewImpactForm
from linli.assessments.models import Impact, Ruling, Subject
from linli.assessments.queries.impact_stand import stand_of
from linli.assessments.queries.impacts import (
    asked_impacts,
    by_state,
    polls_about,
    state_of,
    whole,
)
from linli.assessments.views.impact_words import LAMPS, hazards_told, missing_of, sides
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 25


@require_safe
@staff_only(*READERS)
def console_impacts(request: HttpRequest) -> HttpResponse:
    """List what is being assessed before it is decided, with how many stand where."""
    by, at = acting(request), now()
    mine = Impact.objects.visible_to(by)
    form = ImpactsForm(request.GET, among=mine)
    page = Paginator(asked_impacts(mine, form.asked, at), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, LAMPS[state_of(one, at)]) for one in page.object_list],
        "page": page,
        "form": form,
        "states": [
            {"words": LAMPS[state][1], "value": count}
            for state, count in by_state(mine, at).items()
        ],
        "filtered": form.narrowed,
        "address": request.path,
        "keeps": by.role in KEEPERS,
        "trail": impact_trail(),
    }
    return render(request, "assessments/impacts_console.html", context)


@require_safe
@staff_only(*READERS)
def console_impact(request: HttpRequest, code: str) -> HttpResponse:
    """Show one assessment whole, and what can be done next."""
    by, at, impact = acting(request), now(), impact_of(request, code)
    found, stand = whole(impact), stand_of(impact, at)
    planner, state = by.role == Role.PLANNER, state_of(impact, at)
    open_ended = found.ruling is not None and found.ruling.outcome == Ruling.CHANGE
    context = {
        "impact": impact,
        "whole": found,
        "sides": sides(found),
        "hazards": hazards_told(found),
        "polls": polls_about(impact),
        "lamp": LAMPS[state],
        "missing": missing_of(stand) if found.ruling is None else [],
        "keeps": proposes(by, impact) and (open_ended or not impact.opened_at),
        "decides": planner and found.ruling is None,
        "names_hazards": found.ruling is None,
        "mine": [one.task for one in found.sources if one.task.unit.name == by.unit],
        "changes": open_ended,
        "trail": impact_trail((impact.subject.name, "")),
    }
    return render(request, "assessments/impact_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def impact_new(request: HttpRequest) -> HttpResponse:
    """Begin to assess a decision: of a name, of a subject that has one, or again after it was changed."""
    by = acting(request)
    asked = request.GET.get("earlier"), request.GET.get("subject")
    earlier = impact_of(request, asked[0]) if asked[0] else None
    known = get_object_or_404(Subject, code=asked[1]) if asked[1] else None
    subject = earlier.subject if earlier else known
    form = NewImpactForm(posted(request), by=by, named=subject is not None, earlier=earlier)
    if form.is_valid():
        try:
            made = _begun(by, form, subject, earlier)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Begun. Answer the questions, then ask another unit."))
            return redirect("assessments:console_impact", made.code)
    title = _("Assess a decision")
    named = {"title": subject.name if subject else title, "button": _("Begin")}
    lead = _("Before it is taken: what it does where, what may go wrong, what is done against it.")
    back = reverse("assessments:console_impacts")
    return form_page(request, form, **named, lead=lead, back=back, trail=impact_trail((title, "")))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def impact_amend(request: HttpRequest, code: str) -> HttpResponse:
    """Say it differently before it lies open."""
    impact = kept_impact(request, code)
    form = ImpactForm(posted(request), impact=impact)
    if form.is_valid():
        draft = actions.ImpactDraft(
            subject=impact.subject, edition=impact.edition, **form.cleaned_data
        )
        try:
            actions.amend_impact(by=acting(request), at=now(), impact=impact, draft=draft)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("assessments:console_impact", code)
    return deed_page(request, form, impact, title=_("Amend"), button=pgettext("impact", "Keep it"))


def impact_of(request: HttpRequest, code: str) -> Impact:
    """Return the assessment that an address names, if whoever asks works with it."""
    found = Impact.objects.visible_to(acting(request)).select_related(
        "subject__unit", "subject__area", "edition__instrument", "earlier", "later"
    )
    return get_object_or_404(found, code=code)


def kept_impact(request: HttpRequest, code: str) -> Impact:
    """Return the assessment that an address names, to who proposes it."""
    impact = impact_of(request, code)
    if not proposes(acting(request), impact):
        raise Http404
    return impact


def proposes(by: Actor, impact: Impact) -> bool:
    """Say whether somebody may work on what is proposed: a planner, or an officer of the unit."""
    unit = impact.subject.unit
    own = unit is not None and by.unit == unit.name
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and own)


def impact_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("assessments:console_impacts") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Decisions under assessment"), here), *steps]


def deed_page(
    request: HttpRequest, form: Form, impact: Impact, *, title: str, button: str
) -> HttpResponse:
    """Show the form of a deed on one assessment, on a page of its own."""
    back = reverse("assessments:console_impact", args=[impact.code])
    trail = impact_trail((impact.subject.name, back), (title, ""))
    return form_page(request, form, title=title, button=button, back=back, trail=trail)


def _begun(by: Actor, form: NewImpactForm, known: Subject | None, earlier: Impact | None) -> Impact:
    given = dict(form.cleaned_data)
    about = {name: given.pop(name) for name in ("name", "unit", "area") if name in given}
    subject = known or subjects.SubjectDraft(kind=Subject.DECISION, **about)
    draft = actions.ImpactDraft(subject=subject, earlier=earlier, **given)
    return actions.begin_impact(by=by, at=now(), draft=draft)
