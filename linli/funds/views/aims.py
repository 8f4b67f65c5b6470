"""What a project is to change, on the console: name an indicator, say where it began, set and move its target."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.facts.models import Fact, Indicator
from linli.facts.queries import series
from linli.facts.rules.periods import Period
from linli.funds.actions import aims as actions
from linli.funds.forms.aims import CHOSEN, AimForm, BaselineForm, ChooseForm, MoveForm
from linli.funds.models import Aim, Project
from linli.funds.queries.aims import measured
from linli.funds.schemas.attested_words import aim as told_aim
from linli.funds.views.attest import project_of, project_trail
from linli.funds.views.ways import DO, KEEPERS, form_page, posted
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

_FIELDS = {"no_words": "words", "not_an_address": "address", "no_reason": "reason"}
_FIELDS |= {"below_nought": "value", "period_kept": "value", "already_set": "baseline"}


@private
@require_safe
@staff_only(*KEEPERS)
def aim_new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask by which indicator."""
    project = _kept_project(request, code)
    form = ChooseForm(request.GET if "indicator" in request.GET else None)
    if form.is_valid():
        return redirect("funds:aim_name", code, form.cleaned_data["indicator"].code)
    trail = project_trail(project, (_("Name an indicator"), ""))
    context = {"form": form, "trail": trail}
    return render(request, "funds/aim_choose.html", context, status=422 if form.is_bound else 200)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def aim_name(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Ask which way it is to go, where it began and what is aimed at."""
    project = _kept_project(request, code)
    measured_by = get_object_or_404(CHOSEN, code=indicator)
    form = AimForm(posted(request), indicator=measured_by, facts=_facts(project, measured_by))
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("sense", "baseline", "target")}
        try:
            actions.name_aim(
                by=acting(request), at=now(), project=project, indicator=measured_by, **given
            )
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Named: what comes of it will be measured by it."))
            return redirect("funds:attest_project", code)
    return _page(request, form, project, title=measured_by.shown_name, button=_("Name it"))


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def aim(request: HttpRequest, code: str, aim: str) -> HttpResponse:
    """Show an aim; set its baseline, set or move its target."""
    project = _kept_project(request, code)
    found = get_object_or_404(project.aims.select_related("indicator"), code=aim)
    known = next(one for one in measured([project]) if one.aim.pk == found.pk)
    sent = posted(request)
    begins = sent if sent and "baseline" in sent else None
    baseline = BaselineForm(begins, facts=_facts(project, found.indicator))
    days = Period(known.target.period_from, known.target.period_until) if known.target else None
    target = MoveForm(None if begins else sent, indicator=found.indicator, days=days)
    if _kept(request, found, baseline if begins else target):
        return redirect("funds:attest_project", code)
    context = {
        "project": project,
        "aims": [told_aim(known)],
        "baseline": None if found.baseline_id else baseline,
        "target": target,
        "moves": days is not None,
        "trail": project_trail(project, (found.indicator.shown_name, "")),
    }
    return render(request, "funds/aim.html", context, status=200 if sent is None else 422)


def _kept(request: HttpRequest, found: Aim, form: BaselineForm | MoveForm) -> bool:
    """Do what a valid form says; say on the form why not."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if isinstance(form, BaselineForm):
            actions.set_baseline(by=acting(request), at=now(), aim=found, fact=given["baseline"])
        else:
            reason = given.get("reason", "")
            actions.set_target(
                by=acting(request), at=now(), aim=found, target=given["target"], reason=reason
            )
    except Refused as refused:
        on_form(form, refused, _FIELDS.get(refused.code))
        return False
    messages.success(request, _("Kept."))
    return True


def _kept_project(request: HttpRequest, code: str) -> Project:
    """Return the project, to who keeps it: what it is to change is the giving side's to name."""
    project, by = project_of(request, code), acting(request)
    if by.role == Role.OFFICER and by.unit != project.unit.name:
        raise Http404
    return project


def _facts(project: Project, indicator: Indicator) -> QuerySet[Fact]:
    """Return what is known of an indicator at the place receiving."""
    return series(indicator, area=project.receiving).select_related("indicator")


def _page(
    request: HttpRequest, form: AimForm, project: Project, *, title: str, button: str
) -> HttpResponse:
    back = reverse("funds:attest_project", args=[project.code])
    trail = project_trail(project, (title, ""))
    return form_page(
        request, form, title=title, button=button, back=back, trail=trail, project=project
    )
