"""How a recall stands: what became of the goods lot by lot, and its marks."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from linli.trace.models import Lot, Recall, RecallCount, RecallReach, RecallTold
from linli.trace.rules.drills import Balance, Score, Telling, score


def balances(recall: Recall) -> list[Balance]:
    """Return what became of each lot that a recall reached and that is known to us, nearest first. Two queries."""
    rows = recall.reach.filter(way=RecallReach.AHEAD, made=True, lot__isnull=False)
    lots = [row.lot for row in rows.select_related("lot").order_by("hops", "id") if row.lot]
    said = _said(recall)
    return [_balance(lot, said[lot.pk]) for lot in lots]


def telling(recall: Recall) -> Telling:
    """Return how many businesses a recall reached, told, and heard from. One query."""
    return tellings([recall.pk]).get(recall.pk, Telling(0, 0, 0))


def tellings(recalls: Collection[int]) -> dict[int, Telling]:
    """Return by recall how many businesses it reached, told, and heard from. One query."""
    rows = (
        Recall.objects.filter(pk__in=recalls)
        .order_by()
        .values("pk")
        .annotate(
            reached=Count("told", filter=Q(told__operator__isnull=False)),
            told_them=Count(
                "told", filter=Q(told__operator__isnull=False, told__told_at__isnull=False)
            ),
            heard=Count(
                "told", filter=Q(told__operator__isnull=False, told__acknowledged_at__isnull=False)
            ),
        )
    )
    return {row["pk"]: Telling(row["reached"], row["told_them"], row["heard"]) for row in rows}


def marks(recall: Recall, found: list[Balance] | None = None) -> Score | None:
    """Return the marks of a recall as it stands, those that it ended with once it is over; None before it runs."""
    if recall.state == Recall.ENDED:
        return Score(*(recall.outcome[name] for name in Score._fields))
    if recall.reached_at is None:
        return None
    own = balances(recall) if found is None else found
    return score(recall.at, recall.reached_at, telling(recall), own)


def outcome(recall: Recall) -> dict[str, Any]:
    """Return what a recall ends with, to be kept."""
    found = balances(recall)
    now = marks(recall, found)
    kept: dict[str, Any] = now._asdict() if now else {}
    kept["whole"] = now.whole if now else 0
    kept["balances"] = [
        {name: None if value is None else str(value) for name, value in one._asdict().items()}
        for one in found
    ]
    return kept


def said_of(told: RecallTold) -> dict[tuple[int, str], Decimal]:
    """Return what a business has said so far, by lot and kind: the last word holds."""
    rows = told.counts.order_by("id").values_list("lot", "kind", "quantity")
    return {(lot, kind): quantity for lot, kind, quantity in rows}


def _said(recall: Recall) -> dict[int, dict[str, Decimal]]:
    """Return by lot and kind what businesses say, each by its last word."""
    last: dict[tuple[int, int, str], Decimal] = {}
    rows = RecallCount.objects.filter(told__recall=recall).order_by("id")
    for told, lot, kind, quantity in rows.values_list("told", "lot", "kind", "quantity"):
        last[told, lot, kind] = quantity
    found: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for (_told, lot, kind), quantity in last.items():
        found[lot][kind] += quantity
    return found


def _balance(lot: Lot, said: dict[str, Decimal]) -> Balance:
    kinds = {kind: said.get(kind, Decimal(0)) for kind, _words in RecallCount.KINDS}
    return Balance(lot.code, lot.quantity, **kinds)
