"""Neighbours who wait, and who could meet whom: codes, places and times. Nothing sealed is opened here."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from linli.offers.models import Neighbour, Offer, Pair, Pairing
from linli.offers.rules.pairing import Free, Match, matches


def published_pairings() -> "QuerySet[Pairing]":
    """Offers under which neighbours may find each other now."""
    shown = Q(offer__published_at__isnull=False, offer__withdrawn_at=None, ended_on=None)
    return Pairing.objects.filter(shown).select_related("offer__unit", "offer__area")


def pairings_of(offers: "QuerySet[Offer]") -> "QuerySet[Pairing]":
    """Those of these offers, with how many wait on either side."""
    open_now = Q(neighbours__ended_on=None)
    pairings = Pairing.objects.filter(offer__in=offers, ended_on=None).select_related("offer")
    return pairings.annotate(
        want=Count("neighbours", open_now & Q(neighbours__side="wanted")),
        give=Count("neighbours", open_now & Q(neighbours__side="offered")),
    )


def pair_of(neighbour: Neighbour) -> Pair | None:
    """The pair that somebody is in now."""
    own = Q(wanted=neighbour) | Q(offered=neighbour)
    return Pair.objects.select_related("wanted", "offered").filter(own, ended_on=None).first()


def proposals(pairing: Pairing, at: datetime) -> list[Match]:
    """Return whom to propose to whom now, by the rule: of those who wait, live and are in no pair. Two queries."""
    waiting: dict[tuple[str, int], list[Free]] = defaultdict(list)
    rows = Neighbour.objects.filter(
        pairing=pairing, ended_on=None, subject__purge_on__gt=localdate(at), location__isnull=False
    )
    for side in ("wanted", "offered"):
        free = rows.filter(side=side).exclude(
            pk__in=Pair.objects.filter(ended_on=None).values(side)
        )
        for code, place, times, since in free.values_list("code", "location", "times", "began_on"):
            waiting[side, place].append(Free(code, place, frozenset(times), since))
    return _in_each_place(waiting, _proposed(pairing))


def free_of(codes: Iterable[str]) -> dict[str, Neighbour]:
    """Rows by their codes, with their stations."""
    rows = Neighbour.objects.filter(code__in=codes).select_related(
        "location", "pairing__offer__unit"
    )
    return {row.code: row for row in rows}


def _in_each_place(
    waiting: dict[tuple[str, int], list[Free]], never: set[tuple[str, str]]
) -> list[Match]:
    places = sorted({place for _side, place in waiting})
    return [
        match
        for place in places
        for match in matches(waiting["wanted", place], waiting["offered", place], never)
    ]


def _proposed(pairing: Pairing) -> set[tuple[str, str]]:
    pairs = Pair.objects.filter(wanted__pairing=pairing)
    return set(pairs.values_list("wanted__code", "offered__code"))
