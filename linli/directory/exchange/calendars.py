"""Opening hours of a place as a calendar (RFC 5545): one entry a rule, holidays taken out, days worked instead added.

It covers the days from this week's Monday on, so that it changes once a week, or when the hours do.
"""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone, vDuration, vRecur

from linli.directory.exchange.hsds import own_host
from linli.directory.models import Location, Schedule
from linli.directory.queries import export
from linli.directory.rules.recurring import Recurring, recurring
from linli.directory.schemas.hsds_rows import Rows
from linli.kernel.clock import now
from linli.kernel.exporting import Export, Nothing
from linli.kernel.working_days import is_working_day

AHEAD = timedelta(days=97)  # ninety days from any day of this week
_ZONE = ZoneInfo(settings.TIME_ZONE)
_DAY = timedelta(days=1)


@require_safe
def hours_ics(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the calendar of one place; 304 when it is still the same."""
    location = export.whole_places().filter(code=code).first()
    if location is None:
        raise Http404
    data = calendar_of(location, f"{request.scheme}://{request.get_host()}", now())
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    fresh = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    fresh.headers["Content-Disposition"] = f'inline; filename="{location.code}.ics"'
    response = get_conditional_response(request, etag=tag, response=fresh) or fresh
    assert isinstance(response, HttpResponse)  # noqa: S101 - given one, it returns one
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "public, max-age=3600"
    return response


def calendar_of(location: Location, host: str, at: datetime) -> bytes:
    """Return the calendar of a place, with its parts already read."""
    today = localdate(at)
    monday = today - today.weekday() * _DAY
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//Opening hours//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = _("Open: %(place)s") % {"place": location.name}
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", vDuration(_DAY))
    calendar.add("x-published-ttl", vDuration(_DAY))
    calendar.add_component(_zone(monday))
    for schedule in location.schedules.all():
        if repeats := recurring(schedule, monday, monday + AHEAD, is_working_day):
            event = _event(schedule, repeats)
            event.add("summary", title)
            event.add("location", f"{location.area.name} {location.address}".strip())
            event.add("url", Rows(host).page_of("station", location.code))
            event.add("dtstamp", _moment(monday, time()).astimezone(UTC))
            event.add("last-modified", location.last_modified)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(schedule: Schedule, repeats: Recurring) -> Event:
    event = Event()
    event.add("uid", f"{schedule.uuid}@linli")
    event.add("dtstart", _moment(repeats.first, schedule.opens_at))
    event.add("dtend", _moment(repeats.first, schedule.closes_at))
    if repeats.rrule:
        until = _moment(repeats.last, schedule.opens_at).astimezone(UTC)
        event.add("rrule", vRecur.from_ical(f"{repeats.rrule};UNTIL={until:%Y%m%dT%H%M%SZ}"))
    if repeats.out:
        event.add("exdate", [_moment(day, schedule.opens_at) for day in repeats.out])
    if repeats.more:
        event.add("rdate", [_moment(day, schedule.opens_at) for day in repeats.more])
    if schedule.note:
        event.add("description", schedule.note)
    event.add("transp", "TRANSPARENT")  # nobody is busy because an office is open
    event.add("status", "CONFIRMED")
    return event


def _zone(monday: date) -> Timezone:
    return Timezone.from_tzinfo(
        _ZONE, settings.TIME_ZONE, first_date=monday - AHEAD, last_date=monday + 2 * AHEAD
    )


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, _ZONE)


def write_calendars(folder: Path, at: datetime) -> list[Path]:
    """Write a calendar for each place that has said its hours."""
    paths = []
    with override(settings.LANGUAGE_CODE):
        for places in export.batches(export.whole_places()):
            for place in (one for one in places if one.schedules.all()):
                paths.append(folder / f"{place.code}.ics")
                paths[-1].write_bytes(calendar_of(place, own_host(), at))
    if not paths:
        raise Nothing("No place has said its opening hours yet.")
    return paths


CALENDARS = Export("ics", write_calendars)
