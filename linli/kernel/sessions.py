"""Sessions of staff: how long one lasts, unused and at most; which ones an account has; and the end of the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import now
from linli.kernel.doors import signed_in
from linli.kernel.models import Staff
from linli.kernel.second_factor import own_door

Handler = Callable[[HttpRequest], HttpResponse]
IDLE = timedelta(hours=1)
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
_EACH = timedelta(minutes=5)  # how exactly it is known when a session was last used
_SINCE, _USED = "since", "used"


@dataclass(frozen=True, slots=True)
class Open:
    """One session of an account. Nothing is known of where it is or on what."""

    since: datetime
    used: datetime
    this: bool


def begin(request: HttpRequest, at: datetime) -> None:
    """Note in the session when it began."""
    request.session[_SINCE] = request.session[_USED] = int(at.timestamp())


def end_unused(handle: Handler) -> Handler:
    """End a session that nobody used for an hour, and any after a working day (a middleware)."""

    def answered(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _USED in request.session:
            at = now()
            used, since = _moment(request.session[_USED]), _moment(request.session[_SINCE])
            if at - used > IDLE or at - since > LONGEST:
                logout(request)
            elif at - used > _EACH:
                request.session[_USED] = int(at.timestamp())
        return handle(request)

    return answered


def open_sessions(staff: Staff, this: str, at: datetime) -> list[Open]:
    """Return the sessions of an account, the newest first. `this` is the key of the one that asks."""
    return sorted(
        (
            Open(
                _moment(said.get(_SINCE, at.timestamp())), _moment(said.get(_USED, at.timestamp())), key == this
            )
            for key, said in _of(staff, at)
            if key == this or at - _moment(said.get(_USED, at.timestamp())) <= IDLE
        ),
        key=lambda one: one.since,
        reverse=True,
    )  # fmt: skip


def end_others(staff: Staff, this: str, at: datetime) -> int:
    """End every session of an account but this one; return how many went."""
    others = [key for key, _said in _of(staff, at) if key != this]
    return Session.objects.filter(session_key__in=others).delete()[0]


def _of(staff: Staff, at: datetime) -> list[tuple[str, dict[str, str]]]:
    # A session says whose it is only once it is opened: there are as many as staff at work, no more.
    living = Session.objects.filter(expire_date__gt=at).iterator()
    opened = ((one.session_key, one.get_decoded()) for one in living)
    return [(key, said) for key, said in opened if said.get(SESSION_KEY) == str(staff.pk)]


def _moment(seconds: float | str) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


def _shown(request: HttpRequest) -> HttpResponse:
    found = open_sessions(signed_in(request), request.session.session_key or "", now())
    return render(request, "account/sessions.html", {"sessions": found, "others": len(found) > 1})


@reauthentication_required  # type: ignore[untyped-decorator]
def _ended(request: HttpRequest) -> HttpResponse:
    end_others(signed_in(request), request.session.session_key or "", now())
    messages.success(request, _("Wherever else you were signed in, you are signed out."))
    return redirect("account_sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@own_door
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where the account is signed in; sent, end all but this after the password was typed again."""
    return _ended(request) if request.method == "POST" else _shown(request)
