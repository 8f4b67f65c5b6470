"""The ledger in time: for each task its days, its first promise, its milestones and its lamp."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.doors import staff_only
from linli.plans.models import Milestone, Task
from linli.plans.queries import Row
from linli.plans.views import words
from linli.plans.views.gantt import Span, chart
from linli.plans.views.ledger_frame import Asked, frame
from linli.plans.views.ledger_words import LAMPS, REASONS, STATES

Steps = dict[int, list[tuple[date, bool]]]


@require_safe
@staff_only()
def ledger_timeline(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = asked.found()
    page = found.page(request.GET.get("page"))
    rows = list(page.object_list)
    steps = _steps(rows)
    drawn = chart([_span(row.task, steps) for row in rows], found.today)
    told = [
        {"task": row.task, "code": row.task.code, "state": STATES[row.lamp], "told": _told(row)}
        for row in rows
    ]
    context = frame(request, asked, found) | {
        "page": page,
        "chart": drawn,
        "lines": list(zip(told, drawn.bars, strict=True)),
        "since": date_format(drawn.since, "Y-m-d"),
        "until": date_format(drawn.until, "Y-m-d"),
        "today": date_format(found.today, "Y-m-d"),
        "legend": [(STATES[lamp], said) for lamp, said in LAMPS.items()],
    }
    return render(request, "plans/ledger_timeline.html", context)


def _steps(rows: Iterable[Row]) -> Steps:
    """Return the milestones of the tasks of one page: one query."""
    found: Steps = defaultdict(list)
    known = Milestone.objects.filter(task__in=[row.task.pk for row in rows]).order_by("due_on")
    for task, due_on, reached_on in known.values_list("task", "due_on", "reached_on"):
        found[task].append((due_on, reached_on is not None))
    return found


def _span(task: Task, steps: Steps) -> Span:
    return Span(task.starts_on, task.due_on, task.first_due_on, steps.get(task.pk, ()))


def _told(row: Row) -> str:
    """Return the drawing of one task in words: for who hears it, and under the pointer."""
    task = row.task
    days = " – ".join(day.isoformat() for day in (task.starts_on, task.due_on) if day)
    parts = [f"{LAMPS[row.lamp]} · {REASONS[row.why]}", days or _("No day is set.")]
    if row.drift and task.first_due_on:
        first = _("first promised for %(day)s") % {"day": task.first_due_on.isoformat()}
        parts.append(f"{first}, {words.moved(row.drift)}")
    return "; ".join(str(part) for part in parts)
