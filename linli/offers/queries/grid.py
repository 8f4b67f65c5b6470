"""The session grid: what meets in one week, by place and room, with how full it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from linli.kernel.actors import Actor
from linli.offers.models import Meeting
from linli.offers.queries.organizing import visible

MOST = 2000  # meetings of one week
DAYS = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """What meets in one cell: one meeting of one session; or a day's appointments of one window, added up."""

    offer: str
    title: str
    session: str
    begins: datetime
    ends: datetime
    slots: int
    capacity: int
    taken: int
    queue: int
    off: bool

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Row:
    """One place and room, with what meets there on each of the seven days."""

    place: str
    room: str
    cells: Sequence[tuple[date, Sequence[Entry]]]


def week_grid(by: Actor, monday: date) -> list[Row]:
    """Return the grid of one week, the places in the order of their names, what has none last. One query."""
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    rows: dict[tuple[bool, str, str], dict[date, list[Meeting]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for meeting in _meetings(by, monday):
        session = meeting.session
        place = session.location.name if session.location else ""
        row = rows[not place, place, session.room]
        row[localtime(meeting.starts_at).date()].append(meeting)
    return [
        Row(place, room, [(day, _entries(cells[day])) for day in days])
        for (_last, place, room), cells in sorted(rows.items(), key=lambda one: one[0])
    ]


def _meetings(by: Actor, monday: date) -> list[Meeting]:
    begins = datetime.combine(monday, time(), get_current_timezone())
    held = Meeting.objects.filter(
        starts_at__gte=begins, starts_at__lt=begins + timedelta(days=DAYS), cancelled_at=None
    )
    shown = held.filter(
        session__offer__in=visible(by).order_by(), session__offer__withdrawn_at=None
    )
    return list(
        shown.select_related("session__offer", "session__location").order_by("starts_at", "id")[
            :MOST
        ]
    )


def _entries(meetings: Sequence[Meeting]) -> list[Entry]:
    alone = [[one] for one in meetings if one.session.plan_id is None]
    slots: dict[int, list[Meeting]] = defaultdict(list)
    for one in meetings:
        if one.session.plan_id is not None and one.session.cancelled_at is None:
            slots[one.session.plan_id].append(one)
    entries = [_entry(together) for together in [*alone, *slots.values()]]
    return sorted(entries, key=lambda entry: (entry.begins, entry.session))


def _entry(together: Sequence[Meeting]) -> Entry:
    first, last = together[0], together[-1]
    sessions = [one.session for one in together]
    return Entry(
        offer=first.session.offer.code,
        title=first.session.offer.title,
        session=first.session.code,
        begins=first.starts_at,
        ends=last.ends_at,
        slots=len(together) if first.session.plan_id is not None else 0,
        capacity=sum(one.capacity for one in sessions),
        taken=sum(one.taken for one in sessions),
        queue=sum(one.queue for one in sessions),
        off=first.session.cancelled_at is not None,
    )
