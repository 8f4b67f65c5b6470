"""The queue of a unit: its cases, the most urgent first, filters in the address; many taken at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.cases.actions import handling
from linli.cases.forms.queue import FilterForm, filters_of
from linli.cases.models import Case, Topic
from linli.cases.queries.desk import case_at
from linli.cases.queries.queue import MOST_COUNTED, QueueRow, queue, queue_count
from linli.cases.views import standing
from linli.cases.views.desk_frame import HANDLERS
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

MOST = 100  # boxes that one page could hold
_KINDS: dict[str, Words] = dict(Topic.KINDS)
_CHANNELS: dict[str, Words] = dict(Case.CHANNELS)
_NAMES = set(FilterForm.base_fields)
# A pile: what the address asks, its state and words.
_PILES: tuple[tuple[dict[str, str], str, Words], ...] = (
    ({}, "note", gettext_lazy("Running")),
    ({"clock": "over"}, "late", gettext_lazy("Over")),
    ({"clock": "soon"}, "soon", gettext_lazy("Due soon")),
    ({"unassigned": "on"}, "brand", gettext_lazy("Not taken yet")),
    ({"shown": "offered"}, "soon", gettext_lazy("Handed to us")),
    ({"shown": "joint"}, "note", gettext_lazy("We help")),
    ({"shown": "waiting"}, "done", gettext_lazy("Waiting for others")),
)


class Pile(NamedTuple):
    """One pile of the queue, with how much lies on it."""

    words: Words
    address: str
    size: str
    state: str
    current: bool


class Row(NamedTuple):
    """One row as it is shown. Nothing in it is sealed."""

    code: str
    address: str
    kind: Words
    topic: str
    place: str
    state: str
    state_words: Words
    clock: standing.Shown
    marks: list[tuple[str, Words]]
    bounces: int
    asked_on: datetime
    channel: Words


@require_safe
@staff_only(*HANDLERS)
def queue_list(request: HttpRequest) -> HttpResponse:
    by, at = acting(request), now()
    form = FilterForm(request.GET.dict(), unit=by.unit)
    if code := form.given.get("code", ""):
        if case := case_at(by.unit, read_code(code) or ""):
            return redirect("cases:desk", case.code)
        messages.warning(request, _("There is no such case at your unit."))
    filters = form.filters(at)
    page = queue(by.unit, filters, at)
    here, asked = reverse("cases:queue"), _asked(request.GET.dict())
    context: dict[str, Any] = {
        "rows": [shown(row, at) for row in page.rows],
        "piles": [_pile(pile, by, at, asked) for pile in _PILES],
        "form": form,
        "filtered": bool(asked),
        "query": urlencode(request.GET.dict()),
        "first": f"{here}?{urlencode(asked)}" if filters.after else "",
        "more": f"{here}?{urlencode({**asked, 'after': page.next})}" if page.next else "",
        "ways": _ways(by),
    }
    return render(request, "cases/console/queue.html", context)


@require_POST
@staff_only(*HANDLERS)
def take_many(request: HttpRequest) -> HttpResponse:
    """Take the chosen cases; one that may not be taken does not stop the others."""
    by, at = acting(request), now()
    taken, refused = 0, dict[str, list[str]]()
    for code in request.POST.getlist("case")[:MOST]:
        case = case_at(by.unit, code)
        if case is None:
            continue
        try:
            handling.take(by=by, at=at, case=case)
        except Refused as reason:
            refused.setdefault(str(reason.sentence), []).append(code)
        else:
            taken += 1
    _tell(request, taken, refused)
    return redirect(back_to_queue(request))


def back_to_queue(request: HttpRequest) -> str:
    """Return the address of the queue as it was filtered; nothing but its own filters goes into it."""
    asked = request.POST.get("back", "")
    return f"{reverse('cases:queue')}?{asked}" if asked else reverse("cases:queue")


def shown(row: QueueRow, at: datetime) -> Row:
    """Return one row for the eye."""
    state = standing.state_of(row)
    return Row(
        code=row.code,
        address=reverse("cases:desk", args=[row.code]),
        kind=_KINDS[row.kind],
        topic=row.topic_name,
        place=standing.place_of(row.area, row.location),
        state=state.state,
        state_words=state.words,
        clock=standing.clock_of(row, at),
        marks=standing.marks_of(row),
        bounces=row.bounces,
        asked_on=row.asked_at,
        channel=_CHANNELS[row.channel],
    )


def _asked(given: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in given.items() if value and name != "after" and name in _NAMES
    }


def _pile(
    pile: tuple[dict[str, str], str, Words], by: Actor, at: datetime, asked: Mapping[str, str]
) -> Pile:
    wanted, state, words = pile
    given = {name: True if value == "on" else value for name, value in wanted.items()}
    count = queue_count(by.unit, filters_of(given, at), at)
    address = f"{reverse('cases:queue')}?{urlencode(wanted)}" if wanted else reverse("cases:queue")
    told = f"{count}+" if count >= MOST_COUNTED else str(count)
    return Pile(words, address, told, state, dict(asked) == wanted)


def _ways(by: Actor) -> list[tuple[Words, str]]:
    ways: list[tuple[Words, str]] = [
        (_("Ended cases"), f"{reverse('cases:queue')}?shown=closed"),
        (_("From other cities"), reverse("cases:received_list")),
        (_("Causes"), reverse("cases:causes")),
        (_("Reply templates"), reverse("cases:replies")),
        (_("Who answers for what"), reverse("cases:topics")),
        (_("Emergency"), reverse("cases:emergency")),
    ]
    return [(_("Window"), reverse("cases:window")), *ways] if by.role == Role.CLERK else ways


def _tell(request: HttpRequest, taken: int, refused: Mapping[str, list[str]]) -> None:
    if not taken and not refused:
        messages.warning(request, _("Choose cases first: tick their boxes."))
        return
    if taken:
        said = ngettext(
            "Your unit has %(n)d case in hand.", "Your unit has %(n)d cases in hand.", taken
        )
        messages.success(request, said % {"n": taken})
    for reason, codes in refused.items():
        told = _("Not taken: %(codes)s. %(reason)s") % {"codes": ", ".join(codes), "reason": reason}
        messages.warning(request, told)
