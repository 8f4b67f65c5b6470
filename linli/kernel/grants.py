"""Grants: what a unit or another city may read of a subject, for how long; and the one other way in.

There is no override. A grant that has ended or was taken back is none from that moment; for an emergency
one person asks with a reason, a second of another unit lets in, within a day it is over, and the engine
whose case it is tells the person.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_row_code
from linli.kernel.fields import seal
from linli.kernel.models import BreakGlass, Grant, Subject
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import key_of


def give(  # noqa: PLR0913 - the words of one sentence: who may read what of whom, what for, how long
    *,
    subject: Subject,
    about: str,
    to_unit: str,
    fields: Iterable[str],
    purpose: str,
    how: str,
    at: datetime,
    days: int,
    origin: str = "",
) -> Grant:
    """Write down the person's leave; it ends after `days`, at the latest with the subject itself.

    Refuses: no_fields when it lists none; no_days unless it lasts; gone when the subject is over.
    """
    listed = sorted(set(fields))
    if not listed:
        raise Refused("no_fields", _("Choose at least one thing that may be read."))
    ends = min(at + timedelta(days=days), _end_of(subject))
    if ends <= at:
        raise Refused("no_days", _("Leave to read must last at least a day."))
    return Grant.objects.create(
        code=new_row_code(),
        subject=subject,
        about=about,
        to_unit=to_unit,
        origin=origin,
        fields=listed,
        purpose=purpose,
        given_how=how,
        given_at=at,
        expires_at=ends,
    )


def revoke(grant: Grant, at: datetime) -> None:
    """Take a grant back; the next read finds none. A second time changes nothing."""
    Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=at)
    grant.refresh_from_db(fields=["revoked_at"])


def revoke_all(
    *, subject: Subject, about: str, at: datetime, unit: str = "", but: Grant | None = None
) -> int:
    """Take back every live grant, or those of one unit; return how many."""
    grants = live(subject=subject, about=about, at=at)
    if unit:
        grants = grants.filter(to_unit=unit, origin="")
    if but is not None:
        grants = grants.exclude(pk=but.pk)
    return grants.update(revoked_at=at)


def live(*, subject: Subject, about: str, at: datetime) -> QuerySet[Grant]:
    """Return the grants that count at `at`."""
    return Grant.objects.filter(
        subject=subject, about=about, revoked_at=None, given_at__lte=at, expires_at__gt=at
    )


def granted_fields(
    subject: Subject, about: str, unit: str, at: datetime, *, origin: str = ""
) -> frozenset[str]:
    """Return the fields that this unit, of this house or of another city, may read now."""
    if not unit or subject.purge_on <= timezone.localdate(at):
        return frozenset()
    grants = live(subject=subject, about=about, at=at).filter(to_unit=unit, origin=origin)
    return frozenset(name for fields in grants.values_list("fields", flat=True) for name in fields)


def ask_to_break(
    *, by: Actor, at: datetime, subject: Subject, about: str, reason: str, hours: int
) -> BreakGlass:
    """Ask for one look in an emergency; nothing opens until a second person lets in.

    Refuses: not_allowed for who sees no case; no_reason without one; too_long beyond a day; gone when the
    subject is over.
    """
    allow(by, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say what the emergency is: the person reads it."))
    if not 1 <= hours <= BreakGlass.MOST_HOURS:
        raise Refused("too_long", _("Emergency access lasts between one hour and a day."))
    glass = BreakGlass(
        code=new_row_code(), subject=subject, about=about, hours=hours, **signed(by, at)
    )
    seal(glass, key_of(subject, at=at), reason=reason[:1000])
    glass.save(force_insert=True)
    return glass


def let_in(*, by: Actor, at: datetime, glass: BreakGlass) -> BreakGlass:
    """Let the first person look, from now on for the hours asked.

    Refuses: as `refuse_glass`.
    """
    return _decide(by=by, at=at, glass=glass, verdict="let_in_at")


def refuse_glass(*, by: Actor, at: datetime, glass: BreakGlass) -> BreakGlass:
    """Refuse the look; nothing opened.

    Refuses: not_allowed for who sees no case; second_person when the one who asked, or anybody of the
    same unit, would decide; already_decided the second time; glass_over when a day has gone by.
    """
    return _decide(by=by, at=at, glass=glass, verdict="refused_at")


def glass_open(subject: Subject, about: str, by: Actor, at: datetime) -> bool:
    """Say whether this very person may look now without a grant."""
    return any(
        let_in <= at < let_in + timedelta(hours=hours)
        for let_in, hours in BreakGlass.objects.filter(
            subject=subject, about=about, by_name=by.name, by_unit=by.unit, by_role=by.role.value
        )
        .exclude(let_in_at=None)
        .values_list("let_in_at", "hours")
        if let_in is not None
    )


def _decide(*, by: Actor, at: datetime, glass: BreakGlass, verdict: str) -> BreakGlass:
    allow(by, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    if not by.unit or by.unit == glass.by_unit or by.name == glass.by_name:
        raise Refused(
            "second_person",
            _("A second person, of another unit, decides about emergency access."),
            status=403,
        )
    if at >= glass.at + timedelta(hours=BreakGlass.MOST_HOURS):
        raise Refused("glass_over", _("This was asked more than a day ago: ask anew."))
    # One statement decides: of two who answer at the same moment the second finds nothing to decide.
    waiting = Q(pk=glass.pk, let_in_at=None, refused_at=None)
    changed = BreakGlass.objects.filter(waiting).update(
        **{verdict: at}, second_name=by.name, second_unit=by.unit
    )
    if not changed:
        raise Refused("already_decided", _("This request was answered already."))
    glass.refresh_from_db()
    return glass


def _end_of(subject: Subject) -> datetime:
    return timezone.make_aware(datetime.combine(subject.purge_on, time()))
