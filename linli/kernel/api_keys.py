"""Keys by which programs act for a member of staff. Of each only a hash is kept: it is shown once.

A key opens nothing once it is revoked or its member of staff may no longer sign in.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.models import ApiKey, Staff, StaffStep
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_BEARER = "bearer "
_staff_by_digest = Prepared(
    lambda digest: Staff.objects.filter(
        api_keys__digest=digest, api_keys__revoked_at=None, is_active=True
    ),
    str,
)


@transaction.atomic
def issue(*, by: Actor, at: datetime, staff: Staff, name: str) -> tuple[ApiKey, str]:
    """Make a key for one program; return it and the secret, which is never shown again.

    Refuses: not_allowed for every role but the administrator; account_disabled when the account it
    would act for may not sign in.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    if not kept.is_active:
        raise Refused("account_disabled", _("This account is disabled."))
    secret = f"linli_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(digest=_digest(secret), name=name, staff=kept, created_at=at)
    StaffStep.objects.create(staff=kept, verb="key_issued", becomes={"key": name}, **signed(by, at))
    return key, secret


@transaction.atomic
def revoke_key(*, by: Actor, at: datetime, key: ApiKey) -> None:
    """Take a key back; a second time changes nothing.

    Refuses: not_allowed for every role but the administrator.
    """
    allow(by, Role.ADMINISTRATOR)
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        StaffStep.objects.create(
            staff=key.staff, verb="key_revoked", was={"key": key.name}, **signed(by, at)
        )


def staff_of(request: HttpRequest) -> Staff | None:
    """Return for whom the program that asks may act: by `Authorization: Bearer …`, or Open311's api_key."""
    said = request.headers.get("Authorization", "")
    if said[: len(_BEARER)].lower() == _BEARER:
        secret = said[len(_BEARER) :].strip()
    else:
        secret = request.POST.get("api_key") or request.GET.get("api_key") or ""
    if not secret:
        return None
    return _staff_by_digest.first(_digest(secret))


def _digest(secret: str) -> str:
    # 256 random bits: nobody guesses them, so that a plain hash is as good as a slow one.
    return sha256(secret.encode()).hexdigest()
