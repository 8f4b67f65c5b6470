"""Who checks whom in a round: the list as it stands, the draw, what was drawn. Never for who takes part."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.assessments.actions import draws as actions
from linli.assessments.forms.draws import ChecksForm
from linli.assessments.models import Draw, Round
from linli.assessments.queries.draw_lists import checks_now
from linli.assessments.queries.draw_words import STATES, checks_of, prospect, state_of
from linli.assessments.queries.round_lists import keeps, oversees
from linli.assessments.queries.stage_words import STAGES
from linli.assessments.rules.assigning import Checks
from linli.assessments.views.rounds import round_of, round_trail
from linli.assessments.views.ways import DO, KEEPERS, READERS, posted
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

ROWS = 100


@private
@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Show who checks whom in a stage of a round, or have it drawn."""
    by, of, at = acting(request), round_of(request, code), now()
    stages = [one for one in ("cross", "site") if one in of.days]
    if not oversees(by, of) or not stages:
        raise Http404
    asked = request.GET.get("stage", "")
    stage = asked if asked in stages else stages[0]
    form = ChecksForm(posted(request), stage=stage)
    if form.is_valid():
        try:
            actions.plan_checks(by=by, at=at, round=of, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. The hash of the seed is told; the clock draws."))
            return redirect(f"{request.path}?stage={stage}")
    draw = of.draws.filter(stage=stage, withdrawn_at=None).first()
    context = {
        "round": of,
        "stage": STAGES[stage],
        "stages": [(one, STAGES[one], one == stage) for one in stages],
        "draw": draw,
        "form": form,
        "keeps": keeps(by, of.scheme),
        "trail": round_trail(of, (_("Who checks whom"), "")),
    } | (_drawn(request, draw) if draw else {})
    if (draw is None and stage == "cross") or (draw and draw.closed_at is None):
        context["list"] = prospect(_list(of, stage, form, draw))
    return render(request, "assessments/assign.html", context, status=422 if form.errors else 200)


def _list(of: Round, stage: str, form: ChecksForm, draw: Draw | None) -> Checks:
    if draw is not None:
        return checks_now(of, stage, draw.terms["each"], draw.terms["pool"])
    given = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    pool = [unit.code for unit in given.get("pool", ())]
    return checks_now(of, stage, given.get("each") or 2, pool)


def _drawn(request: HttpRequest, draw: Draw) -> dict[str, object]:
    rows = checks_of(draw)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return {
        "lamp": STATES[state_of(draw, now())],
        "page": page,
        "missing": sum(one.given is None for one in rows),
    }
