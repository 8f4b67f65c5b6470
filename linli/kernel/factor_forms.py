"""Forms of the second factor: allauth's, with our words, our limits, and codes that serve once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, forgive

_DOOR = "second-factor"
_TRIES, _TRIES_AN_HOUR = 8, 12  # a code is one of a million, three of them fit at a time


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code from the app, or a recovery code, on the way in."""

    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError for a wrong one, and for one that served already."""
        _count(self.user)
        code: str = super().clean_code()
        _spend(self.authenticator, code)
        forgive(_DOOR, str(self.user.pk))
        return code


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, of somebody who is signed in and about to change something that matters."""

    code = CodeForm.base_fields["code"]

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError for a wrong one, and for one that served already."""
        _count(self.user)
        code: str = super().clean_code()
        _spend(self.authenticator, code)
        forgive(_DOOR, str(self.user.pk))
        return code


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that has just learnt the secret."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError for a wrong one."""
        _count(self.user)
        code: str = super().clean_code()
        forgive(_DOOR, str(self.user.pk))
        return code


class Spoken:
    """A form that takes what a device said, and says no of what no device says."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that vouched. Raises ValidationError."""
        with _understood():
            vouched: Authenticator = super().clean_credential()  # type: ignore[misc]
            return vouched


class PasskeyInForm(Spoken, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone, on the way in."""


class PasskeyStepForm(Spoken, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class PasskeyAgainForm(Spoken, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey of somebody who is signed in."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: a telephone, a computer or a security key that vouches for who holds it."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=40, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        help_text=_(
            "The device then asks for its PIN, fingerprint or face; none of it comes here."
        ),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """Return what was said. Raises ValidationError when no device said it."""
        with _understood():
            said: dict[str, Any] = super().clean()
            return said


@contextmanager
def _understood() -> Iterator[None]:
    # The library that reads these answers stumbles, in many ways, over what is none.
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        raise get_adapter().validation_error("incorrect_code") from None


def _count(user: AbstractBaseUser) -> None:
    allow_knock(_DOOR, str(user.pk), at=now(), burst=_TRIES, per_hour=_TRIES_AN_HOUR)


@transaction.atomic
def _spend(authenticator: Authenticator, code: str) -> None:
    """Let a code of the app serve once, whichever process is asked; recovery codes spend themselves."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    kept: dict[str, Any] = row.data
    secret = decrypt(kept["secret"])
    fits = [
        counter
        for counter in totp.yield_hotp_counters_from_time()
        if totp.compare_user_code(
            actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))
        )
    ]
    if not fits or max(fits) <= kept.get("spent", -1):
        raise forms.ValidationError(_("This code has served already. Wait for the next one."))
    kept["spent"] = max(fits)
    row.save(update_fields=["data"])
