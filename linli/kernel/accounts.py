"""The accounts of staff: given, changed and closed by administrators, each change written down for ever.

An administrator never learns a password: a new account starts by a link that serves once.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import account_news
from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.models import ApiKey, Staff, StaffStep
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_links = PasswordResetTokenGenerator()  # good for three days, until the password changes


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What an administrator says of an account."""

    username: str
    name: str
    role: str
    unit: str
    email: str = ""


@transaction.atomic
def open_account(*, by: Actor, at: datetime, draft: AccountDraft) -> Staff:
    """Give an account, without a password: `start_link` lets its owner choose one.

    Refuses: not_allowed for every role but the administrator; name_taken when another account has it.
    """
    allow(by, Role.ADMINISTRATOR)
    staff = Staff(**asdict(draft))
    staff.set_unusable_password()
    _save(staff)
    _step(staff, "opened", by=by, at=at, becomes=asdict(draft))
    return staff


@transaction.atomic
def amend_account(*, by: Actor, at: datetime, staff: Staff, draft: AccountDraft) -> None:
    """Change what is said of an account. The open sessions of its owner follow at once.

    Refuses: not_allowed for every role but the administrator; own_account when administrators would
    change their own role or unit; name_taken when another account has the name; last_administrator
    when nobody would be left to keep accounts.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = _held(staff)
    was = {field.name: getattr(kept, field.name) for field in fields(AccountDraft)}
    becomes = {name: said for name, said in asdict(draft).items() if said != was[name]}
    if {"role", "unit"} & becomes.keys():
        _others_only(kept, by)
    if "role" in becomes:
        _leave_an_administrator(kept)
    for name, said in becomes.items():
        setattr(kept, name, said)
    if becomes:
        _save(kept)
        _step(kept, "amended", by=by, at=at, was={n: was[n] for n in becomes}, becomes=becomes)


@transaction.atomic
def disable_account(*, by: Actor, at: datetime, staff: Staff) -> None:
    """Close an account: its sessions, its password and its API keys end with the next request.

    Refuses: not_allowed for every role but the administrator; own_account for one's own;
    last_administrator when nobody would be left to keep accounts.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = _held(staff)
    _others_only(kept, by)
    _leave_an_administrator(kept)
    if kept.is_active:
        kept.is_active = False
        kept.set_unusable_password()
        kept.save(update_fields=["is_active", "password"])
        ApiKey.objects.filter(staff=kept, revoked_at=None).update(revoked_at=at)
        _step(kept, "disabled", by=by, at=at)


@transaction.atomic
def enable_account(*, by: Actor, at: datetime, staff: Staff) -> None:
    """Open a disabled account again; its owner starts anew by a link.

    Refuses: not_allowed for every role but the administrator.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = _held(staff)
    if not kept.is_active:
        kept.is_active = True
        kept.save(update_fields=["is_active"])
        _step(kept, "enabled", by=by, at=at)


@transaction.atomic
def reset_factors(*, by: Actor, at: datetime, staff: Staff) -> None:
    """Remove the second factors of somebody who lost them. Until new ones are set up nothing opens.

    Refuses: not_allowed for every role but the administrator; own_account for one's own.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = _held(staff)
    _others_only(kept, by)
    kinds = list(Authenticator.objects.filter(user=kept).values_list("type", flat=True))
    Authenticator.objects.filter(user=kept).delete()
    if kinds:
        _step(kept, "factors_reset", by=by, at=at, was={"factors": sorted(kinds)})


@transaction.atomic
def start_link(*, by: Actor, at: datetime, staff: Staff) -> str:
    """Return the token by which the owner chooses a password; a password that there was ends.

    Refuses: not_allowed for every role but the administrator; own_account for one's own;
    account_disabled when the account may not sign in.
    """
    allow(by, Role.ADMINISTRATOR)
    kept = _held(staff)
    _others_only(kept, by)
    if not kept.is_active:
        raise Refused("account_disabled", _("This account is disabled."))
    kept.set_unusable_password()
    kept.save(update_fields=["password"])
    _step(kept, "link_given", by=by, at=at)
    return _links.make_token(kept)


def starting(pk: int, token: str) -> Staff:
    """Return whose account a link starts.

    Refuses: link_spent when it served, is older than three days, or was never given.
    """
    staff = Staff.objects.filter(pk=pk, is_active=True).first()
    if staff is None or not _links.check_token(staff, token):
        raise Refused(
            "link_spent", _("This link is no longer good. Ask an administrator for another."),
            status=410,
        )  # fmt: skip
    return staff


@transaction.atomic
def start(*, at: datetime, pk: int, token: str, password: str) -> Staff:
    """Set the password that the owner of an account chose. The second factor stays what it is.

    Refuses: link_spent when the link is no longer good.
    """
    Staff.objects.select_for_update(no_key=True).filter(pk=pk).first()
    staff = starting(pk, token)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    note(staff=staff, verb="started", at=at)
    return staff


@transaction.atomic
def first_administrator(*, at: datetime, draft: AccountDraft, password: str) -> Staff:
    """Give the first account of all, which gives the others.

    Refuses: administrator_exists when there is one who may sign in; name_taken when an account has the name.
    """
    if _administrators():
        raise Refused(
            "administrator_exists",
            _("There is an administrator already, who can open accounts in the console."),
        )
    staff = Staff(**asdict(draft))
    staff.set_password(password)
    _save(staff)
    _step(staff, "opened", by=system("administrator"), at=at, becomes=asdict(draft))
    return staff


@transaction.atomic
def note(*, staff: Staff, verb: str, at: datetime) -> None:
    """Write down what an owner did to the account."""
    _step(staff, verb, by=staff.actor, at=at)


def forget_sessions(at: datetime) -> int:
    """Remove the sessions that have ended; return how many went."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]


def _step(
    staff: Staff,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    was: dict[str, object] | None = None,
    becomes: dict[str, object] | None = None,
) -> None:
    step = StaffStep.objects.create(
        staff=staff, verb=verb, was=was or {}, becomes=becomes or {}, **signed(by, at)
    )
    account_news.tell(step)


def _save(staff: Staff) -> None:
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError:
        raise Refused("name_taken", _("Another account has this user name.")) from None


def _held(staff: Staff) -> Staff:
    # Administrators first and in one order, so that two who close each other's account take turns.
    _administrators()
    return Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)


def _administrators() -> Sequence[Staff]:
    keepers = Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(keepers.select_for_update(no_key=True).order_by("pk"))


def _others_only(staff: Staff, by: Actor) -> None:
    if staff.actor == by:
        raise Refused("own_account", _("Another administrator must do this to your account."))


def _leave_an_administrator(staff: Staff) -> None:
    keepers = _administrators()
    if [one.pk for one in keepers] == [staff.pk]:
        raise Refused("last_administrator", _("Somebody must be left who keeps the accounts."))
