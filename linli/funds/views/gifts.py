"""Donations on the console: the collections of a unit, and one with all that came and went."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.funds.actions import gifts as actions
from linli.funds.models import Collection
from linli.funds.queries import gifts as queries
from linli.funds.views.ways import KEEPERS, READERS, told, ways
from linli.funds.views.ways import trail as from_funds
from linli.kernel.actors import Actor
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words

ROWS = 25
_STANDS: dict[str, tuple[str, Words]] = {
    "booked": ("done", gettext_lazy("in the books")),
    "waits": ("soon", gettext_lazy("waits for a second person")),
    "refused": ("late", gettext_lazy("refused")),
    "reversed": ("plain", gettext_lazy("reversed")),
}


@require_safe
@staff_only(*READERS)
def collections(request: HttpRequest) -> HttpResponse:
    """List the collections that the unit keeps."""
    by = acting(request)
    page = Paginator(queries.visible_collections(by), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, *_stands(one.collection)) for one in queries.standings(page.object_list)],
        "page": page,
        "keeps": by.role in KEEPERS,
        "ways": ways(),
    }
    return render(request, "funds/gifts_list.html", context)


@require_safe
@staff_only(*READERS)
def collection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one collection: what was given, days' totals, what it became, receipts that wait."""
    by = acting(request)
    found = kept_collection(by, code)
    page = Paginator(queries.takings_with_books(found), ROWS).get_page(request.GET.get("page"))
    context = {
        "collection": found,
        "stands": _stands(found),
        "standing": queries.standings([found])[0],
        "takings": [(one, *_STANDS[queries.standing_of(one)]) for one in page.object_list],
        "page": page,
        "uses": queries.uses(found),
        "waiting": queries.unbooked_receipts(found)[:ROWS],
        "keeps": by.role in KEEPERS,
        "trail": trail((found.title, "")),
    }
    return render(request, "funds/gifts_collection.html", context)


@require_POST
@staff_only(*KEEPERS)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show a collection to everybody."""
    by = acting(request)
    found = kept_collection(by, code)
    return told(
        request,
        lambda: actions.publish_collection(by=by, at=now(), collection=found),
        _("Published: everybody sees it now."),
        reverse("funds:console_collection", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Collect no more."""
    by = acting(request)
    found = kept_collection(by, code)
    return told(
        request,
        lambda: actions.close_collection(by=by, at=now(), collection=found),
        _("Nothing more is collected."),
        reverse("funds:console_collection", args=[code]),
    )


def kept_collection(by: Actor, code: str) -> Collection:
    """Return a collection that this member of staff works with; 404 for every other."""
    return get_object_or_404(queries.visible_collections(by), code=code)


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    return from_funds((_("Donations"), reverse("funds:console_collections")), *steps)


def _stands(found: Collection) -> tuple[str, Words]:
    if found.closed_on is not None:
        return ("plain", _("collecting is over"))
    return ("done", _("published")) if found.published_at else ("soon", _("not published"))
