"""At the door: the list of codes of one meeting, marks from devices that were offline, walk-ins, one scanned code."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel import city_key
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import new_key
from linli.kernel.notes import signed
from linli.kernel.refusals import Refused, problem
from linli.offers.actions import attending
from linli.offers.actions.attending import Mark
from linli.offers.forms.door import OneForm, WalkInsForm, marks_sent
from linli.offers.models import Booking, Meeting
from linli.offers.queries.door import AT_THE_DOOR, booking_at_door, expected, meeting_to_mark
from linli.offers.queries.organizing import meetings_of, sessions_of
from linli.offers.views.console import DO, posted, told
from linli.offers.views.console_sessions import way_to
from linli.ui.private import private

DOORS = (Role.OFFICER, Role.CLERK)


@private
@require_safe
@staff_only(*DOORS)
def door(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show the list: codes and numbers, no names. It works on without a network, and on paper."""
    meeting = _meeting(request, code, number)
    rows = expected(meeting)
    walk_ins = getattr(meeting, "walk_ins", None)
    context = {
        "session": meeting.session,
        "offer": meeting.session.offer,
        "meeting": meeting,
        "rows": rows,
        "came": sum(row.came for row in rows),
        "booked": sum(row.size for row in rows),
        "one": OneForm(),
        "once": new_key(),
        "walk_ins": WalkInsForm(initial={"came": walk_ins.came if walk_ins else 0}),
        "opens_at": meeting.starts_at - attending.OPENS,
        "opened": now() >= meeting.starts_at - attending.OPENS,
        "trail": way_to(meeting.session, (_("At the door"), "")),
    }
    return render(request, "offers/console_door.html", context)


@private
@require_safe
@staff_only(*DOORS)
def door_list(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand out the list as a note that this city has signed: codes and numbers, for a door without this page."""
    meeting = _meeting(request, code, number)
    rows = "".join(f"{row.code} {row.size}\n" for row in expected(meeting))
    head = f"linli list\n{code} {number}\n{meeting.starts_at.isoformat()}\n{now().isoformat()}\n"
    note = signed(head + rows, [city_key.signer()])
    response = HttpResponse(str(note), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-{number}.txt"'
    return response


@require_POST
@staff_only(*DOORS)
def marks(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take marks: one of a form, or the queue of a device that was offline."""
    meeting, sent = _meeting(request, code, number), marks_sent(request.POST)
    scripted = request.headers.get("Accept") == "application/json"
    try:
        merged = _merged(request, meeting, sent)
    except Refused as refused:
        if scripted:
            return problem(refused)
        messages.error(request, str(refused.sentence))
        return redirect("offers:door", code, number)
    if scripted:
        return JsonResponse({"taken": merged.taken, "unknown": merged.unknown})
    _tell(request, merged)
    return redirect("offers:door", code, number)


@require_POST
@staff_only(*DOORS)
def walk_ins(request: HttpRequest, code: str, number: int) -> HttpResponse:
    meeting, form = _meeting(request, code, number), WalkInsForm(request.POST)
    to = reverse("offers:door", args=[code, number])
    if not form.is_valid():
        messages.error(request, _("Write a number of people."))
        return redirect(to)
    by, came = acting(request), form.cleaned_data["came"]
    return told(
        request,
        lambda: attending.count_walk_ins(by=by, at=now(), meeting=meeting, came=came),
        _("Counted."),
        to,
    )


@require_POST
@staff_only(*DOORS)
def close_list(request: HttpRequest, code: str) -> HttpResponse:
    by, found = acting(request), get_object_or_404(sessions_of(acting(request)), code=code)
    return told(
        request,
        lambda: attending.close_list(by=by, at=now(), session=found),
        _("The list is closed: who was seen attended."),
        reverse("offers:console_session", args=[code]),
    )


@private
@require_http_methods(DO)
@staff_only(*DOORS)
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Show one booking that a phone's camera has read: may they come in, how many came?"""
    by, at = acting(request), now()
    booking = booking_at_door(by.unit, read_code(code) or "")
    if booking is None:
        raise Http404
    meeting = meeting_to_mark(booking, at)
    form = OneForm(posted(request), initial={"code": booking.code, "came": booking.size})
    status = 422 if form.is_bound else 200
    if meeting is not None and form.is_valid():
        try:
            _merged(request, meeting, [form.mark()._replace(code=booking.code)])
        except Refused as refused:
            messages.error(request, str(refused.sentence))
            status = refused.status
        else:
            return redirect("offers:scanned", booking.code)
    context = {
        "booking": booking,
        "session": booking.session,
        "offer": booking.session.offer,
        "meeting": meeting,
        "welcome": booking.state in AT_THE_DOOR and meeting is not None,
        "came": _came(booking, meeting),
        "once": new_key(),
        "trail": way_to(booking.session, (booking.code, "")),
    }
    return render(request, "offers/console_scanned.html", context, status=status)


def _merged(request: HttpRequest, meeting: Meeting, sent: Sequence[Mark]) -> attending.Merged:
    return attending.take_marks(by=acting(request), at=now(), meeting=meeting, marks=sent)


def _meeting(request: HttpRequest, code: str, number: int) -> Meeting:
    meetings = meetings_of(acting(request)).select_related("walk_ins")
    return get_object_or_404(
        meetings.filter(session__code=code, cancelled_at=None, session__cancelled_at=None),
        number=number,
    )


def _came(booking: Booking, meeting: Meeting | None) -> int:
    seen: Any = booking.attendances.filter(meeting=meeting).first() if meeting else None
    return seen.came if seen else 0


def _tell(request: HttpRequest, merged: attending.Merged) -> None:
    if merged.unknown:
        told_ = _("These codes have no place here: %(codes)s.")
        messages.error(request, told_ % {"codes": ", ".join(merged.unknown)})
    if merged.taken:
        count = len(merged.taken)
        said = ngettext("%(n)d mark taken.", "%(n)d marks taken.", count)
        messages.success(request, said % {"n": count})
    elif not merged.unknown:
        messages.error(request, _("Type the code first."))
