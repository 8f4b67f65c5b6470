"""Recalls for everybody: the list, the page of one, its notice to print. No drill is ever among them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from linli.kernel.text import Words
from linli.trace.models import RecallReach
from linli.trace.queries.recall_lists import reached
from linli.trace.queries.recalls import public_recalls
from linli.trace.views.recall_words import STATES, called, notices

ROWS = 20


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """List recalls, the newest first."""
    page = Paginator(public_recalls(), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, STATES[one.state], called(one.lot)) for one in page.object_list],
        "page": page,
        "trail": _trail(),
    }
    return render(request, "trace/recalls.html", context)


@require_safe
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """Show one recall: what not to eat, why, and all that was made of it."""
    found = get_object_or_404(public_recalls(), code=code)
    context = {
        "recall": found,
        "lot": found.lot,
        "called": called(found.lot),
        "state": STATES[found.state],
        "ahead": reached(found, RecallReach.AHEAD),
        "trail": _trail((called(found.lot), "")),
    }
    return render(request, "trace/recall.html", context)


@require_safe
def recall_notice(request: HttpRequest, code: str) -> HttpResponse:
    """Show the notice of a recall in every complete language on one sheet, to hang up."""
    found = get_object_or_404(public_recalls(), code=code)
    address = request.build_absolute_uri(reverse("trace:recall", args=[code]))
    context = {
        "recall": found,
        "notices": notices(found, reached(found, RecallReach.AHEAD), address),
        "trail": _trail(
            (called(found.lot), reverse("trace:recall", args=[code])),
            (pgettext("recall", "Notice"), ""),
        ),
    }
    return render(request, "trace/recall_notice.html", context)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:recalls") if steps else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Food you can check"), reverse("trace:food")),
        (_("Recalls"), here),
        *steps,
    ]
