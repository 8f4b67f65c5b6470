"""Forget: the holder has the key to everything they left with a booking destroyed, before its day."""

from datetime import datetime

from django.db import transaction

from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.subjects import destroy
from linli.offers.actions import waiting
from linli.offers.models import Booking, FollowUp


@transaction.atomic
def forget(*, by: Actor = HOLDER, at: datetime, booking: Booking) -> None:
    """Give back a place that is still to come, and destroy the key; a leave to be asked later ends with it.

    Refuses: not_allowed for everybody but the holder.
    """
    allow(by, Role.HOLDER)
    session = waiting.session_of(by=by, at=at, booking=booking)
    kept = waiting.held(by=by, at=at, booking=booking)
    if kept.ended_at is None and at < session.starts_at:
        waiting.leave(by=by, at=at, session=session, booking=kept, verb="cancelled")
        waiting.let_in(by=by, at=at, session=session)
    destroy(subject=kept.subject, at=at)
    for leave in FollowUp.objects.filter(booking=kept).select_related("subject"):
        destroy(subject=leave.subject, at=at)
