"""What was said on a day and what is said on a later one: what was recorded in between, and what it changed."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils.timezone import get_current_timezone, make_aware

from linli.funds.models import Fund, Transaction, Transfer
from linli.funds.queries.totals import over, stood
from linli.funds.rules import totals
from linli.funds.rules.totals import TOTALS, Total

_CORRECTED, _SINCE, _AFTER = "corrected", "since", "after"


class Said(NamedTuple):
    """One total in fen: as said then, as said now; of the change, what is about days that were told then."""

    code: str
    then: int
    now: int
    corrected: int

    @property
    def change(self) -> int:
        """What is said more now, or less."""
        return self.now - self.then


class Effect(NamedTuple):
    """One entry with what it did to the totals, in fen."""

    entry: Transaction
    changes: dict[str, int]


def end_of(day: date) -> datetime:
    """Return the last moment of a day: what was said on it was said until it ended."""
    midnight = make_aware(datetime.combine(day, time.min), get_current_timezone())
    return midnight + timedelta(days=1) - timedelta(microseconds=1)


def said(fund: Fund, then: date, now: date) -> list[Said]:
    """Return every total as published on two days. What was recorded since is taken off what stands: four queries."""
    when = Case(
        When(transaction__at__gt=end_of(now), then=Value(_AFTER)),
        When(transaction__day__lte=then, then=Value(_CORRECTED)),
        default=Value(_SINCE),
    )
    recorded = Transfer.objects.order_by().filter(
        transaction__fund=fund, transaction__at__gt=end_of(then)
    )
    moves: dict[str, dict[totals.Edge, int]] = defaultdict(dict)
    by_way = recorded.values_list("out_of__kind", "into__kind").annotate(when=when)
    for out_of, into, part, fen in by_way.annotate(fen=Sum("amount")):
        moves[part][out_of, into] = fen
    return [
        _said(code, stands, {part: totals.amount(TOTALS[code], moves[part]) for part in moves})
        for code, stands in stood(fund).totals.items()
    ]


def recorded_between(
    fund: Fund, then: date, now: date, total: Total | None = None
) -> QuerySet[Transaction]:
    """Return the entries recorded after one day until the end of the other, newest first; of one total only."""
    entries = fund.transactions.filter(at__gt=end_of(then), at__lte=end_of(now))
    if total:
        entries = entries.filter(
            Exists(Transfer.objects.filter(over(total), transaction=OuterRef("pk")))
        )
    return entries.select_related("reverses").order_by("-at", "-pk")


def effects(entries: list[Transaction]) -> list[Effect]:
    """Return what each of these entries did to the totals. One query."""
    found: dict[int, dict[totals.Edge, int]] = {one.pk: {} for one in entries}
    rows = Transfer.objects.order_by().filter(Q(transaction__in=entries))
    for pk, out_of, into, fen in rows.values_list(
        "transaction", "out_of__kind", "into__kind"
    ).annotate(fen=Sum("amount")):
        found[pk][out_of, into] = fen
    return [
        Effect(one, {c: fen for c, t in TOTALS.items() if (fen := totals.amount(t, found[one.pk]))})
        for one in entries
    ]


def _said(code: str, stands: int, moved: dict[str, int]) -> Said:
    now = stands - moved.get(_AFTER, 0)
    corrected = moved.get(_CORRECTED, 0)
    return Said(code, now - corrected - moved.get(_SINCE, 0), now, corrected)
