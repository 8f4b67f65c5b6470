"""How far a member of staff has read: one mark a page, moved by its owner alone. Who reads what is written nowhere else."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import OF_STAFF, Actor, Role, allow
from linli.kernel.models import Marker, Staff
from linli.kernel.refusals import Refused

UNDONE_WITHIN = timedelta(minutes=10)


def marker_of(staff: Staff, place: str) -> Marker | None:
    """Return the mark of one account on a page; None when it was never set."""
    return Marker.objects.filter(staff=staff, place=place).first()


def may_undo(marker: Marker | None, at: datetime) -> bool:
    """Say whether a mark was set so lately that it may go back."""
    return marker is not None and _fresh(marker, at)


@transaction.atomic
def mark_seen(*, by: Actor, at: datetime, staff: Staff, place: str, until: datetime) -> Marker:
    """Say that all is seen that came until a moment: when the page was made, not when the button was pressed.

    Refuses: not_allowed unless staff ask; not_yours for somebody else's mark.
    """
    _own(by, staff)
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    kept = marker_of(staff, place)
    until = min(until, at)
    if kept is None:
        return Marker.objects.create(staff=staff, place=place, until=until, moved_at=at)
    if until > kept.until:
        kept.before, kept.until, kept.moved_at = kept.until, until, at
        kept.save(update_fields=["before", "until", "moved_at"])
    return kept


@transaction.atomic
def unmark(*, by: Actor, at: datetime, staff: Staff, place: str) -> None:
    """Go back to how far it was read before.

    Refuses: not_allowed unless staff ask; not_yours for somebody else's mark; nothing_to_undo when none was set;
    too_late ten minutes after.
    """
    _own(by, staff)
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    kept = marker_of(staff, place)
    if kept is None:
        raise Refused("nothing_to_undo", _("Nothing was marked as seen."))
    if not _fresh(kept, at):
        raise Refused("too_late", _("This can be undone for ten minutes."))
    if kept.before is None:
        kept.delete()
        return
    kept.until, kept.before = kept.before, None
    # Undone once: the mark is old, so that what came before stays where it is.
    kept.moved_at = at - 2 * UNDONE_WITHIN
    kept.save(update_fields=["before", "until", "moved_at"])


def _fresh(marker: Marker, at: datetime) -> bool:
    return at - marker.moved_at <= UNDONE_WITHIN


def _own(by: Actor, staff: Staff) -> None:
    allow(by, *OF_STAFF)
    if staff.actor != by and by.role != Role.SYSTEM:
        raise Refused("not_yours", _("This mark belongs to somebody else."), status=403)
