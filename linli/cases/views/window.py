"""The window of a station: begin an ask for whoever stands there, open what they show, take down their leave."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.cases.actions import window as actions
from linli.cases.forms.asking import HeldForm
from linli.cases.models import Case
from linli.cases.queries.following import waiting_for_leave
from linli.cases.queries.window import to_tell, window_today
from linli.cases.views.ask_frame import CLERKS_LANGUAGE
from linli.cases.views.desk_page import field_names, head
from linli.cases.views.standing import state_of
from linli.cases.views.tickets import Ticket
from linli.cases.views.told import KINDS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.limits import allow_knock
from linli.kernel.refusals import Refused, on_form
from linli.ui.languages import LANGUAGES

MOST_TOLD = 100  # what has waited longest comes first
# What was shown stays open for as long as one stands at a counter, and for this clerk alone.
SHOWN = Ticket("window", timedelta(minutes=10))


@require_safe
@staff_only(Role.CLERK)
def window(request: HttpRequest) -> HttpResponse:
    return _window(request, HeldForm())


@require_POST
@staff_only(Role.CLERK)
def open_shown(request: HttpRequest) -> HttpResponse:
    """Open what somebody shows. The passphrase goes no further than this."""
    form, by, at = HeldForm(request.POST), acting(request), now()
    if not form.is_valid():
        return _window(request, form, status=422)
    code = read_code(form.cleaned_data["code"]) or form.cleaned_data["code"]
    allow_knock("follow", code, at=at, burst=6, per_hour=12)
    try:
        case = actions.attend(by=by, at=at, **form.cleaned_data)
    except Refused as refused:
        on_form(form, refused)
        return _window(request, form, status=refused.status)
    response = redirect("cases:window_case")
    SHOWN.hand(response, {"case": case.code, "clerk": str(request.user.pk)}, at)
    return response


@require_safe
@staff_only(Role.CLERK)
def window_case(request: HttpRequest) -> HttpResponse:
    case = shown(request)
    if case is None:
        return redirect("cases:window")
    waiting = waiting_for_leave(case)
    context: dict[str, Any] = {
        "case": case,
        "head": head(case, now()),
        "waiting": waiting,
        "kind": KINDS.get(waiting.kind, "") if waiting else "",
        "fields": field_names(waiting.fields) if waiting else "",
        "follow_address": reverse("cases:follow_case", args=[case.code]),
        "trail": [(_("Desk"), reverse("portal:console")), (_("Window"), reverse("cases:window")), (case.code, "")],
    }  # fmt: skip
    return render(request, "cases/console/window_case.html", context)


@require_POST
@staff_only(Role.CLERK)
def window_leave(request: HttpRequest) -> HttpResponse:
    case = shown(request)
    if case is None:
        return redirect("cases:window")
    waiting = get_object_or_404(case.hand_overs, code=request.POST.get("hand_over", ""))
    yes = request.POST.get("answer") == "yes"
    try:
        actions.answer_for(by=acting(request), at=now(), case=case, hand_over=waiting, yes=yes)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        said = (
            _("Leave was given: the other unit decides now.") if yes else _("It stays where it is.")
        )
        messages.success(request, said)
    return redirect("cases:window_case")


@require_POST
@staff_only(Role.CLERK)
def window_done(request: HttpRequest) -> HttpResponse:
    """Close what was shown: the next in line stands there already."""
    response = redirect("cases:window")
    SHOWN.take_back(response)
    return response


def shown(request: HttpRequest) -> Case | None:
    """Return the case that lies open at this clerk's window; None when there is none any more."""
    held = SHOWN.held(request, now())
    if held.get("clerk") != str(request.user.pk):
        return None
    cases = Case.objects.select_related("topic", "unit", "area", "location", "subject")
    return cases.filter(code=held.get("case", ""), purged_at=None).first()


def _window(request: HttpRequest, form: HeldForm, *, status: int = 200) -> HttpResponse:
    by, ask = acting(request), reverse("cases:ask_what")
    today = window_today(by.unit, now())
    # The clerk comes back to this window in their own language, whichever one was asked in.
    if request.session.get(CLERKS_LANGUAGE) != get_language():
        request.session[CLERKS_LANGUAGE] = get_language()
    context = {
        "form": form,
        "unit": by.unit,
        "ask_address": ask,
        "to_tell": [(one, state_of(one)) for one in to_tell(by.unit)[:MOST_TOLD]],
        "tongues": [
            (one, translate_url(ask, one.code)) for one in LANGUAGES if one.code != get_language()
        ],
        "figures": [
            {"words": _("Asked here today"), "value": today.asked},
            {"words": _("Opened here today"), "value": today.attended},
        ],
    }
    return render(request, "cases/console/window.html", context, status=status)
