"""Pages of the second factor: allauth's views that we open, each saying by its status what is wrong."""

from typing import Any

import structlog
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from linli.kernel import accounts
from linli.kernel.clock import now
from linli.kernel.doors import signed_in
from linli.kernel.factor_forms import (
    CodeAgainForm,
    CodeForm,
    FirstCodeForm,
    PasskeyAgainForm,
    PasskeyForm,
    PasskeyInForm,
    PasskeyStepForm,
)
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.second_factor import mark_session, own_door
from linli.kernel.sign_in import SayWrong, page

_log = structlog.stdlib.get_logger("linli.sign_in")


class Noted:
    """A page whose success is written into the account's history, as `verb`."""

    verb = ""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Do it, and write down that it was done."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        accounts.note(staff=signed_in(request), verb=self.verb, at=now())
        return response


class NotedFactor(Noted):
    """The same, where a factor was added: the session that added it need not come in by it."""

    verb = "factor_added"
    kind = ""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it, and let this session stay."""
        response = super().form_valid(form)
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        added = Authenticator.objects.filter(user=request.user, type=self.kind).latest("pk")
        mark_session(request, added)
        return response


class SecondFactors(IndexView):  # type: ignore[misc]
    """What keeps this account safe, and what is missing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether one must be set up before anything else opens."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"required": settings.SECOND_FACTOR}


class TellsCode:
    """A page that takes a code; its owner hears of a recovery code that served, whoever typed it."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Let in. Written down afterwards, so that the next to sign in is told, and not this one."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        served: Authenticator | None = getattr(form, "authenticator", None)
        if served and served.type == Authenticator.Type.RECOVERY_CODES:
            accounts.note(staff=served.user, verb="code_used", at=now())
        return response


class EnterCode(TellsCode, AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""

    form_class, webauthn_form_class = CodeForm, PasskeyStepForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the step again, as wrong."""
        _log.info("factor_wrong")
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


class EnterCodeAgain(SayWrong, TellsCode, ReauthenticateView):  # type: ignore[misc]
    """A code before something that matters is changed."""

    form_class = CodeAgainForm


class AddApp(SayWrong, NotedFactor, ActivateTOTPView):  # type: ignore[misc]
    """Teach an app the secret, and prove it by a first code."""

    kind, form_class = Authenticator.Type.TOTP, FirstCodeForm


class RemoveApp(SayWrong, Noted, DeactivateTOTPView):  # type: ignore[misc]
    """Forget the app, unless it is the only factor."""

    verb = "factor_removed"


class AddPasskey(SayWrong, NotedFactor, AddWebAuthnView):  # type: ignore[misc]
    """Let a device vouch."""

    kind, form_class = Authenticator.Type.WEBAUTHN, PasskeyForm


class RemovePasskey(Noted, RemoveWebAuthnView):  # type: ignore[misc]
    """Forget a device, unless it is the only factor."""

    verb = "factor_removed"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Refuse to remove the only one: last_factor."""
        if not get_adapter().can_delete_authenticator(self.object):
            words = get_adapter().error_messages["cannot_delete_authenticator"]
            raise Refused("last_factor", words)
        return super().form_valid(form)


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey before something that matters is changed."""

    form_class = PasskeyAgainForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Ask the device once more."""
        response: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
        return response


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """In by a passkey alone: the device has asked for a PIN, a finger or a face."""

    form_class = PasskeyInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count tries by address alone: there is nothing to guess."""
        allow_knock("passkey", source_of(request), at=now(), burst=300, per_hour=1200)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class NewRecoveryCodes(SayWrong, Noted, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Ten new codes; the old ones end."""

    verb = "codes_made"


def _own(view: type[Any]) -> Any:  # noqa: ANN401 - a view
    return page(login_required(own_door(view.as_view())))


second_factors = require_safe(login_required(own_door(SecondFactors.as_view())))
recovery_codes = require_safe(login_required(own_door(ViewRecoveryCodesView.as_view())))
new_recovery_codes = _own(NewRecoveryCodes)
enter_code = page(EnterCode.as_view())
enter_code_again = _own(EnterCodeAgain)
add_app = _own(AddApp)
remove_app = _own(RemoveApp)
add_passkey = _own(AddPasskey)
remove_passkey = _own(RemovePasskey)
passkey_again = _own(PasskeyAgain)
passkey_sign_in = page(PasskeySignIn.as_view())
