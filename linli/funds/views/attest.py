"""What two sides say, on the console: the list with what needs attention first, and one project with its deeds."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, shown
from linli.funds.actions import attesting as actions
from linli.funds.forms.attesting import CorrectForm, SayForm
from linli.funds.models import Attestation, Project
from linli.funds.rules import attesting as rule
from linli.funds.schemas.attested_words import STATES, figure, in_order, row, told_of
from linli.funds.views.ways import DO, KEEPERS, READERS, form_page, posted, trail, ways
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

ROWS = 25
_FIELDS = {"no_words": "words", "no_amount": "value", "not_an_address": "address"}
_FIELDS |= {"below_nought": "value", "no_reason": "reason", "unknown_period": "period"}


@private
@require_safe
@staff_only(*READERS)
def console_attested(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    projects = Project.objects.visible_to(by).filter(attestations__isnull=False).distinct()
    every = in_order(projects.select_related("unit", "receiver"))
    counts, state = Counter(one.state for one in every), request.GET.get("state", "")
    tabs: list[tuple[str, Words, int]] = [("", _("All"), len(every))]
    tabs += [(one, words, counts[one]) for one, (_tag, words) in STATES.items()]
    found = [one for one in every if state in {"", one.state}]
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [row(one) for one in page.object_list],
        "tabs": [one for one in tabs if one[2] or one[0] in {"", state}],
        "state": state,
        "ways": ways(),
    }
    return render(request, "funds/attest_list.html", context)


@private
@require_safe
@staff_only(*READERS)
def console_project(request: HttpRequest, code: str) -> HttpResponse:
    by, project = acting(request), project_of(request, code)
    speaks = "both" if by.role == Role.PLANNER else side_of(by, project)
    context = told_of(project)
    for one in context["attested"]:
        one["answer"] = _way_to_answer(project, one, speaks)
    context |= {
        "project": project,
        "speaks": speaks,
        "keeps": speaks in {"both", rule.GIVER},
        "trail": project_trail(project),
    }
    return render(request, "funds/attest_project.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def say(request: HttpRequest, code: str) -> HttpResponse:
    by, project = acting(request), project_of(request, code)
    form = SayForm(
        posted(request), indicators=_indicators(project), side=side_of(by, project),
        given=_answered(project, request.GET.get("of", "")),
    )  # fmt: skip
    if form.is_valid():
        side = form.speaks_for or form.cleaned_data["side"]
        try:
            actions.state(
                by=by, at=now(), project=project, side=side, matter=form.matter(), said=form.said()
            )
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Your side has said so."))
            return redirect("funds:attest_project", code)
    title = _("State what your side says")
    return form_page(request, form, **_around(project, title, _("State it")))


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def correct(request: HttpRequest, code: str, said: str) -> HttpResponse:
    project = project_of(request, code)
    mine = project.attestations.select_related("indicator", "project", "fact")
    if side := side_of(acting(request), project):
        mine = mine.filter(side=side)
    found = get_object_or_404(mine, code=said, superseded_by=None)
    form = CorrectForm(posted(request), attestation=found)
    if form.is_valid():
        try:
            actions.correct(
                by=acting(request), at=now(), attestation=found, said=form.said(),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Corrected. What was said before stays on record."))
            return redirect("funds:attest_project", code)
    title = _("Correct what your side says")
    period = shown(Period(found.period_from, found.period_until)).replace("/", "–")
    lead = f"{_what(found)} · {period} · {figure(found, found.fact)}"
    return form_page(request, form, lead=lead, **_around(project, title, _("Correct it")))


def project_of(request: HttpRequest, code: str) -> Project:
    """Return the project that an address names, if whoever asks works with it."""
    projects = Project.objects.visible_to(acting(request))
    of = ("unit", "receiver", "giving", "receiving", "programme")
    return get_object_or_404(projects.select_related(*of), code=code)


def side_of(by: Actor, project: Project) -> str:
    """Return for which side somebody speaks: an officer for the own unit's; "" for who speaks for none, or either."""
    if by.role != Role.OFFICER:
        return ""
    if by.unit == project.unit.name:
        return rule.GIVER
    return rule.RECEIVER if project.receiver and by.unit == project.receiver.name else ""


def project_trail(project: Project, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through what both sides of a project say."""
    here = reverse("funds:attest_project", args=[project.code]) if steps else ""
    first = (_("What two sides say"), reverse("funds:console_attested"))
    return trail(first, (project.name, here), *steps)


def _way_to_answer(project: Project, one: dict[str, Any], speaks: str) -> str:
    """Return where who speaks for the side that is silent says the same of the same, or something else."""
    for silent, heard in rule.OTHER.items():
        if one[silent] is None and speaks in {"both", silent}:
            said = one[heard]["attestation"].code
            return f"{reverse('funds:attest_say', args=[project.code])}?of={said}"
    return ""


def _around(project: Project, title: str, button: str) -> dict[str, Any]:
    back = reverse("funds:attest_project", args=[project.code])
    return {
        "title": title, "button": button, "back": back,
        "trail": project_trail(project, (title, "")),
    }  # fmt: skip


def _indicators(project: Project) -> list[Indicator]:
    """Return what the project aims at, and what a side has spoken of."""
    found = Indicator.objects.filter(aims__project=project)
    found |= Indicator.objects.filter(attestations__project=project)
    return list(found.filter(official_only=False).distinct())


def _answered(project: Project, code: str) -> dict[str, str]:
    """Return what the other side has spoken of, for who answers it."""
    if not code:
        return {}
    found = project.attestations.select_related("indicator").filter(code=code).first()
    if found is None:
        raise Http404
    period = shown(Period(found.period_from, found.period_until))
    what = found.indicator.code if found.indicator else found.matter
    return {"what": what, "period": period, "side": rule.OTHER[found.side]}


def _what(found: Attestation) -> Words:
    return found.indicator.shown_name if found.indicator else found.get_matter_display()
