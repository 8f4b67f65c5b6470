"""Due days as a calendar (RFC 5545). Days, not to-dos: phones show days, and most show no to-dos.

An entry keeps its UID for ever; when a promise moves, its SEQUENCE grows and the phone moves the day.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from linli.kernel.clock import now
from linli.plans.exchange.followed import Followed, answer, of_measure, of_place, of_task
from linli.plans.models import Task
from linli.plans.queries.published import Changed, changes
from linli.plans.schemas import telling

_TYPE = "text/calendar; charset=utf-8"
_DAY = timedelta(days=1)
# What a phone can hold, and somebody would look up.
MOST = 1000
_LOOKS_BACK = timedelta(days=366)


@require_safe
def task_calendar(request: HttpRequest, code: str) -> HttpResponse:
    return _calendar(request, of_task(code))


@require_safe
def measure_calendar(request: HttpRequest, code: str) -> HttpResponse:
    return _calendar(request, of_measure(code))


@require_safe
def place_calendar(request: HttpRequest, area: str) -> HttpResponse:
    return _calendar(request, of_place(area))


def _calendar(request: HttpRequest, followed: Followed) -> HttpResponse:
    host = f"{request.scheme}://{request.get_host()}"
    changed = changes(followed.tasks)
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//Promises//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", followed.title)
    calendar.add("x-wr-calname", followed.title)
    calendar.add("url", f"{host}{followed.page}")
    calendar.add("refresh-interval", vDuration(_DAY))
    calendar.add("x-published-ttl", vDuration(_DAY))
    since = localdate(now()) - _LOOKS_BACK
    for task in followed.tasks.filter(due_on__gte=since).order_by("due_on", "pk")[:MOST]:
        if task.code in changed:
            calendar.add_component(_event(task, changed[task.code], host))
    newest = max(change.last for change in changed.values())
    response = answer(request, calendar.to_ical(), _TYPE, newest)
    name = followed.key.replace("/", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _event(task: Task, change: Changed, host: str) -> Event:
    address = f"{host}{telling.promise_path(task.code)}"
    event = Event()
    event.add("uid", f"{task.code}.due@linli")
    event.add("dtstamp", change.last)
    event.add("last-modified", change.last)
    event.add("sequence", change.times)
    event.add("summary", _("Due: %(promise)s") % {"promise": task.title})
    event.add("dtstart", task.due_on)
    event.add("dtend", (task.due_on or change.last.date()) + _DAY)
    event.add("description", "\n".join(_lines(task, address)))
    event.add("url", address)
    event.add("categories", [task.measure.programme.area.name])
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    event.add("status", "CANCELLED" if task.state == Task.DROPPED else "CONFIRMED")
    return event


def _lines(task: Task, address: str) -> list[str]:
    lines = [task.measure.programme.title]
    if task.lead:
        lines.append(_("Lead unit: %(unit)s") % {"unit": task.lead.name})
    if task.first_due_on != task.due_on:
        lines.append(_("First promised for %(day)s") % {"day": telling.day(task.first_due_on)})
    return [*lines, address]
