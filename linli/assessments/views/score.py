"""The score of one candidate: traced to each answer, computed, taken along, and what would lift it."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.assessments.actions import scores as actions
from linli.assessments.models import Candidacy, Score
from linli.assessments.queries.lifts import Lifted, lift_of
from linli.assessments.queries.round_lists import keeps, oversees
from linli.assessments.queries.score_lists import acts_for, means_of, outdated, told_of
from linli.assessments.queries.sheets import value_words
from linli.assessments.queries.stage_words import SOURCES, level_name, percent
from linli.assessments.queries.traces import Trace, sheets_named, trace
from linli.assessments.rules.instruments import said
from linli.assessments.rules.stages import SCORE, SELF
from linli.assessments.rules.stages import SOURCES as ORDER
from linli.assessments.views.candidates import candidacy_of, candidacy_trail
from linli.assessments.views.scores import AGREEMENT
from linli.assessments.views.ways import KEEPERS, READERS, told
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only


@require_safe
@staff_only(*READERS)
def score(request: HttpRequest, code: str) -> HttpResponse:
    """Show a score with every answer under it, source by source."""
    one, by = readable(request, code), acting(request)
    all_told = told_of(by, one)
    found = trace(one, only="" if all_told else SELF)
    last = one.scores.order_by("number").last() if all_told else None
    differing = request.GET.get("shown") == "differing"
    context = {
        "one": one,
        "round": one.round,
        "trace": found,
        "sections": _sections(found, only_differing=differing),
        "differing": differing,
        "width": len(found.columns) + 1 + all_told,
        "all_told": all_told,
        "score": last,
        "lift": acts_for(by, one) or all_told,
        "keeps": keeps(by, one.round.scheme) and one.stage == SCORE,
        "trail": candidacy_trail(one, (_("Score"), "")),
    } | (_shown(one, last) if last else {})
    return render(request, "assessments/score.html", context)


@require_POST
@staff_only(*KEEPERS)
def score_compute(request: HttpRequest, code: str) -> HttpResponse:
    """Compute the score of one candidate."""
    one, by = candidacy_of(code), acting(request)
    if not keeps(by, one.round.scheme):
        raise Http404
    return told(
        request,
        lambda: actions.score(by=by, at=now(), candidacy=one),
        _("Computed."),
        reverse("assessments:score", args=[code]),
    )


@require_safe
@staff_only(*READERS)
def score_record(request: HttpRequest, code: str) -> HttpResponse:
    """Give the score that holds with all that it was made of: whoever holds the edition computes it again."""
    one = candidacy_of(code)
    last = one.scores.order_by("number").last()
    if last is None or not told_of(acting(request), one):
        raise Http404
    record = json.loads(last.record)
    sheets = [
        {"task": sheet.assessment.code, "number": sheet.number, "answers": sheet.answers}
        for sheet in sheets_named(one, record)
    ]
    return JsonResponse({"record": record, "digest": last.digest, "sheets": sheets})


@require_safe
@staff_only(*READERS)
def lift(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would lift a candidate."""
    one, by = readable(request, code), acting(request)
    all_told = told_of(by, one)
    found = lift_of(one, all_sources=all_told)
    context = {
        "one": one,
        "round": one.round,
        "all_told": all_told,
        "lifted": found,
        "trail": candidacy_trail(one, (_("What would lift it"), "")),
    } | (_lifted(one, found) if found else {})
    return render(request, "assessments/lift.html", context)


def readable(request: HttpRequest, code: str) -> Candidacy:
    """Return the candidate that an address names, if whoever asks keeps its scheme, supervises, or acts for it."""
    one, by = candidacy_of(code), acting(request)
    if not (oversees(by, one.round) or acts_for(by, one)):
        raise Http404
    return one


def _shown(one: Candidacy, last: Score) -> dict[str, Any]:
    """Return what a score says, in words."""
    record, levels = json.loads(last.record), one.round.scheme.levels
    means, texts = means_of(record), _texts(one)
    return {
        "share": percent(last.share),
        "level": level_name(levels, last.level),
        "wanted": level_name(levels, one.level),
        "means": [
            (SOURCES[source], one.round.weights[source], percent(means[source]) if source in means else "")
            for source in ORDER
            if source in one.round.weights
        ],
        "vetoes": [texts[key] for key in record["result"]["vetoes"]],
        "outdated": last.candidacy_id in outdated(one.round, [one], {one.pk: last}),
    }  # fmt: skip


def _sections(found: Trace, *, only_differing: bool) -> list[tuple[str, list[Any]]]:
    """Return the rows to show, section by section: all, or those on which sources differ."""
    told = [
        (
            title,
            [
                (row, AGREEMENT[row.agreement.word] if row.agreement else None)
                for row in rows
                if row.differs or not only_differing
            ],
        )
        for title, rows in found.sections
    ]
    return [(title, rows) for title, rows in told if rows]


def _lifted(one: Candidacy, found: Lifted) -> dict[str, Any]:
    """Return what would lift a candidate, in words."""
    texts, levels, said_so = _texts(one), one.round.scheme.levels, found.lifting
    items = {item.key: item for item in one.round.edition.form.items()}
    return {
        "now": percent(said_so.now.share),
        "level": level_name(levels, said_so.now.level),
        "filed_share": percent(said_so.with_filed.share),
        "filed_level": level_name(levels, said_so.with_filed.level),
        "filed": [(texts[key], fact) for key, fact in found.facts.items()],
        "lifts": [
            (level_name(levels, way.level.key), percent(way.level.at), way,
             None if way.items is None else [(texts[key], found.evidence.get(key, 0)) for key in way.items])
            for way in said_so.lifts
        ],
        "singles": [
            (texts[way.item], percent(way.share), level_name(levels, way.level), value_words(items[way.item], way.least or None), found.evidence.get(way.item, 0))
            for way in said_so.singles
        ],
    }  # fmt: skip


def _texts(one: Candidacy) -> dict[str, str]:
    """Return what each item asks, in the reader's language."""
    language = get_language() or ""
    return {item.key: said(item.text, language) for item in one.round.edition.form.items()}
