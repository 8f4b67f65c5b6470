"""Recalls as pages list them: what was reached, whom it concerns, what each of these had."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from linli.trace.models import Lot, Operator, Recall, RecallReach, RecallTold
from linli.trace.queries.lots import by_uris
from linli.trace.queries.recall_marks import marks, tellings
from linli.trace.rules.drills import Score, Telling

SHOWN = 200  # lots on one page, the nearest


class Reached(NamedTuple):
    """What a recall reached one way: its lots, nearest first, and how many things more that are none of ours."""

    lots: list[RecallReach]
    all: int
    others: int


class Told(NamedTuple):
    """Whom a recall concerns: businesses, units, stations."""

    operators: list[RecallTold]
    units: list[RecallTold]
    stations: list[RecallTold]


class Row(NamedTuple):
    """One recall in a list: how many heard of it, and its marks."""

    recall: Recall
    telling: Telling
    score: Score | None


def reached(recall: Recall, way: str) -> Reached:
    """Return what a recall reached one way. Two queries."""
    rows = recall.reach.filter(way=way)
    sums = rows.aggregate(all=Count("pk"), lots=Count("pk", filter=Q(lot__isnull=False)))
    lots = rows.filter(lot__isnull=False).select_related("lot__product", "lot__premises__operator")
    return Reached(
        list(lots.order_by("hops", "id")[:SHOWN]), sums["lots"], sums["all"] - sums["lots"]
    )


def concerned(recall: Recall) -> Told:
    """Return whom a recall concerns: who was not told first, then who has not answered. One query."""
    rows = recall.told.select_related("operator__unit", "unit", "station").order_by(
        F("told_at").asc(nulls_first=True), F("acknowledged_at").asc(nulls_first=True), "id"
    )
    told = Told([], [], [])
    for one in rows:
        of = told.operators if one.operator_id else told.units if one.unit_id else told.stations
        of.append(one)
    return told


def had_lots(told: RecallTold) -> tuple[list[Lot], list[str]]:
    """Return the lots that a business had, and the names of other things. One query."""
    known = by_uris(told.had)
    return [known[uri] for uri in told.had if uri in known], [
        uri for uri in told.had if uri not in known
    ]


def rows_of(recalls: Iterable[Recall]) -> list[Row]:
    """Return recalls as a list shows them; marks stand beside those that are over. One query."""
    found = list(recalls)
    told = tellings([one.pk for one in found])
    return [
        Row(one, told[one.pk], marks(one) if one.state == Recall.ENDED else None) for one in found
    ]


def waiting(operator: Operator) -> int:
    """Return how many recalls a business was told of and has not answered. One query."""
    return RecallTold.objects.filter(
        operator=operator, recall__state=Recall.RUNNING, acknowledged_at=None
    ).count()


def own_lots(operator: Operator) -> QuerySet[Lot]:
    """Return the lots that a business made itself, the newest first."""
    return Lot.objects.filter(product__operator=operator).select_related("product")
