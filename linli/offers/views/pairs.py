"""The console of volunteers: whom to propose to whom, by code alone; hours of who came to a shift."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions import pairing
from linli.offers.actions.hours import confirm_hours
from linli.offers.forms.volunteers import HoursForm, PairingForm, times_in_words
from linli.offers.models import Offer, Pair, Pairing
from linli.offers.queries.neighbours import free_of, pairings_of, proposals
from linli.offers.queries.organizing import sessions_of, visible
from linli.offers.queries.shifts import came_to, minutes_given
from linli.offers.views.console import DO, ORGANIZERS, READERS
from linli.ui.private import private

AT_A_WINDOW = (Role.OFFICER, Role.CLERK)


@private
@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def pairs(request: HttpRequest) -> HttpResponse:
    """Show whom to propose to whom: two codes, a station, times. Open a pairing for an offer."""
    by, at = acting(request), now()
    own = visible(by).filter(withdrawn_at=None, pairing=None, kind__in=[Offer.SHIFT, Offer.GROUP])
    form = PairingForm(request.POST if request.method == "POST" else None, offers=own)
    if form.is_valid():
        try:
            pairing.open_pairing(by=by, at=at, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Neighbours can find each other here."))
            return redirect("offers:console_pairs")
    circles = list(pairings_of(visible(by)))
    context = {
        "circles": [(one, _proposed(one)) for one in circles],
        "pairs": _standing(circles),
        "form": form,
        "organizes": by.role in ORGANIZERS,
        "proposes": by.role in AT_A_WINDOW,
        "trail": [(_("Offers"), reverse("offers:console_list")), (_("Pairs"), "")],
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/volunteer_pairs.html", context, status=status)


@private
@require_POST
@staff_only(*AT_A_WINDOW)
def propose(request: HttpRequest, wanted: str, offered: str) -> HttpResponse:
    """Propose two to each other."""
    by = acting(request)
    rows = free_of([wanted, offered])
    one, other = rows.get(wanted), rows.get(offered)
    if one is None or other is None or one.pairing.offer.unit.name != by.unit:
        raise Http404
    try:
        made = pairing.propose(by=by, at=now(), wanted=one, offered=other)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Proposed as pair %(code)s.") % {"code": made.code})
    return redirect("offers:console_pairs")


@private
@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def hours(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm the hours of who came to a shift, by code."""
    by = acting(request)
    session = get_object_or_404(sessions_of(by), code=code, offer__kind=Offer.SHIFT)
    came = came_to(session)
    if request.method == "POST":
        form = HoursForm(request.POST)
        booking = came.filter(code=form.data.get("booking", "")).first()
        if booking is not None and form.is_valid():
            try:
                minutes = form.cleaned_data["minutes"]
                confirm_hours(by=by, at=now(), booking=booking, minutes=minutes)
            except Refused as refused:
                messages.error(request, str(refused.sentence))
            else:
                messages.success(request, _("Confirmed."))
            return redirect("offers:hours", code)
        messages.error(request, _("Enter between 1 and 6000 minutes."))
    long = int((session.ends_at - session.starts_at).total_seconds() // 60)
    context = {
        "session": session,
        "offer": session.offer,
        "bookings": came,
        "minutes": minutes_given(session),
        "usual": min(long, 6000),
        "organizes": by.role in ORGANIZERS,
        "trail": [
            (_("Offers"), reverse("offers:console_list")),
            (session.offer.title, reverse("offers:console_session", args=[code])),
            (_("Hours"), ""),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "offers/volunteer_hours.html", context, status=status)


def _proposed(of: Pairing) -> list[dict[str, Any]]:
    found = proposals(of, now())
    rows = free_of(code for match in found for code in (match.wanted, match.offered))
    return [
        {
            "wanted": match.wanted,
            "offered": match.offered,
            "station": rows[match.wanted].location,
            "times": times_in_words(match.times),
        }
        for match in found
    ]


def _standing(circles: list[Pairing]) -> Counter[str]:
    """Return how many pairs wait for an answer, met, or have ended: counts, of nobody."""
    rows = Pair.objects.filter(wanted__pairing__in=circles)
    told: Counter[str] = Counter()
    for one, other, ended in rows.values_list("wanted_said", "offered_said", "ended_on"):
        both = bool(one and other)
        told["met"] += both
        told["ended"] += ended is not None and not both
        told["waiting"] += ended is None and not both
    return told
