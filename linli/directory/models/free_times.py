"""Which appointments are free at a window: counted from what is booked, never typed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.directory.models.location import ServiceAtLocation


class FreeTimes(models.Model):
    """One window's appointments of the next `days` days, and the code of the offer by which they are booked.

    `waiting` counts bookings that wait for a place. A window without appointments has no row.
    """

    offer = models.OneToOneField(ServiceAtLocation, models.CASCADE, related_name="free_times")
    next_at = models.DateTimeField(_("Next free appointment"), null=True)
    free = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    booked_by = models.CharField(max_length=9)  # the code of an offer
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "free times"
        constraints = [
            models.CheckConstraint(
                name="free_times_are_of_places", condition=Q(free__lte=F("places"))
            ),
            models.CheckConstraint(
                name="free_time_is_free", condition=Q(next_at=None) | Q(free__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.free}/{self.places}"
