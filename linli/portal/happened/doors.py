"""Every door that opens with code and passphrase, behind one page: whatever kind of slip somebody holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions import honouring, objecting
from linli.assessments.views.honours_public import HOLD as HONOUR
from linli.assessments.views.objecting import HOLD as OBJECTION
from linli.cases.actions import reading
from linli.cases.views.tickets import FOLLOWING
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.tickets import Ticket
from linli.offers.actions import booking, pairing
from linli.offers.views import held, volunteers

# As at each door: one code may be tried seldom, one address often, for a station has one for many.
_OF_A_CODE: Final = {"burst": 6, "per_hour": 12}
_OF_A_DOOR: Final = {"burst": 120, "per_hour": 900}


@dataclass(frozen=True, slots=True)
class Door:
    """One kind of slip. knock: the name of its limit; opens: its action; route: the page that its ticket opens."""

    title: Words
    knock: str
    opens: Callable[..., Any]
    ticket: Ticket
    route: str
    holds: str = "code"


DOORS: Final = (
    Door(
        _("A case: a request, complaint, petition or concern"),
        "follow",
        reading.open_held,
        FOLLOWING,
        "cases:follow_case",
        "case",
    ),
    Door(_("A booking"), "booking", booking.open_held, held.HOLDING, "offers:booking"),
    Door(
        _("An objection"),
        "objection",
        objecting.open_held,
        OBJECTION.ticket,
        "assessments:objection",
    ),
    Door(_("An honour"), "honour", honouring.open_held, HONOUR.ticket, "assessments:honour"),
    Door(
        _("Help between neighbours"),
        "neighbour",
        pairing.open_neighbour,
        volunteers.HOLDING,
        "offers:neighbour",
    ),
)


def through(request: HttpRequest, at: datetime, code: str, passphrase: str) -> HttpResponse | None:
    """Return the way through the door that both open together, None where none does.

    It counts as a knock at every door, so that nobody tries more often here than there.
    Refuses: too_many.
    """
    for door in DOORS:
        allow_knock(door.knock, code, at=at, **_OF_A_CODE)
    allow_knock("what-happened-door", source_of(request), at=at, **_OF_A_DOOR)
    for door in DOORS:
        try:
            found = door.opens(at=at, code=code, passphrase=passphrase)
        except Refused:
            continue
        response = redirect(door.route, found.code)
        door.ticket.hand(response, {door.holds: found.code}, at)
        return response
    return None
