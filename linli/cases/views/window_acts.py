"""What is done at the window of a station with a case that was shown: told, handed on, the slip printed."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.actions import referring
from linli.cases.actions import window as actions
from linli.cases.forms.counter import HandOnHereForm, ReferHereForm
from linli.cases.models import Case, HandOver
from linli.cases.queries.following import grants_of
from linli.cases.queries.partners import open_partners
from linli.cases.views.desk_page import field_names
from linli.cases.views.slips import slip_of
from linli.cases.views.window import shown
from linli.kernel import grants
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused

TOWN, AWAY = "town", "away"


@require_POST
@staff_only(Role.CLERK)
def window_told(request: HttpRequest) -> HttpResponse:
    """Take down that the person has heard what waited for them."""
    case = shown(request)
    if case is None:
        return redirect("cases:window")
    try:
        actions.tell_here(by=acting(request), at=now(), case=case)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Told: it waits here no more."))
    return redirect("cases:window_case")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.CLERK)
def window_refer(request: HttpRequest) -> HttpResponse:
    """Choose together who else should have the case, and take down what the person lets them read."""
    case = shown(request)
    if case is None:
        return redirect("cases:window")
    by, at = acting(request), now()
    ways = _forms(request, case, by, at)
    sent = ways.get(request.POST.get("way", ""))
    if sent is not None and sent.is_valid():
        try:
            return _handed(request, case, by, at)
        except Refused as refused:
            sent.add_error(None, str(refused.sentence))
    context = {
        "case": case,
        "forms": ways,
        "once": new_key(),
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Window"), reverse("cases:window")),
            (case.code, reverse("cases:window_case")),
            (_("Hand it on"), ""),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/console/window_refer.html", context, status=status)


@once
def _handed(request: HttpRequest, case: Case, by: Actor, at: datetime) -> HttpResponse:
    way = request.POST["way"]
    given = _forms(request, case, by, at)[way]
    given.is_valid()
    said = given.cleaned_data
    if way == TOWN:
        actions.hand_on_here(
            by=by, at=at, case=case, unit=said["unit"], kind=said["kind"], words=said["words"],
            fields=said["fields_read"],
        )  # fmt: skip
    else:
        referring.refer(
            by=by, at=at, case=case, partner=said["partner"], unit_name=said["unit_name"],
            fields=said["fields_given"], days=said["days"], how=actions.PURPOSE,
        )  # fmt: skip
    return redirect("cases:window_slip")


@require_safe
@staff_only(Role.CLERK)
def window_slip(request: HttpRequest) -> HttpResponse:
    """Show the slip that the person takes along: who may read what, until when; no passphrase is on it."""
    case = shown(request)
    if case is None:
        return redirect("cases:window")
    given = grants_of(case).first()
    address = request.build_absolute_uri(reverse("cases:follow_case", args=[case.code]))
    context = {
        "case": case,
        "given": given,
        "fields": field_names(given.fields) if given else "",
        "live": given is not None and given.revoked_at is None and given.expires_at > now(),
        "slip": slip_of(address),
        "address": address,
    }
    return render(request, "cases/console/window_slip.html", context)


def _forms(request: HttpRequest, case: Case, by: Actor, at: datetime) -> dict[str, forms.Form]:
    """Return the ways that are open: to a unit of this town where the own unit answers, to another city."""
    if case.state not in Case.OPEN:
        return {}
    way = request.POST.get("way", "")
    found: dict[str, forms.Form] = {}
    if may_hand_on(case, by):
        held = grants.granted_fields(case.subject, case.code, by.unit, at)
        sent = request.POST if way == TOWN else None
        found[TOWN] = HandOnHereForm(sent, own=by.unit, held=held)
    if (partners := open_partners()).exists():
        found[AWAY] = ReferHereForm(request.POST if way == AWAY else None, partners=partners)
    return found


def may_hand_on(case: Case, by: Actor) -> bool:
    """Say whether the clerk's own unit answers for a case that could go on to another now."""
    if case.unit.name != by.unit or case.paused_at is not None:
        return False
    on_the_way = (HandOver.PROPOSED, HandOver.WAITING)
    running = case.state in {Case.RECEIVED, Case.WORKING}
    return running and not case.hand_overs.filter(state__in=on_the_way).exists()
