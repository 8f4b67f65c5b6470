"""Which lots are recalled, and for whom a recall is."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.trace.models import Operator, Recall, RecallReach

PUBLIC = (Recall.RUNNING, Recall.ENDED)


class RecallStand(NamedTuple):
    """The recall that a lot is under: its code, whether the lot itself is recalled or was made of one that is.

    `ended`: all that could be found has come back; the lot is still not to be eaten.
    """

    code: str
    itself: bool
    ended: bool
    grounds: str
    advice: str
    since: datetime  # when it was called

    @property
    def advised(self) -> Words:
        """What to do with it, in words."""
        return dict(Recall.ADVICE)[self.advice]


def standing(lot_ids: Iterable[int]) -> dict[int, RecallStand | None]:
    """Return by lot the recall that it is under, or None; of several the one that runs, then the newest. One query.

    Drills are no recalls to anybody outside.
    """
    found: dict[int, RecallStand | None] = dict.fromkeys(lot_ids)
    reached = RecallReach.objects.filter(
        lot__in=list(found), way=RecallReach.AHEAD, made=True, recall__drill=False
    )
    rows = reached.select_related("recall").order_by("recall__decided_at", "recall_id")
    for row in rows:
        of = row.recall
        stand = RecallStand(
            of.code, row.hops == 0, of.state == Recall.ENDED, of.grounds, of.advice, of.at
        )
        known = found[row.lot_id] if row.lot_id is not None else None
        if row.lot_id is not None and (known is None or known.ended or not stand.ended):
            found[row.lot_id] = stand
    return found


def public_recalls() -> QuerySet[Recall]:
    """Return what everybody may see: recalls that run or have ended, the newest first. No drill is among them."""
    found = Recall.objects.filter(drill=False, state__in=PUBLIC)
    return found.select_related("lot__product__operator", "lot__premises__area").order_by(
        "-decided_at", "-id"
    )


def recalls_seen(by: Actor) -> QuerySet[Recall]:
    """Return the recalls and drills that a member of staff sees.

    An officer those that touch the own unit, a clerk those of which the stations were told.
    """
    found = Recall.objects.select_related("lot__product__operator__unit", "lot__premises")
    if by.role == Role.OFFICER:
        own = Q(lot__product__operator__unit__name=by.unit) | Q(by_unit=by.unit)
        return found.filter(own | Q(told__unit__name=by.unit)).distinct()
    return found.filter(state__in=PUBLIC) if by.role == Role.CLERK else found


def recalls_told(operator: Operator) -> QuerySet[Recall]:
    """Return the recalls and drills that a business was told of, those that run first."""
    found = Recall.objects.filter(told__operator=operator)
    return found.select_related("lot__product__operator__unit", "lot__premises").order_by(
        "-state", "-at"
    )
