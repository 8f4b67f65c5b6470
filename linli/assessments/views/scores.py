"""The scores of a round: computed, listed, and how far assessors agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.assessments.actions.scores import Scored, score_round
from linli.assessments.models import Round
from linli.assessments.queries.agreement import agreement_of
from linli.assessments.queries.round_lists import keeps, oversees
from linli.assessments.queries.score_lists import Listed, listed
from linli.assessments.queries.scores import standing
from linli.assessments.queries.stage_words import LAMPS, SOURCES, level_name, percent
from linli.assessments.rules import reliability as rule
from linli.assessments.rules.instruments import said
from linli.assessments.rules.stages import SCORE
from linli.assessments.rules.stages import SOURCES as ORDER
from linli.assessments.views.rounds import kept_round, round_of, round_trail
from linli.assessments.views.ways import KEEPERS, READERS
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words

ROWS = 50
AGREEMENT: dict[str, tuple[str, Words]] = {
    rule.GOOD: ("done", gettext_lazy("they agree")),
    rule.FAIR: ("soon", gettext_lazy("with caution")),
    rule.POOR: ("late", gettext_lazy("they disagree")),
    rule.UNKNOWN: ("plain", gettext_lazy("cannot be told")),
}


@require_safe
@staff_only(*READERS)
def scores(request: HttpRequest, code: str) -> HttpResponse:
    """List the candidates of a round by their scores, each with what it was made of."""
    found = overseen_round(request, code)
    everyone, agreed = standing(found), agreement_of(found)
    page = Paginator(everyone, ROWS).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "page": page,
        "sources": [(SOURCES[one], found.weights[one]) for one in ORDER if one in found.weights],
        "rows": [_row(found, one, agreed.shares) for one in listed(found, list(page))],
        "agreement": agreed.round.whole,
        "word": AGREEMENT[agreed.round.whole.word],
        "waiting": sum(one.candidacy.stage == SCORE and not one.score for one in everyone),
        "due": any(one.candidacy.stage == SCORE for one in everyone),
        "scored": sum(one.score is not None for one in everyone),
        "keeps": keeps(acting(request), found.scheme),
        "trail": round_trail(found, (_("Scores"), "")),
    }
    return render(request, "assessments/scores.html", context)


@require_safe
@staff_only(*READERS)
def scores_agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far assessors agree on each item, the worst first."""
    found = overseen_round(request, code)
    told, language = agreement_of(found).round, get_language() or ""
    items = {one.key: one for one in found.edition.form.items()}
    order = sorted(told.items.items(), key=lambda pair: (pair[1].alpha is None, pair[1].alpha or 0))
    context = {
        "round": found,
        "whole": told.whole,
        "word": AGREEMENT[told.whole.word],
        "rows": [(said(items[key].text, language), one, AGREEMENT[one.word]) for key, one in order],
        "trail": round_trail(found, (_("Agreement"), "")),
    }
    return render(request, "assessments/scores_agreement.html", context)


@require_POST
@staff_only(*KEEPERS)
def scores_compute(request: HttpRequest, code: str) -> HttpResponse:
    """Compute the scores of all whose time it is."""
    found = kept_round(request, code)
    done = score_round(by=acting(request), at=now(), round=found)
    for say, words in _said(done):
        say(request, words)
    return redirect("assessments:scores", code)


def overseen_round(request: HttpRequest, code: str) -> Round:
    """Return the round that an address names, if whoever asks keeps it or supervises."""
    found = round_of(request, code)
    if not oversees(acting(request), found):
        raise Http404
    return found


def _row(of: Round, one: Listed, twice: Mapping[int, Sequence[tuple[int, ...]]]) -> dict[str, Any]:
    candidacy, score = one.standing.candidacy, one.standing.score
    levels = of.scheme.levels
    return {
        "one": one,
        "candidacy": candidacy,
        "place": one.standing.place,
        "share": percent(score.share) if score else "",
        "means": ["" if mean is None else percent(mean) for mean in one.means],
        "level": level_name(levels, score.level) if score else "",
        "wanted": level_name(levels, candidacy.level),
        "twice": [" · ".join(map(percent, shares)) for shares in twice.get(candidacy.pk, ())],
        "lamp": LAMPS[candidacy.stage],
    }


def _said(done: Scored) -> list[tuple[Any, str]]:
    """Return what is to be told of a computation, each with how."""
    told = [
        (
            messages.success,
            ngettext("%(n)d score computed.", "%(n)d scores computed.", n) % {"n": n},
        )
        for n in [len(done.made)]
    ]
    if n := len(done.same):
        same = ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", n)
        told.append((messages.info, same % {"n": n}))
    if n := len(done.silent):
        silent = ngettext("Of %(n)d nobody said anything.", "Of %(n)d nobody said anything.", n)
        told.append((messages.warning, silent % {"n": n}))
    if done.own:
        own = _("Your own unit's score is computed by somebody else.")
        told.append((messages.warning, own))
    return told
