"""Begin, shorten and end what is sealed. From its day on nothing opens, were the purge late or not.

The key store is asked before the database says anything: what it has destroyed is gone, whatever a row
or a restored backup may tell.
"""

import secrets
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.fields import seal
from linli.kernel.keystore import store
from linli.kernel.models import Subject
from linli.kernel.prepared import add_row
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Key

_BATCH = 500
_LOG_KEY_BYTES = 32


class Gone(Refused):
    """What was asked for was destroyed, on its day or before."""

    def __init__(self) -> None:
        super().__init__(
            "gone", _("This was deleted for good and cannot be brought back."), status=410
        )


def new_subject(*, purpose: str, purge_on: date, at: datetime) -> Subject:
    """Begin a subject, with a key that is destroyed on `purge_on`.

    Refuses: retention_over unless that day lies after today.
    """
    today = timezone.localdate(at)
    if purge_on <= today:
        raise Refused("retention_over", _("The date of deletion must be later than today."))
    code, key = store().fresh(purge_on)
    subject = Subject(code=code, purpose=purpose, created_on=today, purge_on=purge_on)
    # What the look log commits with: it goes with the subject's key, the log's proofs stay.
    seal(subject, key, log_key=secrets.token_bytes(_LOG_KEY_BYTES))
    add_row(subject)
    return subject


def key_of(subject: Subject, *, at: datetime) -> Key:
    """Return the key that seals and opens what belongs to the subject.

    Refuses: gone from its day on, and when it was destroyed before.
    """
    if subject.purge_on > timezone.localdate(at):
        key = store().key(subject.code)
        if key is not None:
            return key
    raise Gone


@transaction.atomic
def shorten(*, subject: Subject, purge_on: date, at: datetime) -> None:
    """Move the day of destruction to an earlier one; a day that has passed means now.

    Refuses: retention_longer for a later day; gone when the key is destroyed already.
    """
    kept = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
    if kept.destroyed_on is not None:
        raise Gone
    if purge_on > kept.purge_on:
        raise Refused("retention_longer", _("The date of deletion may only move earlier."))
    kept.purge_on = max(purge_on, min(kept.purge_on, timezone.localdate(at)))
    kept.save(update_fields=["purge_on"])
    subject.purge_on = kept.purge_on


@transaction.atomic
def destroy(*, subject: Subject, at: datetime) -> None:
    """Destroy the key as soon as the caller's transaction is in; a second time changes nothing.

    From that commit on the subject is due: if we are stopped before the key store is reached, nothing
    opens all the same, and the next purge does the rest.
    """
    kept = Subject.objects.select_for_update(no_key=True).get(pk=subject.pk)
    if kept.destroyed_on is None:
        today = timezone.localdate(at)
        shorten(subject=subject, purge_on=min(kept.purge_on, today), at=at)
        transaction.on_commit(partial(_destroy, [kept.code], today))


def destroy_due(at: datetime) -> int:
    """Destroy the keys whose day has come; return how many were alive. May be stopped and repeated."""
    today = timezone.localdate(at)
    # In the order of their index, which those leave that are destroyed.
    due = Subject.objects.filter(purge_on__lte=today, destroyed_on=None).order_by("purge_on")
    destroyed = 0
    while codes := list(due.values_list("code", flat=True)[:_BATCH]):
        destroyed += _destroy(codes, today)
    # Keys that no row speaks of: their transaction was rolled back, or their row is not in this backup.
    return destroyed + store().destroy_due(today) + _destroy_again()


def _destroy_again() -> int:
    """Destroy what the database knows to be destroyed and a restored key store brought back."""
    keys, destroyed, last = store(), 0, ""
    while codes := keys.alive(last, _BATCH):
        back = Subject.objects.filter(code__in=codes).exclude(destroyed_on=None)
        destroyed += keys.destroy(back.values_list("code", flat=True))
        last = codes[-1]
    return destroyed


def _destroy(codes: list[str], today: date) -> int:
    # The key first: a row must never say "destroyed" of a key that lives.
    destroyed = store().destroy(codes)
    Subject.objects.filter(code__in=codes, destroyed_on=None).update(destroyed_on=today)
    return destroyed
