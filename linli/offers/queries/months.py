"""What takes place when: sessions for calendars of others, meetings of a month, a programme day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone, localdate

from linli.directory.models import Area
from linli.offers.models import Meeting, Offer, Session

_LOOKS_BACK = timedelta(days=60)
MOST_IN_FEED = 1000
MOST_IN_MONTH = 1000
_DAY = timedelta(days=1)
# What a calendar says of a meeting: a month has hundreds, and offers are wide.
_TOLD = (
    "starts_at", "ends_at", "moved_from", "cancelled_at", "session__code", "session__cancelled_at",
    "session__offer__title", "session__offer__kind", "session__location__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """One day with what takes place on it."""

    on: date
    meetings: list[Meeting]


def sessions_told() -> QuerySet[Session]:
    """Sessions that everybody may know of, with all that calendars tell. Called off: kept, and told so.

    Times cut from the hours of a window are no events: whoever has one has it by its own file.
    """
    known = Q(offer__withdrawn_at=None) | Q(cancelled_at__isnull=False)
    shown = Session.objects.filter(known, offer__published_at__isnull=False)
    told = shown.select_related("offer__unit", "offer__area", "location__area")
    return told.prefetch_related("meetings__lesson")


def feed(at: datetime, *, kind: str = "", area: str = "", programme: str = "") -> list[Session]:
    """Sessions that come, run, or ended a short while ago, narrowed by what is given, the next first."""
    found = sessions_told().filter(ends_at__gt=at - _LOOKS_BACK, plan=None)
    if kind:
        found = found.filter(offer__kind=kind)
    if area:
        found = found.filter(offer__area__in=Area.objects.within(area))
    if programme:
        found = found.filter(offer__part_of__code=programme)
    return list(found.order_by("starts_at", "pk")[:MOST_IN_FEED])


def weeks_of(month: date, kind: str = "") -> list[list[Day]]:
    """The weeks of a month, Monday first, whole, each day with its meetings in their order."""
    first = month.replace(day=1)
    monday = first - first.weekday() * _DAY
    after = (first + 31 * _DAY).replace(day=1)
    until = after + (-after.weekday() % 7) * _DAY
    meetings = _meetings(monday, until)
    if kind:
        meetings = meetings.filter(session__offer__kind=kind)
    days = by_day(meetings[:MOST_IN_MONTH])
    return [
        [Day(day, days.get(day, [])) for day in (start + n * _DAY for n in range(7))]
        for start in (monday + n * _DAY for n in range(0, (until - monday).days, 7))
    ]


def programme_days(programme: Offer) -> list[Day]:
    """All that belongs to a programme, day by day, from its first day to its last."""
    meetings = _shown().filter(session__offer__part_of=programme)[:MOST_IN_MONTH]
    return [Day(on, held) for on, held in by_day(meetings).items()]


def by_day(meetings: Iterable[Meeting]) -> dict[date, list[Meeting]]:
    """Meetings by the day on which they begin, both in their order."""
    days: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        days.setdefault(localdate(meeting.starts_at), []).append(meeting)
    return days


def _meetings(first: date, until: date) -> QuerySet[Meeting]:
    zone = get_current_timezone()
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, until))
    return _shown().filter(starts_at__gte=begins, starts_at__lt=ends)


def _shown() -> QuerySet[Meeting]:
    published = Offer.objects.published()
    shown = Meeting.objects.filter(session__offer__in=published, session__plan=None)
    told = shown.select_related("session__offer", "session__location").only(*_TOLD)
    return told.order_by("starts_at", "pk")


def next_month_with(month: date, kind: str = "") -> date | None:
    """The first day of the next month in which anything takes place, or None."""
    after = (month.replace(day=1) + 31 * _DAY).replace(day=1)
    coming = _shown().filter(starts_at__gte=datetime.combine(after, time(), get_current_timezone()))
    if kind:
        coming = coming.filter(session__offer__kind=kind)
    found = coming.first()
    return localdate(found.starts_at).replace(day=1) if found else None
