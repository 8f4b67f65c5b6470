"""Offers in schema.org's words (Course, Event), for whoever reads pages by program."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from linli.directory.schemas.schemaorg import CONTEXT, in_page
from linli.offers.models import Offer, Session

Told = dict[str, Any]
_ONLINE, _THERE = "OnlineEventAttendanceMode", "OfflineEventAttendanceMode"
_COURSES = {Offer.COURSE, Offer.GROUP}
_TYPES = {Offer.PROGRAMME: "EventSeries", Offer.FAIR: "BusinessEvent", Offer.SHIFT: "SocialEvent"}


def offer_in_page(offer: Offer, sessions: Iterable[Session], host: str) -> SafeString:
    """Return what stands in the page of an offer."""
    return in_page(offer_told(offer, sessions, host))


def session_in_page(session: Session, host: str) -> SafeString:
    """Return what stands in the page of a session."""
    return in_page({"@context": CONTEXT} | _session(session, host))


def offer_told(offer: Offer, sessions: Iterable[Session], host: str) -> Told:
    """Return a course with its instances, or an event with its runs."""
    course = offer.kind in _COURSES
    told = [_session(session, host) for session in sessions]
    runs: Told = {"hasCourseInstance": told} if course else {"subEvent": told}
    first = {} if course else _span(told)
    return _known({"@context": CONTEXT} | _about(offer, host) | first | runs)


def _about(offer: Offer, host: str) -> Told:
    course = offer.kind in _COURSES
    by = _organizer(offer)
    return {
        "@type": "Course" if course else _TYPES.get(offer.kind, "Event"),
        "@id": _page("offers:offer", offer.code, host),
        "url": _page("offers:offer", offer.code, host),
        "name": offer.title,
        "description": offer.description or offer.title,
        "provider" if course else "organizer": by,
        "isAccessibleForFree": offer.cost == 0,
    }


def _session(session: Session, host: str) -> Told:
    offer, address = session.offer, _page("offers:session", session.code, host)
    course = offer.kind in _COURSES
    called_off = session.cancelled_at is not None
    return _known(
        {
            "@type": "CourseInstance" if course else _TYPES.get(offer.kind, "Event"),
            "@id": address,
            "url": address,
            "name": offer.title,
            "description": offer.description or offer.title,
            "startDate": session.starts_at.isoformat(),
            "endDate": session.ends_at.isoformat(),
            "eventStatus": f"{CONTEXT}/{'EventCancelled' if called_off else 'EventScheduled'}",
            "eventAttendanceMode": f"{CONTEXT}/{_ONLINE if _is_online(session) else _THERE}",
            "courseMode": ("online" if _is_online(session) else "onsite") if course else "",
            "location": _where(session, address),
            "organizer": _organizer(offer),
            "inLanguage": session.languages,
            "maximumAttendeeCapacity": session.capacity,
            "remainingAttendeeCapacity": None if called_off else session.capacity - session.taken,
            "isAccessibleForFree": offer.cost == 0,
            "offers": {} if called_off else _price(session, address),
        }
    )


def _price(session: Session, address: str) -> Told:
    free = session.taken < session.capacity and not session.queue
    return {
        "@type": "Offer",
        "url": address,
        "price": f"{session.offer.cost / 100:.2f}",
        "priceCurrency": "CNY",
        "availability": f"{CONTEXT}/{'InStock' if free else 'SoldOut'}",
        "validFrom": session.booking_from.isoformat(),
        "validThrough": session.booking_until.isoformat(),
    }


def _where(session: Session, address: str) -> Told:
    """Return the place. Where to go online is for who booked."""
    if _is_online(session):
        return {"@type": "VirtualLocation", "url": address}
    place, area = session.location, session.offer.area
    street = f"{place.address} {session.room}".strip() if place else session.room
    return {
        "@type": "Place",
        "name": place.name if place else area.name,
        "address": _known(
            {
                "@type": "PostalAddress",
                "streetAddress": street,
                "addressLocality": place.area.name if place else area.name,
                "addressCountry": "CN",
            }
        ),
    }


def _is_online(session: Session) -> bool:
    return session.location is None and bool(session.online)


def _organizer(offer: Offer) -> Told:
    return {"@type": "GovernmentOrganization", "name": offer.unit.name}


def _span(sessions: list[Told]) -> Told:
    """Return when the first begins and the last ends, and where the first is."""
    if not sessions:
        return {}
    return {
        "startDate": min(one["startDate"] for one in sessions),
        "endDate": max(one["endDate"] for one in sessions),
        "location": sessions[0]["location"],
    }


def _page(name: str, code: str, host: str) -> str:
    return f"{host}{reverse(name, args=[code])}"


def _known(told: Told) -> Told:
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}
