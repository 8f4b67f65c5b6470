"""Polls for everybody: which run, what they ask, who hands slips out, and the result when it is told."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.models import Poll
from linli.assessments.queries import polls as found
from linli.kernel.clock import now
from linli.kernel.text import Words

PER_PAGE, MATTERS_PER_PAGE = 20, 50


@require_safe
def polls(request: HttpRequest) -> HttpResponse:
    """List the polls that may be answered, and those that are over."""
    today = localdate(now())
    running, over = found.listed_polls(today)
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    context = {"running": running, "page": page, "today": today, "trail": trail()}
    return render(request, "assessments/polls.html", context)


@require_safe
def poll(request: HttpRequest, code: str) -> HttpResponse:
    """Show one poll: what it asks, until when, where slips are; when it is told, what was said."""
    shown = get_object_or_404(found.SET, code=code, opened_at__isnull=False)
    form = shown.form
    language = found.tongue(form, get_language() or "")
    context = {
        "poll": shown,
        "asked": list(found.asked_in(form, language)),
        "tongue": language,
        "runs": answerable(shown),
        "units": found.where_handed_out(shown),
        "part": found.taking_part(shown) if shown.state == "open" else None,
        "trail": trail((shown.title, "")),
    }
    if shown.released_at:
        context |= _result(request, shown, language)
    return render(request, "assessments/poll.html", context)


def _result(request: HttpRequest, shown: Poll, language: str) -> dict[str, object]:
    matters = found.matters_told(shown)
    asked = request.GET.get("matter", "")
    one = next((each for each in matters if str(each[0].number) == asked), None)
    if one is None and len(matters) == 1:
        one = matters[0]
    return {
        "matters": Paginator(matters, MATTERS_PER_PAGE).get_page(request.GET.get("page")),
        "one": one[0] if one else None,
        "share": one[1] / 100 if one and one[1] is not None else None,
        "told": found.result_of(one[0], shown.form, language) if one else [],
        "alone": len(matters) == 1,
    }


def answerable(poll: Poll) -> bool:
    """Say whether a poll may be answered today."""
    return poll.state == "open" and localdate(now()) <= poll.until


def trail(*more: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here."""
    here = reverse("assessments:polls") if more else ""
    return [(_("Home"), reverse("portal:home")), (_("Polls"), here), *more]
