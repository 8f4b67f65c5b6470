"""A job fair, for everybody: when, where, who stands there and what they fill."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.offers.models import Session, Stand
from linli.offers.queries.fairs import fair_counted, fair_on_show, stands_of
from linli.offers.views.told import places_told


@require_safe
def fair(request: HttpRequest, code: str) -> HttpResponse:
    """Show one fair."""
    at, found = now(), fair_on_show(read_code(code) or "")
    if found is None:
        raise Http404
    stands = list(stands_of(found))
    context = {
        "fair": found,
        "timetable": getattr(found, "timetable", None),
        "standing": places_told(found, at),
        "open": found.cancelled_at is None and found.booking_from <= at < found.booking_until,
        "onsite": [stand for stand in stands if stand.zone == Stand.ONSITE],
        "online": [stand for stand in stands if stand.zone == Stand.ONLINE],
        "figures": _figures(found),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Vacancies"), reverse("offers:vacancies")),
            (found.offer.title, ""),
        ],
    }
    return render(request, "offers/fairs_fair.html", context)


def _figures(fair: Session) -> list[dict[str, object]]:
    counted = fair_counted(fair)
    words = {"employers": _("Employers"), "kinds": _("Kinds of post"), "posts": _("Posts")}
    return [{"words": words[name], "value": value} for name, value in counted.items()]
