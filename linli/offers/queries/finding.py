"""What of the offers everybody can find: what still comes, and posts that are open."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from linli.directory.queries.titled import Kind
from linli.offers.models import Offer, Vacancy
from linli.offers.queries.coming import coming_sessions


def _coming(at: datetime) -> QuerySet[Offer]:
    comes = Exists(coming_sessions(at).order_by().filter(offer=OuterRef("pk")))
    shown = Offer.objects.published().filter(Q(comes) | Q(kind=Offer.PROGRAMME))
    return shown.order_by("-published_at", "-pk")


KINDS: Final = (
    Kind(
        "offers",
        "offers:offer",
        _coming,
        beside="unit__name",
        also=("description",),
        area="area",
    ),
    Kind(
        "vacancies",
        "offers:vacancy",
        lambda at: Vacancy.objects.open(localdate(at)).order_by("-posted_on", "-pk"),
        beside="organization__name",
        also=("organization__name", "description"),
        area="area",
    ),
)
