"""Where one booking stands among the others."""

from django.db.models import Q

from linli.offers.models import Booking


def ahead_of(booking: Booking) -> int:
    """Return how many bookings wait before this one; 0 when it does not wait."""
    if booking.state != Booking.WAITING:
        return 0
    before = Q(queued_at__lt=booking.queued_at) | Q(queued_at=booking.queued_at, pk__lt=booking.pk)
    waiting = Booking.objects.filter(session=booking.session_id, state=Booking.WAITING)
    return waiting.filter(before).count()
