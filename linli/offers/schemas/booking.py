"""What bookings and the count of a session look like as JSON. No list says more of a booking than its size and door."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from linli.offers.actions.booking import Receipt, Wanted
from linli.offers.models import Session
from linli.offers.queries.counts import Counted
from linli.offers.rules.places import DOORS

Door = Literal["web", "phone", "station"]
# A NUL ends a text in PostgreSQL; nobody types one.
Short = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=240, pattern=r"^[^\x00]*$")
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=1000, pattern=r"^[^\x00]*$")
]
Tag = Annotated[str, StringConstraints(max_length=20, pattern=r"^[A-Za-z0-9-]*$")]


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


class BookingIn(Schema):
    """What somebody wants. Only the number of people is needed; what is left besides is sealed."""

    size: Annotated[int, Field(ge=1, le=60)] = 1
    wait: bool = False
    door: Door = "web"
    name: Short = ""
    email: Short = ""
    sms: Short = ""
    note: Note = ""
    reply_language: Tag = ""

    def wanted(self) -> Wanted:
        """Return what is wanted."""
        way = "email" if self.email else "sms"
        return Wanted(
            size=self.size,
            door=self.door,
            name=self.name,
            contact=(way, self.email or self.sms) if self.email or self.sms else None,
            note=self.note,
            reply_language=self.reply_language,
            wait=self.wait,
        )


class BookingOut(Schema):
    """What the person takes along. The passphrase is shown once. `until`: take an offered place before. `ticket`: in a draw."""

    code: str
    passphrase: str
    session: str
    size: int
    door: Door
    state: str
    until: datetime | None
    ticket: str


class DoorOut(Schema):
    """Places by one way in: how many are given, and how many are kept for it now."""

    door: str
    taken: int
    kept: int


class MarkOut(Schema):
    """So many bookings of one size through one door."""

    door: str
    size: int
    bookings: int


class PlacesOut(Schema):
    """The count of a session: capacity = booked + free, and the bookings add up to what is booked."""

    session: str
    offer: str
    starts_at: datetime
    ends_at: datetime
    booking_from: datetime
    booking_until: datetime
    cancelled: bool
    capacity: int
    booked: int
    free: int
    waiting: int
    doors: list[DoorOut]
    floors_until: datetime | None
    bookings: list[MarkOut]


def booking_told(receipt: Receipt) -> dict[str, object]:
    """Return what is answered to who books, as plain values: it is written in every rush."""
    made = receipt.booking
    return {
        "code": made.code,
        "passphrase": receipt.passphrase,
        "session": made.session.code,
        "size": made.size,
        "door": made.door,
        "state": made.state,
        "until": made.until,
        "ticket": made.ticket,
    }


def places_out(session: Session, count: Counted) -> PlacesOut:
    """Return the count of a session. Its offer is joined."""
    places = count.places
    return PlacesOut(
        session=session.code,
        offer=session.offer.code,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        booking_from=session.booking_from,
        booking_until=session.booking_until,
        cancelled=session.cancelled_at is not None,
        capacity=places.capacity,
        booked=count.booked,
        free=places.free,
        waiting=count.waiting,
        doors=[
            DoorOut(door=door, taken=places.taken[door], kept=places.kept[door]) for door in DOORS
        ],
        floors_until=session.floors_until,
        bookings=[
            MarkOut(door=one.door, size=one.size, bookings=one.bookings) for one in count.marks
        ],
    )
