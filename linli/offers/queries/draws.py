"""What is known of draws: which are due, what is mixed into one, what is told of one."""

from datetime import datetime

from django.db.models import QuerySet

from linli.kernel.draw_seeds import beacon, proof
from linli.kernel.drawing import mixed
from linli.offers.models import Draw, Offer, Session
from linli.offers.rules import drawing
from linli.offers.rules.drawing import Drawn, Sealed


def unplanned_draws(at: datetime) -> QuerySet[Session]:
    """Sessions whose places a draw will give, and of which no seed's hash is told yet."""
    ahead = Session.objects.open().filter(way=Session.DRAW, draw=None, booking_until__gt=at)
    return ahead.filter(offer__published_at__isnull=False).select_related("offer__unit")


def draws_to_close(at: datetime) -> QuerySet[Session]:
    """Sessions whose draw people entered long enough."""
    due = Session.objects.open().filter(draw__closed_at=None, booking_until__lte=at)
    return due.filter(draw__isnull=False).select_related("offer__unit")


def draws_to_draw() -> QuerySet[Session]:
    """Sessions whose draw is closed and not drawn."""
    closed = Session.objects.open().filter(draw__closed_at__isnull=False, draw__drawn_at=None)
    return closed.select_related("offer__unit")


def draw_on_show(code: str) -> Draw | None:
    """The draw of a session of a published offer."""
    shown = Draw.objects.filter(session__offer__in=Offer.objects.published(), session__code=code)
    return shown.select_related("session__offer").first()


def sealed(draw: Draw) -> Sealed:
    """What a draw was closed with."""
    return Sealed(draw.session.code, draw.commitment, draw.witness, draw.places or 0, draw.entries)


def beacon_for(draw: Draw, at: datetime) -> str:
    """What is mixed into a closed draw; "" while there is nothing yet."""
    if draw.position is None or draw.closed_at is None:
        return ""
    return beacon(position=draw.position, closed_at=draw.closed_at, witness=draw.witness, at=at)


def result(draw: Draw) -> Drawn | None:
    """Who drew what, computed again from what is published; None before the seed is."""
    if draw.drawn_at is None:
        return None
    seed = mixed(draw.seed, draw.beacon)
    return drawing.draw(seed, drawing.read(draw.entries), draw.places or 0)


def told(draw: Draw) -> dict[str, object]:
    """All that is published of a draw, as the file that `linli verify-draw` reads."""
    drawn = result(draw)
    said: dict[str, object] = {
        "linli-draw": 1,
        "session": draw.session.code,
        "commitment": draw.commitment,
        "committed_at": draw.committed_at.isoformat(),
        "witness": draw.witness,
    }
    if draw.closed_at is not None:
        said |= {
            "closed_at": draw.closed_at.isoformat(),
            "places": draw.places,
            "entries": draw.entries,
            "position": draw.position,
        }
    if drawn is not None and draw.drawn_at is not None and draw.position is not None:
        said |= {
            "proof": proof(draw.position, draw.beacon),
            "beacon": draw.beacon,
            "seed": draw.seed,
            "drawn_at": draw.drawn_at.isoformat(),
            "placed": [one.number for one in drawn.placed],
            "behind": [one.number for one in drawn.behind],
        }
    return said
