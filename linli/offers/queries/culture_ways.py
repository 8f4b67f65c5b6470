"""Contests and quizzes that everybody may take part in or look at now, as ways that a page leads to."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from linli.offers.models import Offer
from linli.offers.queries.quizzes import open_quizzes
from linli.offers.queries.works import published_contests

_MOST = 6


class Way(NamedTuple):
    """One contest or quiz: which of the two, its code, its title."""

    kind: str
    code: str
    title: str


def ways_in(at: datetime, offer: Offer | None = None) -> list[Way]:
    """Return those of an offer and its parts, or of all; the newest first. Two queries."""
    contests, quizzes = published_contests(at), open_quizzes(at)
    if offer is not None:
        contests = contests.filter(Q(offer=offer) | Q(offer__part_of=offer))
        quizzes = quizzes.filter(Q(offer=offer) | Q(offer__part_of=offer))
    found = contests.order_by("-closes_at", "pk").values_list("offer__code", "offer__title")
    asked = quizzes.order_by("-opened_at", "pk").values_list("code", "title")
    return [
        *(Way("contest", code, title) for code, title in found[:_MOST]),
        *(Way("quiz", code, title) for code, title in asked[:_MOST]),
    ]
