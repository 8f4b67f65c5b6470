"""Enter into a thing's history that it was corrected because somebody said that it was wrong."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.directory.actions.deeds import Deed
from linli.directory.models import Change, Location, Service
from linli.kernel.actors import Actor, allow
from linli.kernel.signed import signed

CHANGES = ("amended", "ended", "closed")


@transaction.atomic
def note_correction(
    *, by: Actor, at: datetime, kind: str, code: str, since: datetime
) -> date | None:
    """Say on which day a guide or station was put right that somebody doubted at `since`; None when nothing changed.

    Several who doubted the same are met by one entry. Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    # Locked, so that two who note the same change enter it once.
    found = _held(kind, code)
    changes = Change.objects.filter(thing=found.uuid) if found else Change.objects.none()
    change = changes.filter(verb__in=CHANGES, at__gte=since).order_by("at", "pk").first()
    if found is None or change is None:
        return None
    if not changes.filter(verb="corrected", at__gte=change.at).exists():
        # As of the change itself: when it became right, not when that was noticed.
        note = {"kind": kind, "thing": found.uuid, "verb": "corrected"}
        Change.objects.create(**note, **signed(by, change.at))
        Deed(by, at).renew()
    return localdate(change.at)


def _held(kind: str, code: str) -> Service | Location | None:
    if kind == "service":
        return Service.objects.select_for_update().filter(code=code).first()
    return Location.objects.select_for_update().filter(code=code).first()
