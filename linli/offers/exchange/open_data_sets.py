"""What is offered as a data set: sessions that are still to come. Nobody who booked stands in it, nor how many did."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.open_data import Cell, DataSet, Elsewhere, Table, columns
from linli.kernel.text import Words
from linli.offers.models import Offer
from linli.offers.queries.coming import coming_sessions

SESSIONS: Final[dict[str, Words]] = {
    "code": _("Code of the session"),
    "offer": _("Code of the offer"),
    "address": _("Permanent address of the offer"),
    "title": _("Title"),
    "kind": _("course, event, fair, appointment, shift, contest, group or programme"),
    "unit": _("Unit that organizes it"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "station": _("Code of the station where it is"),
    "starts_at": _("Begins"),
    "ends_at": _("Ends"),
    "languages": _("Languages (BCP 47), separated by semicolons"),
    "places": _("Places in all"),
}


def data_sets() -> Iterator[DataSet]:
    """Yield the sessions."""
    yield DataSet(
        "sessions",
        _("Courses, events and appointments"),
        _("Every public session that is still to come: what, where, when, in which languages."),
        "EDUC",
        reverse("offers:list"),
        Table(
            columns(
                SESSIONS,
                {"starts_at": "datetime", "ends_at": "datetime", "places": "integer"},
                ("code", "offer", "address", "title", "kind", "starts_at", "ends_at"),
                {"kind": tuple(kind for kind, _words in Offer.KINDS)},
            ),
            _sessions,
            ("code",),
        ),
        files=(Elsewhere(reverse("offers:offers_ics"), "text/calendar", _("As a calendar")),),
    )


def _sessions(host: str) -> Iterator[list[Cell]]:
    found = coming_sessions(now()).filter(offer__in=Offer.objects.published())
    for one in found.select_related("offer__unit", "location"):
        offer = one.offer
        yield [
            one.code, offer.code, f"{host}{reverse('offers:offer', args=[offer.code])}", offer.title,
            offer.kind, offer.unit.name, offer.area_id, one.location.code if one.location else None,
            localtime(one.starts_at), localtime(one.ends_at), ";".join(one.languages), one.capacity,
        ]  # fmt: skip
