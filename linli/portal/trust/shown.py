"""What the page of the look log shows, read from the kernel in a few queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import segno
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Role
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.log_keeping import published
from linli.kernel.log_past import lost, pasts, state_in
from linli.kernel.models import BreakGlass, Checkpoint, Cosignature, LookCount, Staff
from linli.kernel.note_keys import Malformed
from linli.kernel.notes import read_note
from linli.kernel.text import Words
from linli.kernel.witnesses import configured
from linli.portal.trust.released import Released, released

_MONTHS = 12
_ROLES: Mapping[str, Words] = dict(Staff.ROLES) | {
    Role.SYSTEM.value: _("The system itself"),
    Role.HOLDER.value: _("Who holds the code"),
}


@dataclass(frozen=True, slots=True)
class State:
    """The newest signed state: to read, to copy, to photograph."""

    size: int
    at: datetime
    note: str
    square: str  # a QR code of the note as a data address, "" when the note is too long for one


@dataclass(frozen=True, slots=True)
class Watching:
    """One witness: how far it vouches, and since when."""

    name: str
    vkey: str
    size: int
    at: datetime | None
    newest: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Looks of one role of one unit."""

    role: Words
    unit: str
    looks: int


@dataclass(frozen=True, slots=True)
class Month:
    """The looks of one month that has ended, as far as they may be told."""

    first: date
    counts: tuple[Count, ...]
    others: int
    total: int


def state_of(checkpoint: Checkpoint) -> State:
    """The checkpoint as a page shows it."""
    note = published(checkpoint)
    size = read_checkpoint(read_note(checkpoint.note).text).size
    return State(size, checkpoint.at, note, _square(note))


@dataclass(frozen=True, slots=True)
class Ended:
    """One log that ended when its database was put back from a backup, and where the next one says so."""

    origin: str
    vkey: str
    size: int
    entry: int
    note: str


def ended_logs() -> list[Ended]:
    """The logs before this one, the newest first."""
    return [
        Ended(one.state.origin, one.vkey, one.state.size, one.start + 1, one.note)
        for one in reversed(pasts())
    ]


def behind() -> int:
    """How many entries were signed, when the database is older than that; 0 when all is well."""
    note = lost()
    return state_in(note).size if note else 0


def watching(newest: Checkpoint) -> list[Watching]:
    """The witnesses that the settings name, each with the longest state that it cosigned."""
    try:
        known = configured()
    except Malformed:
        return []
    names = [one.key.name for one in known]
    kept = Cosignature.objects.filter(witness__in=names).values_list("witness")
    last = {name: (size, at) for name, size, at in kept.annotate(Max("checkpoint"), Max("at"))}
    shown = []
    for one in known:
        size, at = last.get(one.key.name, (0, None))
        shown.append(
            Watching(one.key.name, str(one.key), size, at, at is not None and size == newest.size)
        )
    return shown


def months(at: datetime) -> list[Month]:
    """The last months that have ended, the newest first: a running count would tell of single looks."""
    this_month = timezone.localdate(at).replace(day=1)
    first = date(this_month.year - 1, this_month.month, 1)
    by_month: dict[date, dict[tuple[str, str], int]] = defaultdict(dict)
    for one in LookCount.objects.filter(month__gte=first, month__lt=this_month):
        by_month[one.month][one.by_role, one.by_unit] = one.looks
    newest_first = sorted(by_month.items(), reverse=True)[:_MONTHS]
    return [_month(month, released(counts)) for month, counts in newest_first]


def glass() -> tuple[int, int]:
    """How often the glass was broken, and how often that was refused: each, however few."""
    asked = BreakGlass.objects
    return asked.exclude(let_in_at=None).count(), asked.exclude(refused_at=None).count()


def _month(first: date, told: Released[tuple[str, str]]) -> Month:
    counts = tuple(Count(_ROLES.get(role, role), unit, looks) for (role, unit), looks in told.shown)
    return Month(first, counts, told.others, told.total)


def _square(note: str) -> str:
    try:
        drawn = segno.make(note, error="l", micro=False)
    except segno.DataOverflowError:
        return ""
    address: str = drawn.svg_data_uri(scale=1, border=4, light="#fff", dark="#000", omitsize=True)
    return address
