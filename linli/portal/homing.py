"""The way in: what one would like to do, what is open at this moment, what is new, and how far promises have come."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.atlas.models import Release
from linli.atlas.schemas.release_words import period
from linli.directory.queries.open_now import open_now
from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.portal.cards import doing_cards, knowing_cards
from linli.portal.chain import LIMITS, PLACES, STEPS
from linli.portal.counted import PROVEN, counted, standing_home
from linli.reports.models import Report
from linli.trace.models import Recall
from linli.trace.queries.recalls import public_recalls
from linli.trace.views.recall_words import called
from linli.ui.kept import kept_while

NEW = 3  # of each kind


class News(NamedTuple):
    """One thing that is new, and its page."""

    title: Words
    beside: Words
    address: str


@require_safe
@kept_while(standing_home)
def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do, and say what this is."""
    at, counts = now(), counted()
    reports = {one.area: one for one in _reports()}
    context = {
        "doing": doing_cards(),
        "knowing": knowing_cards(),
        "open": len(open_now(at).places),
        "recalls": _recalls(),
        "figures": _figures(),
        "news": [
            News(one.title, one.printed_on.isoformat() if one.printed_on else "", _reading(one))
            for one in list(reports.values())[:NEW]
        ],
        "steps": [(step, counts[step.counts].number if step.counts else None) for step in STEPS],
        "promised": counts["promises"].number,
        "proven": counts[PROVEN].number,
        "places": [
            (one, _reading(reports[one.code]) if one.code in reports else "") for one in PLACES
        ],
        "limits": LIMITS,
    }
    return render(request, "portal/home.html", context)


def _reports() -> list[Report]:
    """Return the newest published report of each place, the newest first; of the hundred published last."""
    newest = Report.objects.published().defer("reading").order_by("-published_at", "-pk")[:100]
    first: dict[str, Report] = {}
    for one in newest:
        first.setdefault(one.area or one.code, one)
    return list(first.values())


def _reading(report: Report) -> str:
    return reverse("reports:public_reading", args=[report.code])


def _figures() -> list[News]:
    found = Release.objects.released().select_related("product__scope")
    return [
        News(one.product.shown_name, period(one), reverse("atlas:release", args=[one.code]))
        for one in found.order_by("-decided_at", "-pk")[:NEW]
    ]


def _recalls() -> list[News]:
    running = public_recalls().filter(state=Recall.RUNNING)[:NEW]
    return [News(called(one.lot), "", reverse("trace:recall", args=[one.code])) for one in running]
