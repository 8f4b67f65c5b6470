"""Rounds on the console: planned, opened, stage by stage, closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import rounds as actions
from linli.assessments.actions.advancing import advance
from linli.assessments.forms.round_filters import CandidatesForm
from linli.assessments.forms.schemes import RoundForm
from linli.assessments.models import Round
from linli.assessments.queries.advancing import by_stage, fates, mark_of
from linli.assessments.queries.round_lists import candidates, keeps, oversees, stage_days
from linli.assessments.queries.stage_words import HINDRANCES, LAMPS, STAGES, level_name
from linli.assessments.rules.leaving import MOVED, counted
from linli.assessments.views.schemes import kept_scheme, scheme_trail
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 50


@require_http_methods(DO)
@staff_only(*KEEPERS)
def round_new(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a round."""
    scheme = kept_scheme(request, code)
    form = RoundForm(posted(request))
    if form.is_valid():
        try:
            made = actions.plan_round(
                by=acting(request), at=now(), scheme=scheme, draft=form.draft()
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. Look at it once more, then open it."))
            return redirect("assessments:console_round", made.code)
    title, template = _("A new round"), "assessments/round_form.html"
    back = reverse("assessments:console_scheme", args=[code])
    named = {"title": title, "button": _("Plan it"), "back": back, "template": template}
    return form_page(request, form, **named, trail=scheme_trail(scheme, (title, "")))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def round_amend(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a round otherwise."""
    found = kept_round(request, code)
    form = RoundForm(posted(request), of=found)
    if form.is_valid():
        try:
            actions.amend_round(by=acting(request), at=now(), round=found, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("assessments:console_round", code)
    title, back = _("Amend the round"), reverse("assessments:console_round", args=[code])
    template = "assessments/round_form.html"
    named = {"title": title, "button": _("Keep the changes"), "back": back, "template": template}
    return form_page(request, form, **named, trail=round_trail(found, (title, "")))


@require_safe
@staff_only(*READERS)
def console_round(request: HttpRequest, code: str) -> HttpResponse:
    """Show one round: its stages with their days, and its candidates."""
    found, by, today = round_of(request, code), acting(request), localdate(now())
    form = CandidatesForm(request.GET, of=found)
    listed = candidates(found, **form.asked)
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    levels = found.scheme.levels
    numbers = by_stage(found)
    context = {
        "round": found,
        "stages": [(one, STAGES[one.stage]) for one in stage_days(found, numbers, today)],
        "ends": [(STAGES[one], n) for one, n in numbers.items() if one not in found.days],
        "weights": [(STAGES[source], weight) for source, weight in found.weights.items()],
        "rows": [
            (one, LAMPS[one.stage], level_name(levels, one.level), (today - localdate(one.stage_since)).days)
            for one in page.object_list
        ],
        "page": page,
        "form": form,
        "filtered": form.narrowed,
        "address": reverse("assessments:console_round", args=[code]),
        "keeps": keeps(by, found.scheme),
        "oversees": oversees(by, found),
        "applies": by.role in KEEPERS and found.opened_at and not found.closed_at,
        "moved": MOVED,
        "trail": round_trail(found),
    }  # fmt: skip
    return render(request, "assessments/round_console.html", context)


@require_POST
@staff_only(*KEEPERS)
def round_open(request: HttpRequest, code: str) -> HttpResponse:
    """Open a round."""
    found = kept_round(request, code)
    return told(
        request,
        lambda: actions.open_round(by=acting(request), at=now(), round=found),
        _("Open. Units may apply, and its terms stand from now on."),
        reverse("assessments:console_round", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def round_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a round."""
    found = kept_round(request, code)
    return told(
        request,
        lambda: actions.close_round(by=acting(request), at=now(), round=found),
        _("Closed. What was named stands."),
        reverse("assessments:console_round", args=[code]),
    )


@require_http_methods(DO)
@staff_only(*KEEPERS)
def round_advance(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    """Tell what becomes of each candidate of a stage, then move them on."""
    found = kept_round(request, code)
    if stage not in MOVED or stage not in found.days or found.opened_at is None:
        raise Http404
    here, status = reverse("assessments:console_round", args=[code]), 200
    if request.method == "POST":
        mark = request.POST.get("told", "")[:64] or "-"
        try:
            done = advance(by=acting(request), at=now(), round=found, stage=stage, told=mark)
        except Refused as refused:
            messages.error(request, str(refused.sentence))
            status = 422
        else:
            going = sum(not one.why for one in done)
            messages.success(request, _("Moved on: %(number)s.") % {"number": going})
            return redirect(here)
    told_of = fates(found, stage, localdate(now()))
    numbers = counted([one.why for one in told_of])
    context = {
        "round": found,
        "stage": STAGES[stage],
        "to": STAGES[told_of[0].to] if told_of else "",
        "going": numbers.pop("", 0),
        "staying": [(HINDRANCES[why], number) for why, number in numbers.items()],
        "rows": [(one, HINDRANCES.get(one.why, "")) for one in told_of],
        "mark": mark_of(told_of),
        "back": here,
        "trail": round_trail(found, (_("Move on"), "")),
    }
    return render(request, "assessments/round_advance.html", context, status=status)


def round_of(request: HttpRequest, code: str) -> Round:
    """Return the round that an address names; one that is only planned to whoever keeps it or supervises."""
    rounds = Round.objects.select_related("scheme__unit", "scheme__area", "edition__instrument")
    found = get_object_or_404(rounds, code=code)
    if found.opened_at is None and not oversees(acting(request), found):
        raise Http404
    return found


def kept_round(request: HttpRequest, code: str) -> Round:
    """Return the round that an address names, if whoever asks keeps it."""
    found = round_of(request, code)
    if not keeps(acting(request), found.scheme):
        raise Http404
    return found


def round_trail(of: Round, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through a round."""
    here = reverse("assessments:console_round", args=[of.code]) if steps else ""
    return scheme_trail(of.scheme, (str(of.year), here), *steps)
