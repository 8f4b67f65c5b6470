"""Draws of premises and inspectors on the console: the list, a new one, one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import draws as actions
from linli.assessments.forms.draws import SitesForm
from linli.assessments.models import Draw
from linli.assessments.queries.draw_lists import sites_now
from linli.assessments.queries.draw_words import STATES, state_of, visits_of
from linli.assessments.queries.draws import listed_draws, sees
from linli.assessments.rules.sites import read, too_few
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, told
from linli.directory.models import Area
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

ROWS = 50


@private
@require_safe
@staff_only(*READERS)
def site_draws(request: HttpRequest) -> HttpResponse:
    """List all draws of premises and inspectors."""
    page = Paginator(listed_draws(Draw.SITES), ROWS).get_page(request.GET.get("page"))
    rows = [(one, STATES[state_of(one, now())]) for one in page.object_list]
    keeps = acting(request).role in KEEPERS
    context = {"rows": rows, "page": page, "keeps": keeps, "trail": _trail()}
    return render(request, "assessments/site_draws.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def site_draw_new(request: HttpRequest) -> HttpResponse:
    """Plan a draw."""
    by = acting(request)
    form = SitesForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.plan_sites(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. The hash of the seed is told; the clock draws."))
            return redirect("assessments:site_draw", made.code)
    title = _("A new draw")
    named = {"title": title, "button": _("Plan it"), "back": reverse("assessments:site_draws")}
    template = "assessments/site_draw_new.html"
    return form_page(request, form, **named, template=template, trail=_trail((title, "")))


@private
@require_safe
@staff_only(*READERS)
def site_draw(request: HttpRequest, code: str) -> HttpResponse:
    """Show one draw, and what was drawn to who draws and who is sent."""
    draw, by = _draw_of(code), acting(request)
    if draw.kind != Draw.SITES or not sees(by, draw):
        raise Http404
    terms = read(draw.entries) if draw.entries else sites_now(draw)
    names = dict(
        Area.objects.filter(code__in=[one.name for one in terms.strata]).values_list("code", "name")
    )
    rows = visits_of(draw, hidden=by.unit)
    context = {
        "draw": draw,
        "lamp": STATES[state_of(draw, now())],
        "strata": [(names.get(one.name, one.name), one.take, len(one.sites)) for one in terms.strata],
        "inspectors": len(terms.inspectors),
        "lacking": len(too_few(terms)) if not draw.entries else 0,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "missing": sum(one.given is None for one in rows),
        "keeps": by.role in KEEPERS and (by.role == Role.PLANNER or by.unit == draw.unit.name),
        "trail": _trail((draw.name, "")),
    }  # fmt: skip
    return render(request, "assessments/site_draw.html", context)


@require_POST
@staff_only(*KEEPERS)
def draw_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a draw back, with the reason."""
    draw = _draw_of(code)
    back = reverse("assessments:site_draw", args=[code])
    if draw.round is not None:
        back = f"{reverse('assessments:assign', args=[draw.round.code])}?stage={draw.stage}"
    return told(
        request,
        lambda: actions.withdraw(
            by=acting(request), at=now(), draw=draw, reason=request.POST.get("reason", "")
        ),
        _("Taken back, in public, with your reason."),
        back,
    )


def _draw_of(code: str) -> Draw:
    draws = Draw.objects.select_related("unit", "edition__instrument", "round__scheme__unit")
    return get_object_or_404(draws, code=code)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:site_draws") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Draws for inspections"), here), *steps]
