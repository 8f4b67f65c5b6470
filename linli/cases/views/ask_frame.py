"""The frame of asking: what was answered so far, which page comes next, through which door somebody asks."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.actions.drafts import save_draft
from linli.cases.models import Draft, Topic
from linli.cases.queries.asking import OTHER, begun, open_topics, telling_units, town_of
from linli.cases.views.tickets import ASKING
from linli.directory.models import Area, Unit
from linli.kernel.actors import HOLDER, Actor, Role
from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.models import Staff

CLERKS_LANGUAGE = "window_language"  # in the session of a clerk: the one the window was in
PAGES = ("what", "topic", "place", "more", "answer", "check")
# New drafts from one address: a station has one for many.
_BURST, _PER_HOUR = 120, 600


@dataclass
class Asking:
    """One person's answers so far, at one moment."""

    at: datetime
    draft: Draft | None = None
    answers: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def topics(self) -> list[Topic]:
        """What one may ask about."""
        return open_topics()

    @cached_property
    def topic(self) -> Topic | None:
        """What was chosen, or the topic of those who do not know."""
        codes = (self.answers.get("topic"), OTHER)
        by_code = {topic.code: topic for topic in self.topics}
        return next((by_code[code] for code in codes if code in by_code), None)

    @property
    def sensitive(self) -> bool:
        """Whether the page offers to be left at once."""
        return bool(self.topic and self.topic.sensitive)

    @property
    def town(self) -> Area | None:
        """Whose town it is."""
        return town_of(self.topics)


def asking_of(request: HttpRequest) -> Asking:
    """Return what this browser has begun to ask, nothing when it has not."""
    at = now()
    held = ASKING.held(request, at)
    found = begun(held["draft"], at) if "draft" in held else None
    chosen = {"topic": held["topic"]} if "topic" in held else {}
    return Asking(at, *found) if found else Asking(at, answers=chosen)


def begin(request: HttpRequest, asking: Asking, topic: Topic) -> HttpResponse:
    """Begin with a topic that was chosen by a button elsewhere: no address names it, no draft is made yet."""
    if asking.draft is not None:
        return keep(request, asking, {"topic": topic.code}, "cases:ask_what")
    response = redirect("cases:ask_what")
    ASKING.hand(response, {"topic": topic.code}, asking.at)
    return response


def door_of(request: HttpRequest) -> tuple[Actor, str]:
    """Return who asks and through which door: a clerk at the window for who stands there, else the person."""
    user = request.user
    if isinstance(user, Staff) and user.actor.role == Role.CLERK:
        return user.actor, "station"
    return HOLDER, "web"


def stations_for(request: HttpRequest, asking: Asking) -> dict[str, str]:
    """Return the windows that can tell the answer: at a station, the one where one stands comes first."""
    by, channel = door_of(request)
    found = telling_units(asking.town)
    if channel == "station" and (own := Unit.objects.working().filter(name=by.unit).first()):
        here = f"{_('This window')}: {found.pop(own.code, own.name)}"
        found = {own.code: here, **found}
    return found


def show(request: HttpRequest, asking: Asking, page: str, context: dict[str, Any]) -> HttpResponse:
    """Return one page of the way, with 422 when its form came back."""
    place = PAGES.index(page)
    form = context.get("form")
    frame = {
        "asking": asking,
        "sensitive": asking.sensitive,
        "page_number": place + 1,
        "page_count": len(PAGES),
        "back": _back(request, place),
        "changing": "change" in request.GET,
        "at_station": door_of(request)[1] == "station",
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"cases/public/ask_{page}.html", frame | context, status=status)


def keep(request: HttpRequest, asking: Asking, answers: dict[str, Any], to: str) -> HttpResponse:
    """Keep the answers, sealed, and lead on to the page of that name with the ticket to them."""
    by, _channel = door_of(request)
    if asking.draft is None:
        allow_knock("ask", source_of(request), at=asking.at, burst=_BURST, per_hour=_PER_HOUR)
        asking.draft, passphrase = save_draft(by=by, at=asking.at, draft=None, answers=answers)
        # Kept with the answers, so that it can be told to whoever wants to go on elsewhere.
        answers = answers | {"passphrase": passphrase}
    asking.answers |= answers
    save_draft(by=by, at=asking.at, draft=asking.draft, answers=asking.answers)
    response = redirect(to)
    ASKING.hand(response, {"draft": asking.draft.code}, asking.at)
    return response


def go_on(request: HttpRequest, asking: Asking, page: str, answers: dict[str, Any]) -> HttpResponse:
    """Keep the answers and lead to the next page, or back to checking when one answer was changed."""
    after = "check" if "change" in request.GET else PAGES[PAGES.index(page) + 1]
    return keep(request, asking, answers, f"cases:ask_{after}")


def _back(request: HttpRequest, place: int) -> str:
    if "change" in request.GET:
        return reverse("cases:ask_check")
    return reverse(f"cases:ask_{PAGES[place - 1]}") if place else ""
