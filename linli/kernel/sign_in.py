"""How staff sign in: accounts are given, never taken. Of allauth's doors those named in `urls` stand open."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.kernel import account_news, accounts, sessions
from linli.kernel.clock import now
from linli.kernel.doors import signed_in
from linli.kernel.limits import allow_knock, forgive, source_of
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.kernel.second_factor import own_door

# What allauth tells by the name of a template; what is not named here goes without saying.
_SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("Your app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


_log = structlog.stdlib.get_logger("linli.sign_in")


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with its doors for the public closed, our words, and our limits."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password is not right."),
        "incorrect_code": _("This is not the right code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a member of staff gets an account from the office."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count tries: by name and address, then by name, then by address, where a whole station sits.

        Refuses: too_many.
        """
        at, name, source = now(), _name(credentials), source_of(request)
        allow_knock("sign-in", f"{name}\n{source}", at=at, burst=10, per_hour=60)
        allow_knock("sign-in-name", name, at=at, burst=100, per_hour=120)
        allow_knock("sign-in-source", source, at=at, burst=300, per_hour=600)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Staff | None:
        """Return whose name and password these are; who was right has no tries to answer for."""
        staff: Staff | None = super().authenticate(request, **credentials)
        if staff is not None:
            forgive("sign-in", f"{_name(credentials)}\n{source_of(request)}")
        # Whose number it is stands at the accounts; what was typed wrong may be a password in the wrong field.
        known = {"code": str(staff.pk), "role": staff.role} if staff else {}
        _log.info("password_right" if staff else "password_wrong", **known)
        return staff

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Let somebody in, and say what was done to the account's second factors since they last came."""
        since = user.last_login
        super().login(request, user)
        sessions.begin(request, now())
        _log.info("signed_in", code=str(user.pk), role=user.role)
        for words in account_news.news_since(user, since):
            ask = _("If that was not you, tell an administrator at once.")
            messages.warning(request, f"{words} {ask}")

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """Turn away whose account is disabled.

        Refuses: account_disabled.
        """
        raise Refused("account_disabled", _("This account is disabled."), status=403)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead on to what keeps the account safe."""
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: object = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Tell what was done, in our words."""
        if words := message or _SAID.get(message_template or ""):
            messages.add_message(request, level, str(words), extra_tags=extra_tags)


def _name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).casefold()


class SayWrong:
    """A page that says by its status when what was typed is wrong."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again, as every form of ours does when it is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class SignIn(SayWrong, LoginView):  # type: ignore[misc]
    """Name and password, or a passkey."""


class SignOut(LogoutView):  # type: ignore[misc]
    """Out; the browser forgets what it has kept of the pages."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


class TypePassword(SayWrong, ReauthenticateView):  # type: ignore[misc]
    """The password again, before something that matters is changed."""


class ChangePassword(SayWrong, PasswordChangeView):  # type: ignore[misc]
    """A new password; every other session of the account ends."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse where there is no password to change: no_password."""
        if not signed_in(request).has_usable_password():
            raise Refused("no_password", _("Your account has no password. Ask an administrator."))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Change it, and write down that it was changed."""
        response: HttpResponse = super().form_valid(form)
        accounts.note(staff=signed_in(self.request), verb="password_changed", at=now())
        return response


page = require_http_methods(["GET", "HEAD", "POST"])
login = page(SignIn.as_view())
logout = page(SignOut.as_view())
type_password = page(login_required(own_door(TypePassword.as_view())))
change_password = page(login_required(own_door(ChangePassword.as_view())))
