"""The second factor of staff: an app's code or a passkey, and recovery codes for the day it is lost.

A session counts as let in when it came by a second factor that still exists: one that an administrator
resets is gone with the next request.
"""

import io
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import wraps
from typing import Any

import segno
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.keystore import KeyLost, store
from linli.kernel.models import Staff
from linli.kernel.sealing import Key, Place

View = Callable[..., HttpResponse]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_NAME, _PLACE = "SECOND-FACTORS", Place("mfa_authenticator", "-", "data")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's second factors with sealed secrets and our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the right code."),
        "cannot_delete_authenticator": _(
            "This is your only second factor. Set up another one before you remove it."
        ),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret: a dump of the database opens nothing."""
        return b64encode(_key().seal(text, _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return _key().open_text(b64decode(encrypted_text), _PLACE)

    def get_totp_label(self, user: Staff) -> str:
        """Name the account as the app shall show it."""
        return user.username

    def get_totp_issuer(self) -> str:
        """Name this house as the app shall show it."""
        return f"{gettext('Linli')} {self._get_site_name()}"

    def build_totp_svg(self, url: str) -> str:
        """Draw the secret as a QR code; light on every ground, so that telephones read it."""
        drawn = io.BytesIO()
        segno.make(url, micro=False).save(drawn, kind="svg", scale=5, border=4, light="#fff")
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Staff, type: str) -> str:  # noqa: A002 - allauth's
        """Suggest a name for one more passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say no of the only one, where one is required."""
        others = _factors(authenticator.user).exclude(pk=authenticator.pk)
        return not settings.SECOND_FACTOR or others.exists()


def has_factor(staff: Staff | AnonymousUser) -> bool:
    """Say whether a second factor is set up."""
    return _factors(staff).exists()


def having_factor(staff: Iterable[Staff]) -> set[int]:
    """Return which of these have one, by their primary keys."""
    found = Authenticator.objects.filter(user__in=staff, type__in=FACTORS)
    return set(found.values_list("user_id", flat=True))


def came_by_factor(request: HttpRequest) -> bool:
    """Say whether this session was let in by a second factor, or set one up itself."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def mark_session(request: HttpRequest, factor: Authenticator) -> None:
    """Note in the session that it has just set up this factor."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


def way_to_factor(request: HttpRequest) -> HttpResponse | None:
    """Return where a signed-in session must go first: nowhere, to set up a factor, or to sign in anew."""
    if not settings.SECOND_FACTOR:
        return None
    if not has_factor(request.user):
        return redirect("mfa_index")
    return end_older_session(request)


def end_older_session(request: HttpRequest) -> HttpResponse | None:
    """End a session that began with the password alone, once its account has a factor."""
    if came_by_factor(request) or not has_factor(request.user):
        return None
    logout(request)
    return redirect_to_login(request.get_full_path())


def own_door(view: View) -> View:
    """Keep what guards an account from sessions that are older than its second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        return end_older_session(request) or view(request, *args, **kwargs)

    return guarded


def _factors(staff: Staff | AnonymousUser) -> "QuerySet[Any]":
    found: QuerySet[Any] = Authenticator.objects.filter(user_id=staff.pk, type__in=FACTORS)
    return found


def _key() -> Key:
    """Return the key that seals the secrets of all factors; the first time, make it."""
    try:
        key = store().key(_NAME)
    except KeyLost:
        with suppress(sqlite3.IntegrityError):  # another process was first
            store().add(_NAME, date.max)
        key = store().key(_NAME)
    if key is None:
        raise KeyLost(f"the key of {_NAME} was destroyed")
    return key
