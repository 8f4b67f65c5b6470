"""A fair as the timetable needs it: seats from meetings and stands, wishes from bookings, minutes from its beginning."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from linli.kernel.passphrases import keyed_hash
from linli.offers.models import Booking, Interview, Session, Stand, Wish
from linli.offers.rules.fairs import is_kept, slots
from linli.offers.rules.timetable import Fair, Seat, Table, Wished

_MINUTE = timedelta(minutes=1)


def seed_of(session: Session) -> str:
    """Return the seed of a fair's lots: it follows from the house's key, and nobody chooses it."""
    return keyed_hash(session.code, "timetable")


def fair_to_settle(session: Session, *, gap: int, seed: str) -> Fair:
    """Return all that decides about a fair's timetable."""
    tables = tuple(
        Table(
            stand.pk,
            stand.minutes,
            tuple(seat for seat, kept in seats_of(stand, session) if not kept),
        )
        for stand in session.stands.order_by("pk")
    )
    return Fair(tables, tuple(wishes_of(session)), gap, seed)


def seats_of(stand: Stand, session: Session) -> Iterator[tuple[Seat, bool]]:
    """Yield every time of every lane of a stand, and whether it is kept for who just comes."""
    number = 0
    for meeting in session.meetings.filter(cancelled_at=None).order_by("starts_at"):
        for begins in slots(meeting.starts_at, meeting.ends_at, stand.minutes):
            for lane in range(stand.lanes):
                minute = (begins - session.starts_at) // _MINUTE
                yield Seat(minute, lane), is_kept(number, stand.walk_in_percent)
                number += 1


def wishes_of(session: Session, stand: Stand | None = None) -> Iterator[Wished]:
    """Yield the wishes of everybody who has a place, for one stand or for all."""
    wishes = Wish.objects.filter(
        booking__session=session,
        booking__state__in=[Booking.CONFIRMED, Booking.ATTENDED],
        vacancy__closed_on=None,
        vacancy__stand__session=session,
    )
    if stand is not None:
        wishes = wishes.filter(vacancy__stand=stand)
    rows = wishes.order_by("pk").values_list("booking__code", "vacancy__stand", "number")
    for code, key, number in rows:
        yield Wished(code, int(key), number)


def taken_times(session: Session, codes: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return when these bookings talk already: (minutes from the fair's beginning, minutes) each."""
    talks = Interview.objects.standing().filter(
        stand__session=session, booking__code__in=list(codes)
    )
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, starts_at, ends_at in talks.values_list("booking__code", "starts_at", "ends_at"):
        found[code].append(
            ((starts_at - session.starts_at) // _MINUTE, (ends_at - starts_at) // _MINUTE)
        )
    return found


def moment_of(session: Session, minute: int) -> datetime:
    """Return the moment that is so many minutes after the fair's beginning."""
    return session.starts_at + minute * _MINUTE


def best_wishes(session: Session) -> dict[tuple[str, int], int]:
    """Return the vacancy (its key) that a booking wishes most to talk about at a stand, by (code, stand)."""
    wishes = Wish.objects.filter(vacancy__stand__session=session, vacancy__closed_on=None)
    rows = wishes.order_by("-number").values_list("booking__code", "vacancy__stand", "vacancy")
    return {(code, int(stand)): vacancy for code, stand, vacancy in rows}
