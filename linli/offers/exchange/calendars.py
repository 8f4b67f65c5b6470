"""What is offered as calendars (RFC 5545): a feed of all that comes, and a file for each session.

An entry keeps its UID for ever; each change counts its SEQUENCE up, and what was called off stays, and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone, vDuration, vRecur

from linli.directory.exchange.hsds import own_host
from linli.kernel.clock import now
from linli.kernel.exporting import Export, Nothing
from linli.offers.models import Meeting, Session
from linli.offers.queries.months import feed, sessions_told
from linli.offers.rules.recurring import Held, Repeats, repeats, until_moment, without_until

_ZONE = ZoneInfo(settings.TIME_ZONE)
_YEARS = (
    date(2020, 1, 1),
    date(2030, 1, 1),
)  # in which the zone is looked at for changes of its clocks
_HOUR = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"
_ROOM = 4000  # sessions in memory, a kilobyte or two each
_kept: dict[tuple[object, ...], bytes] = {}
_NARROWED = ("kind", "area", "programme")


@require_safe
def offers_ics(request: HttpRequest) -> HttpResponse:
    """Give all that is offered as a feed, or what is asked for: a kind, an area's code, a programme's code."""
    asked = {name: request.GET.get(name, "")[:12].replace("\0", "") for name in _NARROWED}
    sessions = feed(now(), **asked)
    return _answered(request, sessions, "offers")


@require_safe
def session_ics(request: HttpRequest, code: str) -> HttpResponse:
    """Give one session with all its meetings."""
    session = sessions_told().filter(code=code).first()
    if session is None:
        raise Http404
    return _answered(request, [session], session.code)


def _answered(request: HttpRequest, sessions: Sequence[Session], name: str) -> HttpResponse:
    data = calendar_of(sessions, f"{request.scheme}://{request.get_host()}")
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    newest = max((session.last_modified for session in sessions), default=None)
    fresh = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    fresh.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    # By its tag alone: the title of an offer changes without a moment of its own.
    response = get_conditional_response(request, etag=tag, response=fresh) or fresh
    assert isinstance(response, HttpResponse)  # noqa: S101 - given one, it returns one
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "public, max-age=600"
    if newest is not None:
        response.headers["Last-Modified"] = f"{newest.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    return response


def calendar_of(sessions: Iterable[Session], host: str) -> bytes:
    """Return the calendar of sessions, with their offers and meetings already read."""
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//Offers//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = _("Courses, events, appointments")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", vDuration(_HOUR))
    calendar.add("x-published-ttl", vDuration(_HOUR))
    calendar.add_component(_zone())
    frame = bytes(calendar.to_ical())
    told = b"".join(_written(session, host) for session in sessions)
    return frame.removesuffix(_END) + told + _END


def _written(session: Session, host: str) -> bytes:
    """Return the entries of a session as text, from memory while they would say the same: writing takes its time."""
    key = (host, get_language(), *_said(session))
    if (known := _kept.get(key)) is not None:
        return known
    text = b"".join(bytes(event.to_ical()) for event in _events(session, host))
    if len(_kept) >= _ROOM:
        _kept.clear()
    _kept[key] = text
    return text


def _said(session: Session) -> Iterator[object]:
    """Yield all that entries are made of."""
    yield from (session.code, session.sequence, session.last_modified, session.cancelled_why)
    yield from (session.rrule, _where(session))
    offer = session.offer
    yield from (offer.title, offer.description, offer.conditions, offer.kind, offer.unit.name)
    for one in session.meetings.all():
        lesson = one.lesson.title if one.lesson is not None else ""
        yield (one.number, one.starts_at, one.ends_at, one.moved_from, one.cancelled_at, lesson)


def _events(session: Session, host: str) -> list[Event]:
    """Return one entry that repeats, and one for each time that was moved; or an entry for each meeting."""
    meetings = list(session.meetings.all())
    said = repeats(session.rrule, [_held(one) for one in meetings])
    if said is None:
        return [_single(session, one, len(meetings), host) for one in meetings]
    whole = _plain(session, f"{session.code}@linli", host)
    _repeat(whole, said)
    moved = []
    for one in said.moved:
        event = _plain(session, f"{session.code}@linli", host)
        event.add("recurrence-id", one.said.replace(tzinfo=_ZONE))
        event.add("dtstart", one.starts_at.replace(tzinfo=_ZONE))
        event.add("dtend", one.ends_at.replace(tzinfo=_ZONE))
        moved.append(event)
    return [whole, *moved]


def _repeat(event: Event, said: Repeats) -> None:
    event.add("dtstart", said.first.replace(tzinfo=_ZONE))
    event.add("dtend", (said.first + said.lasts).replace(tzinfo=_ZONE))
    until = until_moment(said.rrule)
    rule = without_until(said.rrule)
    if until is not None:
        rule += f";UNTIL={until.replace(tzinfo=_ZONE).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    event.add("rrule", vRecur.from_ical(rule))
    if said.out:
        event.add("exdate", [one.replace(tzinfo=_ZONE) for one in said.out])
    if said.more:
        event.add("rdate", [one.replace(tzinfo=_ZONE) for one in said.more])


def _single(session: Session, meeting: Meeting, of: int, host: str) -> Event:
    uid = f"{session.code}-{meeting.number}@linli" if of > 1 else f"{session.code}@linli"
    event = _plain(session, uid, host, meeting)
    event.add("dtstart", meeting.starts_at.astimezone(_ZONE))
    event.add("dtend", meeting.ends_at.astimezone(_ZONE))
    return event


def _plain(session: Session, uid: str, host: str, meeting: Meeting | None = None) -> Event:
    """Return an entry with all that it says but its time; of one meeting, with its lesson."""
    offer = session.offer
    lesson = meeting.lesson.title if meeting is not None and meeting.lesson is not None else ""
    cancelled = meeting is not None and meeting.cancelled_at is not None
    address = f"{host}{reverse('offers:session', args=[session.code])}"
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", session.last_modified.astimezone(UTC))
    event.add("last-modified", session.last_modified.astimezone(UTC))
    event.add("sequence", session.sequence)
    event.add("summary", f"{offer.title}: {lesson}" if lesson else offer.title)
    called_off = session.cancelled_why if session.cancelled_at is not None else ""
    words = [called_off, offer.description, offer.conditions, address]
    event.add("description", "\n\n".join(filter(None, words)))
    event.add("location", _where(session))
    event.add("url", address)
    event.add("contact", offer.unit.name)
    event.add("categories", [str(offer.get_kind_display())])
    event.add("status", "CANCELLED" if cancelled or called_off else "CONFIRMED")
    return event


def _where(session: Session) -> str:
    place = session.location
    if place is not None:
        return " ".join(filter(None, [place.area.name, place.name, place.address, session.room]))
    if session.online:
        return _("Online")
    return f"{session.offer.area.name} {session.room}".strip()


def _held(meeting: Meeting) -> Held:
    said, starts_at, ends_at = (
        localtime(one, _ZONE).replace(tzinfo=None)
        for one in (
            meeting.moved_from or meeting.starts_at,
            meeting.starts_at,
            meeting.ends_at,
        )
    )
    return Held(said, starts_at, ends_at, cancelled=meeting.cancelled_at is not None)


@cache
def _zone() -> Timezone:
    first, last = _YEARS
    return Timezone.from_tzinfo(_ZONE, settings.TIME_ZONE, first_date=first, last_date=last)


def write_calendars(folder: Path, at: datetime) -> list[Path]:
    """Write the feed, and a file for each session in it."""
    with override(settings.LANGUAGE_CODE):
        sessions = feed(at)
        if not sessions:
            raise Nothing("Nothing is offered yet.")
        files = [("offers", sessions), *((one.code, [one]) for one in sessions)]
        paths = [folder / f"{name}.ics" for name, _sessions in files]
        for path, (_name, told) in zip(paths, files, strict=True):
            path.write_bytes(calendar_of(told, own_host()))
    return paths


CALENDARS = Export("ics", write_calendars)
