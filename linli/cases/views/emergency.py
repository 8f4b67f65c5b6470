"""Emergency access: asked with a reason, let in by a second person of another unit, over by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.actions import emergency as actions
from linli.cases.actions import reading
from linli.cases.actions.second_look import read_reason
from linli.cases.forms.emergency import EmergencyForm
from linli.cases.models import Attachment, Case
from linli.cases.queries.emergency import asked_by, case_of, open_case, waiting_for_second
from linli.cases.views import told
from linli.cases.views.desk import attached
from linli.cases.views.desk_frame import HANDLERS
from linli.cases.views.desk_page import head, said
from linli.cases.views.standing import Shown
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.models import BreakGlass
from linli.kernel.refusals import Refused, on_form

MOST = 50
_DAY = timedelta(hours=BreakGlass.MOST_HOURS)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*HANDLERS, Role.SUPERVISOR, post=HANDLERS)
def emergency(request: HttpRequest) -> HttpResponse:
    second = acting(request).role == Role.SUPERVISOR
    form = None if second else EmergencyForm(request.POST or None)
    if form is None or not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    case = open_case(read_code(given["code"]) or "")
    if case is None:
        form.add_error("code", _("There is no open case with this code."))
        return _page(request, form)
    try:
        actions.ask_to_break(
            by=acting(request), at=now(), case=case, reason=given["reason"], hours=given["hours"]
        )
    except Refused as refused:
        on_form(form, refused)
        return _page(request, form)
    messages.success(request, _("Asked. A second person decides; the person is told."))
    return redirect("cases:emergency")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.SUPERVISOR)
def decide_emergency(request: HttpRequest, code: str) -> HttpResponse:
    """Show the second person the reason, and take down what they decide."""
    by, at = acting(request), now()
    glass = get_object_or_404(waiting_for_second(by, at), code=code)
    case = case_of(glass)
    if case is None:
        raise Http404
    if request.method != "POST":
        context = {
            "glass": glass,
            "reason": read_reason(by=by, at=at, glass=glass),
            "trail": _trail((glass.about, "")),
        }
        return render(request, "cases/console/emergency_decide.html", context)
    let_in = request.POST.get("answer") == "let_in"
    try:
        (actions.let_in if let_in else actions.keep_out)(by=by, at=at, case=case, glass=glass)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("They may look now.") if let_in else _("Refused."))
    return redirect("cases:emergency")


@require_safe
@staff_only(*HANDLERS)
def emergency_case(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the glass opens, to the one who asked, for as long as it lasts."""
    glass, case = _opened_glass(request, code)
    at = now()
    opened = reading.read(by=acting(request), at=at, case=case, purpose="handle")
    context = {
        "case": case,
        "head": head(case, at),
        "said": said(opened, lambda one: reverse("cases:emergency_paper", args=[code, one.code])),
        "contact": None,
        "timeline": told.timeline(opened.steps),
        "ends_at": _ends_at(glass),
        "trail": _trail((case.code, "")),
    }
    return render(request, "cases/console/emergency_case.html", context)


@require_safe
@staff_only(*HANDLERS)
def emergency_paper(request: HttpRequest, code: str, key: str) -> HttpResponse:
    _glass, case = _opened_glass(request, code)
    photo = get_object_or_404(Attachment, case=case, code=key)
    return attached(photo, reading.open_photo(by=acting(request), at=now(), case=case, photo=photo))


def _opened_glass(request: HttpRequest, code: str) -> tuple[BreakGlass, Case]:
    glass = get_object_or_404(asked_by(acting(request)), code=code)
    ends_at, case = _ends_at(glass), case_of(glass)
    if ends_at is None or ends_at <= now() or case is None:
        raise Http404
    return glass, case


def _page(request: HttpRequest, form: EmergencyForm | None) -> HttpResponse:
    by, at = acting(request), now()
    context: dict[str, Any] = {
        "second": form is None,
        "waiting": waiting_for_second(by, at)[:MOST] if form is None else [],
        "own": [] if form is None else [_told(glass, at) for glass in asked_by(by)[:MOST]],
        "form": form,
        "trail": _trail(),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "cases/console/emergency.html", context, status=status)


def _told(glass: BreakGlass, at: datetime) -> dict[str, Any]:
    ends_at = _ends_at(glass)
    is_open = ends_at is not None and at < ends_at
    return {"glass": glass, "ends_at": ends_at, "open": is_open, "state": _state(glass, at)}


def _state(glass: BreakGlass, at: datetime) -> Shown:
    ends_at = _ends_at(glass)
    if ends_at is not None:
        return Shown("late", _("open")) if at < ends_at else Shown("plain", _("over"))
    if glass.refused_at:
        return Shown("plain", _("refused"))
    if at >= glass.at + _DAY:
        return Shown("plain", _("nobody decided"))
    return Shown("soon", _("waits for a second person"))


def _ends_at(glass: BreakGlass) -> datetime | None:
    return glass.let_in_at + timedelta(hours=glass.hours) if glass.let_in_at else None


def _trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    here = reverse("cases:emergency") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Emergency"), here), *steps]
