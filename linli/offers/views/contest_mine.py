"""A work for who holds its mark: hang it, take it down, take it back, see what it won. No account, no name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.tickets import Ticket
from linli.offers.actions import entering
from linli.offers.forms.contests import MarkForm
from linli.offers.models import Entry
from linli.offers.queries import works
from linli.offers.views.contests import SAID, as_file, contest_on_show
from linli.ui.private import private

HOLDING = Ticket("work", timedelta(minutes=30))
_OF_A_NUMBER = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}
_DEEDS: dict[str, Callable[..., Any]] = {
    "hang": entering.hang,
    "down": entering.take_down,
    "back": entering.take_back,
}


def _of_its_maker(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who typed the mark within the last half hour; lead everybody else to the door."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, **named: str) -> HttpResponse:
        at, held = now(), HOLDING.held(request, now())
        entry = _opened(code, held) if held.get("contest") == code else None
        if entry is None:
            return redirect("offers:my_work", code)
        return view(request, entry, at, **named)

    return guarded


@private
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for number and mark; show the work to who was let in. Unknown, wrong and gone look the same."""
    at, found = now(), contest_on_show(code)
    held = HOLDING.held(request, at)
    if request.method != "POST" and held.get("contest") == code and _opened(code, held):
        return _work(request, code=code)
    form = MarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        allow_knock("work", f"{code} {number}", at=at, **_OF_A_NUMBER)
        allow_knock("work-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            entry = entering.own(at=at, contest=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            response = redirect("offers:my_work", code)
            HOLDING.hand(response, {"contest": code, "number": str(entry.number)}, at)
            return response
    context = {"form": form, "contest": found, "offer": found.offer}
    status = 422 if form.is_bound else 200
    return render(request, "offers/contest_enter.html", context, status=status)


@_of_its_maker
def _work(request: HttpRequest, entry: Entry, at: datetime) -> HttpResponse:
    context = {
        "entry": entry,
        "contest": entry.contest,
        "offer": entry.contest.offer,
        "work": next(iter(works.opened([entry], entry.contest, at)), None),
        "said": SAID.get(request.GET.get("said", "")),
    }
    return render(request, "offers/contest_mine.html", context)


@require_POST
@_of_its_maker
def deed(request: HttpRequest, entry: Entry, at: datetime, deed: str) -> HttpResponse:
    """Hang the work, take it down, or destroy it."""
    if deed not in _DEEDS:
        raise Http404
    _DEEDS[deed](at=at, entry=entry)
    page = "offers:contest" if deed == "back" else "offers:my_work"
    response = redirect(f"{reverse(page, args=[entry.contest.offer.code])}?said={deed}")
    if deed == "back":
        HOLDING.take_back(response)
    return response


@require_safe
@_of_its_maker
def file(request: HttpRequest, entry: Entry, at: datetime) -> HttpResponse:
    """The picture or recording, for its maker."""
    return as_file(entry, entry.contest, at)


def _opened(code: str, held: dict[str, str]) -> Entry | None:
    entries = Entry.objects.select_related("contest__offer__unit").filter(purged_on=None)
    return entries.filter(contest=contest_on_show(code), number=held["number"]).first()
