"""Volunteers and neighbours, for everybody: shifts to book, help wanted or given, and the page of who has joined."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory.models import Location
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.looks import by_day, looks_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.tickets import Ticket
from linli.offers.actions import pairing
from linli.offers.forms.booking import HeldForm
from linli.offers.forms.volunteers import PARTS_OF_DAY, JoinForm, times_in_words
from linli.offers.models import Neighbour
from linli.offers.queries.neighbours import pair_of, published_pairings
from linli.offers.queries.shifts import coming_shifts
from linli.offers.views.told import places_told
from linli.ui.private import private

HOLDING = Ticket("neighbour", timedelta(minutes=30))
SHIFTS = 12
_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}
_DEEDS: dict[str, tuple[Callable[..., Any], Words]] = {
    "yes": (
        lambda at, neighbour: pairing.say(at=at, neighbour=neighbour, yes=True),
        gettext_lazy("You said yes."),
    ),
    "no": (
        lambda at, neighbour: pairing.say(at=at, neighbour=neighbour, yes=False),
        gettext_lazy("Noted. Somebody else may be proposed to you."),
    ),
    "part": (pairing.part, gettext_lazy("It has ended. Neither sees the other any more.")),
    "end": (pairing.withdraw, gettext_lazy("What you left is destroyed.")),
}


@require_safe
def volunteers(request: HttpRequest) -> HttpResponse:
    """Show what one can help with, and where neighbours find each other."""
    at = now()
    shifts = list(coming_shifts(at)[:SHIFTS])
    context = {
        "shifts": [(shift, places_told(shift, at)) for shift in shifts],
        "pairings": published_pairings(),
        "said_so": _said(request),
        "trail": [(_("Home"), reverse("portal:home")), (_("Volunteers and neighbours"), "")],
    }
    return render(request, "offers/volunteer_list.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@once
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Ask who would like help or give it; show code and passphrase this once."""
    at = now()
    found = get_object_or_404(published_pairings(), offer__code=code)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        allow_knock("join", source_of(request), at=at, burst=120, per_hour=300)
    stations = Location.objects.open_to_all().filter(area=found.offer.area).order_by("name")
    form = JoinForm(posted, locations=stations, side=request.GET.get("side", ""))
    context = {"pairing": found, "offer": found.offer, "parts": PARTS_OF_DAY}
    if form.is_valid():
        try:
            joined = pairing.join(at=at, pairing=found, asked=form.asked())
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            context |= {"neighbour": joined.neighbour, "passphrase": joined.passphrase}
            return render(request, "offers/volunteer_joined.html", context)
    context |= {"form": form, "once": new_key()}
    status = 422 if form.is_bound else 200
    return render(request, "offers/volunteer_join.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for code and passphrase. Unknown, wrong, ended and gone look the same."""
    at = now()
    form = HeldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        allow_knock("neighbour", read_code(typed) or typed, at=at, **_OF_A_CODE)
        allow_knock("neighbour-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            found = pairing.open_neighbour(at=at, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            response = redirect("offers:neighbour", found.code)
            HOLDING.hand(response, {"code": found.code}, at)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "offers/volunteer_enter.html", {"form": form}, status=status)


def _held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who typed the passphrase within the last half hour; lead everybody else to the door."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, **named: str) -> HttpResponse:
        at = now()
        rows = Neighbour.objects.select_related("subject", "location", "pairing__offer__unit")
        live = rows.filter(code=code, ended_on=None, subject__purge_on__gt=localdate(at))
        found = live.first() if HOLDING.held(request, at).get("code") == code else None
        if found is None:
            door = redirect("offers:neighbours")
            HOLDING.take_back(door)
            return door
        return view(request, found, at, **named)

    return guarded


@require_safe
@_held
def neighbour(request: HttpRequest, neighbour: Neighbour, at: datetime) -> HttpResponse:
    """Show how it stands: who is proposed, as place and time; after both said yes, how they are reached."""
    pair = pair_of(neighbour)
    context: dict[str, Any] = {
        "neighbour": neighbour,
        "offer": neighbour.pairing.offer,
        "times": times_in_words(neighbour.times),
        "pair": pair,
        "looks": by_day(looks_of(neighbour.subject)),
        "said_so": _said(request),
    }
    if pair is not None:
        other = pair.offered if neighbour.side == Neighbour.WANTED else pair.wanted
        context["common"] = times_in_words({*neighbour.times} & {*other.times})
        context["said"] = getattr(pair, f"{neighbour.side}_said")
        if pair.wanted_said and pair.offered_said:
            context["met"] = pairing.meet(at=at, neighbour=neighbour)
    return render(request, "offers/volunteer_mine.html", context)


@require_POST
@_held
def deed(request: HttpRequest, neighbour: Neighbour, at: datetime, deed: str) -> HttpResponse:
    """Say yes or no, part, or end it all."""
    if deed not in _DEEDS:
        raise Http404
    do, _words = _DEEDS[deed]
    do(at=at, neighbour=neighbour)
    if deed != "end":
        return redirect(f"{reverse('offers:neighbour', args=[neighbour.code])}?said={deed}")
    response = redirect(f"{reverse('offers:volunteers')}?said=end")
    HOLDING.take_back(response)
    return response


def _said(request: HttpRequest) -> Words:
    deed = _DEEDS.get(request.GET.get("said", ""))
    return deed[1] if deed else ""
