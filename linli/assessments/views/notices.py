"""Results told by who keeps a round, decided by one person and confirmed by a second."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import deciding, noticing
from linli.assessments.forms.deciding import DecideForm
from linli.assessments.models import Decision
from linli.assessments.queries.agreement import agreement_of
from linli.assessments.queries.decisions import decidable, told_so_far, undecided
from linli.assessments.queries.notice_words import AGREEMENT
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.round_lists import keeps
from linli.assessments.queries.scores import standing
from linli.assessments.queries.stage_words import level_name, percent
from linli.assessments.rules.notices import highest, is_above
from linli.assessments.rules.stages import DECISION, SCORE
from linli.assessments.views.candidates import candidacy_of, candidacy_trail
from linli.assessments.views.rounds import kept_round, round_of, round_trail
from linli.assessments.views.ways import DO, KEEPERS, form_page, posted, told
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def round_notice(request: HttpRequest, code: str) -> HttpResponse:
    """Tell results in public: those who have a score, chosen one by one."""
    by, found = acting(request), kept_round(request, code)
    ready = [one for one in standing(found) if one.candidacy.stage == SCORE]
    if request.method == "POST":
        codes = set(request.POST.getlist("one"))
        chosen = [one.candidacy for one in ready if one.candidacy.code in codes]
        words = request.POST.get("words", "").replace("\0", "")[:4000]
        return told(
            request,
            lambda: noticing.tell_results(
                by=by, at=now(), round=found, candidacies=chosen, words=words
            ),
            _("Told in public: everybody may object now."),
            reverse("assessments:round_notice", args=[code]),
        )
    levels, agreed = found.scheme.levels, agreement_of(found).round.whole
    context = {
        "round": found,
        "rows": [
            (one.candidacy, percent(one.score.share), level_name(levels, one.score.level))
            for one in ready
            if one.score
        ],
        "unscored": sum(one.score is None for one in ready),
        "agreement": (agreed, AGREEMENT[agreed.word]),
        "notices": told_so_far(found),
        "now": now(),
        "trail": round_trail(found, (_("Public notice"), "")),
    }
    return render(request, "assessments/round_notice.html", context)


@private
@require_safe
@staff_only(Role.PLANNER, Role.SUPERVISOR)
def round_decisions(request: HttpRequest, code: str) -> HttpResponse:
    """Show what may be decided, what waits for a second person, and what is held by objections."""
    by, found = acting(request), round_of(request, code)
    context = {
        "round": found,
        "open": undecided(found),
        "waiting": decidable(found, by),
        "held": told_so_far(found, still_there=True),
        "decides": by.role == Role.PLANNER,
        "now": now(),
        "trail": round_trail(found, (pgettext("round", "Decisions"), "")),
    }
    return render(request, "assessments/round_decisions.html", context)


@require_POST
@staff_only(Role.PLANNER)
def round_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Decide for those chosen what they applied for and their scores reach."""
    by, found = acting(request), round_of(request, code)
    codes = request.POST.getlist("one")
    rows = found.candidacies.filter(code__in=codes).select_related("round__scheme").order_by("pk")
    chosen = list(rows)
    said = ngettext("%(n)d decided.", "%(n)d decided.", len(chosen)) % {"n": len(chosen)}
    return told(
        request,
        lambda: deciding.decide_as_scored(by=by, at=now(), candidacies=chosen),
        said,
        reverse("assessments:round_decisions", args=[found.code]),
    )


@require_POST
@staff_only(Role.PLANNER)
def round_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm decisions of another person."""
    by, found = acting(request), round_of(request, code)
    codes = request.POST.getlist("one")
    rows = Decision.objects.filter(
        result__candidacy__round=found, result__candidacy__code__in=codes,
        result__candidacy__stage=DECISION,
    )  # fmt: skip
    chosen = list(rows.select_related("result").order_by("pk"))
    said = ngettext("%(n)d confirmed.", "%(n)d confirmed.", len(chosen)) % {"n": len(chosen)}
    return told(
        request,
        lambda: deciding.confirm_all(by=by, at=now(), decisions=chosen),
        said,
        reverse("assessments:round_decisions", args=[found.code]),
    )


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def candidacy_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Decide of one candidate by itself."""
    by, one = acting(request), candidacy_of(code)
    result = newest_results([one]).get(one.pk)
    if result is None or one.stage != DECISION or not keeps(by, one.round.scheme):
        raise Http404
    levels = [level["key"] for level in one.round.scheme.levels]
    most = highest(levels, one.level, result.score.level)
    may = [
        (level["key"], level["name"])
        for level in one.round.scheme.levels
        if not is_above(levels, level["key"], most)
    ]
    form = DecideForm(posted(request), levels=may)
    back = reverse("assessments:round_decisions", args=[one.round.code])
    if form.is_valid():
        try:
            deciding.decide(by=by, at=now(), candidacy=one, **form.decided())
        except Refused as refused:
            on_form(form, refused, "reason" if refused.code == "no_reason" else None)
        else:
            messages.success(request, _("Decided. A second person confirms it."))
            return redirect(back)
    title = _("Decide on it")
    named = {"title": title, "button": title, "back": back, "lead": one.subject.name}
    return form_page(request, form, **named, trail=candidacy_trail(one, (title, "")))
