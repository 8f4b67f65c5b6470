"""What the matrix asks of offers: one that everybody sees, one that nobody does yet, and a booking that is held."""

from django.test import Client

from linli.kernel.actors import HOLDER
from linli.offers.actions.booking import Wanted, book
from tests.town import offers

__all__ = ["build"]


def build(has, *, at, hidden):
    """Return the parts of addresses, and the cookies of the person who holds a booking."""
    has.offer = offers.offer(at=at, unit=has.lead, area=has.area)
    has.hidden_offer = offers.offer(
        at=at, unit=has.other, area=has.area, title=f"{hidden}课程", published=False
    )
    has.session = offers.session(at=at, of=has.offer, capacity=50)
    has.hidden_session = offers.session(at=at, of=has.hidden_offer)
    has.booked = book(
        by=HOLDER, at=at, session=has.session, wanted=Wanted(name=hidden, note=hidden)
    )
    code, other = has.booked.booking.code, offers.booked(has.session, at=at).code
    parts = {
        "offer": {"code": has.offer.code},
        "kept offer": {"code": has.hidden_offer.code},
        "session": {"code": has.session.code},
        "kept session": {"code": has.hidden_session.code},
        "held booking": {"code": code},
        "held booking's deed": {"code": code, "deed": "cancel"},
        "held booking without deed": {"code": code, "deed": "zzz"},
        "booking without a ticket": {"code": other},
        "booking's deed without a ticket": {"code": other, "deed": "cancel"},
    }
    return parts, {name: _cookies(has) for name in parts if name.startswith("held ")}


def _cookies(has):
    client = Client()
    held = {"code": has.booked.booking.code, "passphrase": has.booked.passphrase}
    client.post("/bookings/", held)
    return {name: one.value for name, one in client.cookies.items()}
