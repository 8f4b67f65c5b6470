"""The chain of a lot on the console: what it came from and what became of it, drawn and as a list that says the same."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.trace.models import Lot, Thing
from linli.trace.queries import tracing
from linli.trace.queries.lots import by_uris, lots_seen
from linli.trace.queries.permits import begins
from linli.trace.queries.recalls import standing
from linli.trace.rules.codes import lot_codes
from linli.trace.rules.walking.chains import chain
from linli.trace.rules.walking.walks import Reached
from linli.trace.views.chain_picture import Named, picture, short
from linli.trace.views.ways import READERS, trail

SHOWN: Final = 200  # rows of each list
Row = tuple[Reached, Lot | None, str]


@require_safe
@staff_only(*READERS)
def lot_chain(request: HttpRequest, code: str) -> HttpResponse:
    """Show the chain of a lot."""
    lot = lots_seen(acting(request)).filter(code=code).first()
    if lot is None:
        raise Http404
    thing, links = tracing.thing_of(lot), (tracing.links_ahead(), tracing.links_back())
    ahead = tracing.ahead(thing, begins(lot.made_on), links[0]) if thing else []
    back = tracing.back(thing, now(), links[1]) if thing else []
    named = _named([*ahead[:SHOWN], *back[:SHOWN]]) | {str(thing or 0): (lot, lot.uri)}
    drawn = chain(str(thing or 0), ahead, back, links)
    context: dict[str, Any] = {
        "lot": lot,
        "printed": lot_codes.printed(lot.code),
        "picture": picture(drawn, named),
        "left_out": drawn.left_out,
        "lists": [
            (_("What it came from"), _rows(back, named), len(back)),
            (pgettext("goods", "What became of it"), _rows(ahead, named), len(ahead)),
        ],
        "shown": SHOWN,
        "recall": standing([lot.pk])[lot.pk],
        "trail": trail(
            (_("Lots"), reverse("trace:console_lots")),
            (lot_codes.printed(lot.code), reverse("trace:console_lot", args=[lot.code])),
            (_("Chain"), ""),
        ),
    }
    return render(request, "trace/lot_chain.html", context)


def _named(found: Iterable[Reached]) -> dict[str, tuple[Lot | None, str]]:
    """Return by thing the lot that it is, where it is one of ours, and its address. Two queries."""
    uris = {str(pk): thing.uri for pk, thing in Thing.objects.in_bulk([int(one.thing) for one in found]).items()}  # fmt: skip
    lots = by_uris(uris.values())
    return {thing: (lots.get(uri), uri) for thing, uri in uris.items()}


def _rows(found: list[Reached], named: Named) -> list[Row]:
    rows: list[Row] = []
    for one in found[:SHOWN]:
        lot, uri = named.get(one.thing, (None, ""))
        rows.append((one, lot, short(uri)))
    return rows
