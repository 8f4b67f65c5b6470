"""The roster of a session: opening it is a deed for a purpose, written down for each person on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.offers.actions.reading import open_roster
from linli.offers.models import Booking
from linli.offers.models.purposes import PURPOSES
from linli.offers.queries.organizing import sessions_of
from linli.offers.rules.opening import SHOWN
from linli.offers.views.console import DO
from linli.offers.views.console_sessions import way_to
from linli.ui.languages import LANGUAGES, PREPARED
from linli.ui.private import private

DOORS = (Role.OFFICER, Role.CLERK)
_TONGUES = {one.tag: one.own_name for one in (*LANGUAGES, *PREPARED)}
_STATES = {
    Booking.CONFIRMED: "done", Booking.ATTENDED: "done", Booking.WAITING: "note", Booking.OFFERED: "soon",
    Booking.HELD: "soon", Booking.ABSENT: "plain", Booking.ENTERED: "note",
}  # fmt: skip


@private
@require_http_methods(DO)
@staff_only(*DOORS)
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for what it is opened; then show as much as that needs."""
    by, at = acting(request), now()
    found = get_object_or_404(sessions_of(by), code=code)
    context = {
        "session": found,
        "offer": found.offer,
        "purposes": PURPOSES,
        "trail": way_to(found, (_("Roster"), "")),
    }
    if request.method != "POST":
        return render(request, "offers/console_roster_ask.html", context)
    purpose = request.POST.get("purpose", "")
    try:
        lines = open_roster(by=by, at=at, session=found, purpose=purpose)
    except Refused as refused:
        context["refused"] = refused
        return render(request, "offers/console_roster_ask.html", context, status=refused.status)
    context |= {
        "lines": [(line, _STATES[line.booking.state], _TONGUES.get(line.reply_language, "")) for line in lines],
        "purpose": dict(PURPOSES)[purpose],
        "columns": SHOWN[purpose],
        "opened_at": at,
    }  # fmt: skip
    return render(request, "offers/console_roster.html", context)
