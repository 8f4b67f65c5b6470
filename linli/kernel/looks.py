"""Every look at what is kept of a subject is written down, in the transaction that looks: what cannot be
written down is not shown. The person can see each one, and prove to anybody that it was in the log.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.codes import new_row_code
from linli.kernel.fields import unseal
from linli.kernel.log_file import Entry, commitment, row_key
from linli.kernel.log_keeping import MOST_WAITING, append, held_head, is_due, sign_if_due, size_of
from linli.kernel.log_proofs import Proof, proof_of
from linli.kernel.models import LogHead, Look, LookCount, Subject
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of

_BATCH = 2000
_VERBS = frozenset(verb for verb, _words in Look.VERBS)
_log = structlog.stdlib.get_logger("linli.looks")


def look(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    verb: str,
    about: str,
    purpose: str,
    fields: Collection[str],
) -> Look:
    """Write down a look, in the caller's transaction and before the caller opens anything.

    Refuses: gone when the subject's key is destroyed; not_logged when the look cannot be written.
    """
    if verb not in _VERBS:
        raise ValueError(f"no such verb: {verb!r}")
    row = Look(
        code=new_row_code(),
        subject=subject,
        at=at,
        by_role=by.role.value,
        by_unit=by.unit,
        verb=verb,
        about=about,
        purpose=purpose,
        fields=",".join(sorted(fields)),
    )
    row.leaf = commitment(_key_of(row, at=at), canonical(row))
    try:
        row.save(force_insert=True)
    except DatabaseError as error:
        _log.error("look_not_written", kind=type(error).__name__)  # it may quote the row
        sentence = _("This look could not be written down, so nothing is shown. Try again later.")
        raise Refused("not_logged", sentence, status=503) from None
    return row


def canonical(row: Look) -> str:
    """The one writing of a look that its leaf commits to. It names the case, and nobody."""
    said = {
        "look": row.code,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "role": row.by_role,
        "unit": row.by_unit,
        "verb": row.verb,
        "about": row.about,
        "purpose": row.purpose,
        "fields": row.fields,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def looks_of(subject: Subject) -> list[Look]:
    """Every look at what is kept of the subject, the newest first. None is hidden from its person."""
    return list(Look.objects.filter(subject=subject).order_by("-at", "-id"))


@dataclass(frozen=True)
class Day:
    """Looks of one day by one role of one unit, for the same: they are shown in one line, and counted."""

    on: date
    looks: tuple[Look, ...]

    @property
    def first(self) -> Look:
        """What they have in common can be read off any of them."""
        return self.looks[0]


def by_day(looks: Collection[Look]) -> list[Day]:
    """Group looks for reading, the newest day first; each look is in exactly one group."""

    def alike(row: Look) -> tuple[date, str, str, str, str, str]:
        kinds = (row.by_role, row.by_unit, row.verb, row.purpose, row.fields)
        return (timezone.localdate(row.at), *kinds)

    newest_first = sorted(
        sorted(looks, key=alike), key=lambda row: timezone.localdate(row.at), reverse=True
    )
    return [Day(key[0], tuple(group)) for key, group in groupby(newest_first, key=alike)]


@dataclass(frozen=True)
class Opened:
    """One look as its person may hand it on: row and key open this entry and no other; the proof may wait."""

    entry: Entry
    proof: Proof | None


def entry_of(row: Look, *, at: datetime) -> Opened:
    """Open the log's entry of a look, for the person whose subject it is of.

    `entry.holds()` says whether the row is still the one that was entered.
    Refuses: gone when the subject's key is destroyed.
    """
    proof = None if row.position is None else proof_of(row.position)
    leaf = bytes(row.leaf) if proof is None else proof.leaf
    return Opened(Entry(leaf, canonical(row), _key_of(row, at=at)), proof)


def sequence(at: datetime) -> int:
    """Enter the looks that wait into the tree, in their order, and sign its state when that is due.

    Returns how many were entered. May be stopped at any moment and called by several at once.
    """
    entered = 0
    while (count := _enter(at)) == _BATCH:
        entered += count
    return entered + count


def sequence_if_due(at: datetime) -> int:
    """Do as `sequence` when a checkpoint is due; cheap, and without a lock, when none is."""
    head = LogHead.objects.first()
    if head is not None:
        waiting = Look.objects.filter(position=None)[:MOST_WAITING].count()
        if not is_due(head, waiting=waiting + size_of(head) - head.checkpointed, at=at):
            return 0
    return sequence(at)


def purge_looks(at: datetime) -> int:
    """Remove the looks at subjects whose keys are destroyed; leaves and counts stay. Returns how many."""
    sequence(at)  # none goes before it is in the log
    gone, removed, last = Look.objects.exclude(subject__destroyed_on=None).order_by("id"), 0, 0
    # Behind the last: from the first again, each batch would pass by all that stay.
    while batch := list(gone.filter(id__gt=last).values_list("id", flat=True)[:_BATCH]):
        last = batch[-1]
        with transaction.atomic():
            removed += Look.objects.filter(id__in=batch).delete()[0]
    return removed


@transaction.atomic
def _enter(at: datetime) -> int:
    head = held_head()
    # Read after the lock was taken: what another has entered meanwhile waits no more.
    waiting = list(Look.objects.filter(position=None).order_by("id")[:_BATCH])
    start = append(head, [bytes(row.leaf) for row in waiting])
    _place([row.pk for row in waiting], start)
    _count(waiting)
    sign_if_due(head, at)
    return len(waiting)


def _place(ids: Sequence[int], start: int) -> None:
    """Write the positions from `start` on, in one statement for each run of neighbouring ids."""
    for offset, run in groupby(enumerate(ids, start), key=lambda placed: placed[0] - placed[1]):
        (_first, first), *rest = run
        last = rest[-1][1] if rest else first
        Look.objects.filter(id__range=(first, last)).update(position=F("id") + offset)


def _count(entered: Collection[Look]) -> None:
    """Count what was entered, by month, role and unit, so that numbers outlive the rows."""
    added = Counter(
        (timezone.localdate(row.at).replace(day=1), row.by_role, row.by_unit) for row in entered
    )
    for (month, role, unit), number in added.items():
        kept, new = LookCount.objects.get_or_create(
            month=month, by_role=role, by_unit=unit, defaults={"looks": number}
        )
        if not new:
            LookCount.objects.filter(pk=kept.pk).update(looks=F("looks") + number)


def _key_of(row: Look, *, at: datetime) -> bytes:
    """The key of one look, derived from its subject's, which goes with the subject."""
    log_key = unseal(row.subject, key_of(row.subject, at=at), "log_key")
    if not isinstance(log_key, bytes):
        raise TypeError("a subject has a log key from its beginning")
    return row_key(log_key, row.code)
