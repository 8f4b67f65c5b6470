"""One candidate for everybody: where it stands, what was told of it, what it says, what was objected and decided."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.models import Candidacy, Notice
from linli.assessments.queries.agreement import agreement_of
from linli.assessments.queries.notice_words import AGREEMENT, AWARDS
from linli.assessments.queries.notices import told_results
from linli.assessments.queries.round_lists import stays
from linli.assessments.queries.stage_words import LAMPS, STAGES, level_name, percent
from linli.assessments.queries.told_results import told_of
from linli.assessments.rules import stages
from linli.kernel.clock import now
from linli.kernel.text import Words

ROWS = 100


@require_safe
def candidacy(request: HttpRequest, code: str) -> HttpResponse:
    """Show one candidate."""
    at, one = now(), public_candidacy(code)
    today, levels = localdate(at), one.round.scheme.levels
    told = told_of(one, today, get_language() or "")
    runs = bool(told) and one.stage == stages.NOTICE and at < told[0].result.notice.closes_at
    award = getattr(one, "award", None)
    context = {
        "one": one,
        "lamp": LAMPS[one.stage],
        "level": level_name(levels, one.level),
        "told": told,
        "runs": runs,
        "agreement": _agreement(one) if told else None,
        "award": award,
        "award_lamp": AWARDS[award.state] if award else None,
        "way": [
            (stay, STAGES[stay.step.to]) for stay in stays(list(one.steps.order_by("id")), today)
        ],
        "trail": public_trail(one),
    }
    return render(request, "assessments/candidacy.html", context)


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """Show the results that were told together, with how far the assessors agree, and until when one may object."""
    rows = Notice.objects.select_related("round__scheme__unit", "round__edition")
    found = get_object_or_404(rows, code=code)
    levels = found.round.scheme.levels
    agreed = agreement_of(found.round).round.whole
    page = Paginator(told_results(found), ROWS).get_page(request.GET.get("page"))
    context = {
        "notice": found,
        "page": page,
        "round": found.round,
        "runs": now() < found.closes_at,
        "agreement": (agreed, AGREEMENT[agreed.word]),
        "rows": [
            {
                "result": one,
                "one": one.candidacy,
                "share": percent(one.score.share),
                "level": level_name(levels, one.score.level) if one.score.level else "",
                "lamp": LAMPS[one.candidacy.stage],
            }
            for one in page.object_list
        ],
        "trail": [*_to_round(found), (_("Public notice"), "")],
    }
    return render(request, "assessments/notice.html", context)


def public_candidacy(code: str) -> Candidacy:
    """Return a candidate that the public sees; 404 for every other."""
    rows = Candidacy.objects.select_related(
        "subject__unit", "subject__area", "category", "award",
        "round__scheme__unit", "round__edition__instrument",
    )  # fmt: skip
    return get_object_or_404(rows, code=code, round__opened_at__isnull=False)


def public_trail(one: Candidacy, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through the round and the candidate."""
    here = reverse("assessments:candidacy", args=[one.code]) if steps else ""
    return [*_to_round(one), (one.subject.name, here), *steps]


def _to_round(of: Candidacy | Notice) -> list[tuple[Words, str]]:
    scheme, round_ = of.round.scheme, of.round
    return [
        (_("Home"), reverse("portal:home")),
        (scheme.name, reverse("assessments:scheme", args=[scheme.code])),
        (str(round_.year), reverse("assessments:round", args=[round_.code])),
    ]


def _agreement(one: Candidacy) -> tuple[object, tuple[str, Words], list[list[str]]]:
    """Return how far the assessors of the round agree, and what the two said who assessed this one blindly."""
    agreed = agreement_of(one.round)
    twice = [[percent(share) for share in shares] for shares in agreed.shares.get(one.pk, [])]
    return agreed.round.whole, AGREEMENT[agreed.round.whole.word], twice
