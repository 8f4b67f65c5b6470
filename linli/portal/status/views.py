"""Is it working: in words for everybody; check by check, and what is told ahead, for the administrator."""

from datetime import datetime, timedelta
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.announcing import announce, announced, take_back
from linli.kernel.checking.findings import State as Health
from linli.kernel.checking.findings import worst, worst_of
from linli.kernel.checking.pulse import GAP, pulse
from linli.kernel.checking.running import Found, keep, last_found, looked
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.portal.status.forms import AnnouncementForm, filled
from linli.portal.status.shown import counts, parts
from linli.ui.kept import State, kept_while

_LAMPS = {Health.OK: "done", Health.WARN: "soon", Health.FAIL: "late"}
_WORDS = {
    Health.OK: gettext_lazy("well"),
    Health.WARN: gettext_lazy("worth a look"),
    Health.FAIL: gettext_lazy("needs care"),
}
_NAMES = {
    "settings": gettext_lazy("Settings"),
    "database": gettext_lazy("Database"),
    "keys": gettext_lazy("Keys and seals"),
    "log": gettext_lazy("Log of looks"),
    "backups": gettext_lazy("Backups"),
    "jobs": gettext_lazy("Work in the background"),
    "clock": gettext_lazy("Clock"),
    "mail": gettext_lazy("Mail"),
    "pages": gettext_lazy("What pages are made of"),
}


def _minute() -> State:
    """Keep the page for a minute: it is asked for most when something is wrong."""
    at = now().replace(second=0, microsecond=0)
    return State(at.isoformat(), at + timedelta(minutes=1))


@require_safe
@kept_while(_minute, age=30)
def status(request: HttpRequest) -> HttpResponse:
    """Say whether all is working, since when, what is told ahead, and what was published lately."""
    at = now()
    found = parts(at)
    state = worst_of(part.state for part in found)
    told, beat = announced(at), pulse()
    context = {
        "parts": found,
        "state": state,
        "lamp": _LAMPS[state],
        "since": _since(at),
        "breaks": [(_moment(began), _moment(ended)) for began, ended in reversed(beat.breaks)][:10],
        "told": told,
        "now_on": told is not None and told.on(at),
        "counts": counts(at),
        "at": at,
        "trail": [(_("Home"), reverse("portal:home")), (_("Is it working?"), "")],
    }
    return render(request, "portal/status.html", context)


@require_safe
@staff_only(Role.ADMINISTRATOR)
def check(request: HttpRequest) -> HttpResponse:
    """Show what the last check found, and what is told ahead."""
    return _checked(request, AnnouncementForm(initial=filled(announced(now()), now())))


@require_POST
@staff_only(Role.ADMINISTRATOR)
def check_run(request: HttpRequest) -> HttpResponse:
    """Look at everything now."""
    at = now()
    keep(Found(at, looked(at)))
    return redirect("portal:check")


@require_POST
@staff_only(Role.ADMINISTRATOR)
def announcement(request: HttpRequest) -> HttpResponse:
    """Tell everybody what will be."""
    form = AnnouncementForm(request.POST)
    if form.is_valid():
        try:
            announce(by=acting(request), at=now(), said=form.said())
        except Refused as refused:
            on_form(form, refused, "ends_at" if refused.code == "time_wrong" else "words")
        else:
            messages.success(request, _("Everybody reads it now on the page “Is it working?”."))
            return redirect("portal:check")
    return _checked(request, form, status=422)


@require_POST
@staff_only(Role.ADMINISTRATOR)
def announcement_end(request: HttpRequest) -> HttpResponse:
    """Tell it no more."""
    take_back(by=acting(request), at=now())
    return redirect("portal:check")


def _checked(request: HttpRequest, form: AnnouncementForm, *, status: int = 200) -> HttpResponse:
    found = last_found()
    listed = found.findings if found else []
    by_part = groupby(sorted(listed, key=lambda one: [*_NAMES].index(one.part)), lambda one: one.part)  # fmt: skip
    context = {
        "found": found,
        "parts": [
            (_NAMES[part], [(one, _LAMPS[one.state], _WORDS[one.state]) for one in findings])
            for part, findings in by_part
        ],
        "state": _LAMPS[worst(listed)],
        "form": form,
        "told": announced(now()),
        "trail": [(_("Desk"), reverse("portal:console")), (_("Is this house fit?"), "")],
    }
    return render(request, "portal/check.html", context, status=status)


def _since(at: datetime) -> datetime | None:
    """Return since when it works without a break; None when nothing has beaten for a while."""
    beat = pulse()
    if beat.last_at is None or at - beat.last_at > GAP:
        return None
    return beat.since_at


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
