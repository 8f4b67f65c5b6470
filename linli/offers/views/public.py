"""What is on offer, for everybody: the list, one offer, one session with its count."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from linli.directory.schemas.telling import LanguageName, language_name
from linli.kernel.clock import now
from linli.offers.forms.coming import ComingForm
from linli.offers.models import Offer, Session
from linli.offers.queries.coming import (
    coming_offers,
    coming_sessions,
    next_sessions,
    offer_on_show,
    parts_of,
    session_on_show,
)
from linli.offers.queries.counts import counted
from linli.offers.queries.culture_ways import ways_in
from linli.offers.queries.months import programme_days
from linli.offers.rules.places import Places
from linli.offers.schemas.schemaorg import offer_in_page, session_in_page
from linli.offers.views.told import places_told

PER_PAGE, SESSIONS_PER_PAGE = 18, 40


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """Show what comes, one card an offer, the next first."""
    at = now()
    form = ComingForm(request.GET, at)
    page = Paginator(coming_offers(form.asked, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": _cards(page.object_list, at),
        "culture": ways_in(at),
        "narrowed": any(form.data.get(name) for name in form.fields),
        "trail": [(_("Home"), reverse("portal:home")), (_("Courses, events, appointments"), "")],
    }
    response = render(request, "offers/public_list.html", context)
    if form.data.get("words"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Show one offer: what it is, for whom, when, and where places are free."""
    at, found = now(), offer_on_show(code)
    if found is None:
        raise Http404
    sessions = coming_sessions(at).filter(offer=found).select_related("location__area")
    page = Paginator(sessions, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "offer": found,
        "page": page,
        "sessions": [(session, places_told(session, at)) for session in page.object_list],
        "parts": _cards(parts_of(found, at), at),
        "culture": ways_in(at, found),
        "languages": _spoken(page.object_list),
        "interpreter": any(session.interpreter for session in page.object_list),
        "days": programme_days(found) if found.kind == Offer.PROGRAMME else [],
        "data": _data(found, page.object_list, request),
        "trail": [*_way(), (found.title, "")],
    }
    programme = found.kind == Offer.PROGRAMME
    page_of = "offers/calendar_programme.html" if programme else "offers/public_offer.html"
    return render(request, page_of, context)


@require_safe
def session(request: HttpRequest, code: str) -> HttpResponse:
    """Show one session, and the sum by which anybody can check that no place was given twice."""
    at, found = now(), session_on_show(code)
    if found is None:
        raise Http404
    count = counted(found, at)
    context = {
        "session": found,
        "offer": found.offer,
        "count": count,
        "doors": _doors(count.places),
        "kept_until": found.floors_until if any(count.places.kept.values()) else None,
        "marks": [(dict(Session.DOORS)[mark.door], mark) for mark in count.marks],
        "standing": places_told(found, at),
        "open": found.cancelled_at is None and found.booking_from <= at < found.booking_until,
        "meetings": found.meetings.select_related("lesson"),
        "languages": _spoken([found]),
        "now": at,
        "data": session_in_page(found, _host(request)),
        "trail": [
            *_way(),
            (found.offer.title, reverse("offers:offer", args=[found.offer.code])),
            (pgettext("to book", "Places"), ""),
        ],
    }
    return render(request, "offers/public_session.html", context)


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _data(offer: Offer, sessions: Iterable[Session], request: HttpRequest) -> str:
    """Return an offer as programs read it. Times at a window are no event."""
    if offer.kind == Offer.APPOINTMENT:
        return ""
    listed = list(sessions)
    for one in listed:
        one.offer = offer  # known already: not asked for again
    return offer_in_page(offer, listed, _host(request))


def _way() -> list[tuple[str, str]]:
    return [
        (_("Home"), reverse("portal:home")),
        (_("Courses, events, appointments"), reverse("offers:list")),
    ]


def _cards(offers: Iterable[Offer], at: datetime) -> list[dict[str, Any]]:
    listed = list(offers)
    sessions = next_sessions(listed)
    return [
        {
            "offer": one,
            "session": sessions[one.pk],
            "standing": places_told(sessions[one.pk], at),
        }
        for one in listed
        if one.pk in sessions
    ]


def _doors(places: Places) -> list[dict[str, Any]]:
    return [
        {"name": name, "taken": places.taken[door], "kept": places.kept[door]}
        for door, name in Session.DOORS
    ]


def _spoken(sessions: Iterable[Session]) -> list[LanguageName]:
    tags = dict.fromkeys(tag for session in sessions for tag in session.languages)
    return [language_name(tag) for tag in tags]
