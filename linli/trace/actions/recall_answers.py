"""Whoever a recall concerns: told in some way, answers that it knows, says what became of the goods."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.keeping import own, speak_for
from linli.trace.actions.recalls import running
from linli.trace.models import Lot, RecallCount, RecallReach, RecallTold
from linli.trace.queries.recall_marks import said_of

LARGEST = Decimal(999_999_999)
BY_HAND = ("phone", "paper")


@transaction.atomic
def tell(*, by: Actor, at: datetime, told: RecallTold, channel: str) -> RecallTold:
    """Write down that a business was told by telephone or on paper.

    Refuses: not_allowed; not_own_unit; not_running; told already; no_channel.
    """
    kept = _locked(told)
    _answers_for(by, at, kept)
    running(by=by, at=at, recall=kept.recall)
    if kept.told_at is not None:
        raise Refused("told", _("They were told already."), status=409)
    if channel not in BY_HAND:
        raise Refused("no_channel", _("Say how they were told."))
    kept.channel, kept.told_at, kept.told_by = channel, at, by.name
    kept.save(update_fields=["channel", "told_at", "told_by"])
    return kept


@transaction.atomic
def acknowledge(*, by: Actor, at: datetime, told: RecallTold) -> RecallTold:
    """Say that one knows of a recall and acts on it; a second time changes nothing.

    Refuses: not_allowed; not_own_unit; other_operator; not_running; not_told when nobody has told them yet.
    """
    kept = _locked(told)
    _answers_for(by, at, kept)
    running(by=by, at=at, recall=kept.recall)
    _acknowledged(by, at, kept)
    return kept


@transaction.atomic
def count(
    *, by: Actor, at: datetime, told: RecallTold, counts: Mapping[tuple[int, str], Decimal]
) -> int:
    """Say what became of the goods at one business, by lot and kind; return how many numbers are new.

    It also says that the business knows of the recall. Each number stands for all that there is, and holds until it is
    said anew.
    Refuses: not_allowed; not_own_unit; other_operator; not_running; not_told; not_reached for a lot that the recall
    does not reach; quantity_wrong; unknown_kind.
    """
    kept = _locked(told)
    if kept.operator is None:
        raise Refused("not_allowed", _("Your role may not do this."), status=403)
    speak_for(by=by, at=at, operator=kept.operator)
    running(by=by, at=at, recall=kept.recall)
    lots = {lot for lot, _kind in counts}
    reached = kept.recall.reach.filter(way=RecallReach.AHEAD, lot__in=lots).values_list("lot")
    if lots - {lot for (lot,) in reached}:
        raise Refused("not_reached", _("The recall does not reach this lot."))
    if not {kind for _lot, kind in counts} <= dict(RecallCount.KINDS).keys():
        raise Refused("unknown_kind", _("Say what became of it."))
    if any(not 0 <= quantity <= LARGEST for quantity in counts.values()):
        raise Refused("quantity_wrong", _("Say how much it is, from nothing on."))
    _acknowledged(by, at, kept)
    said = said_of(kept)
    new = {key: quantity for key, quantity in counts.items() if said.get(key) != quantity}
    RecallCount.objects.bulk_create(
        RecallCount(told=kept, lot=Lot(pk=lot), kind=kind, quantity=quantity, **signed(by, at))
        for (lot, kind), quantity in new.items()
    )
    return len(new)


def _acknowledged(by: Actor, at: datetime, kept: RecallTold) -> None:
    if kept.acknowledged_at is not None:
        return
    if kept.told_at is None:
        raise Refused("not_told", _("Nobody has told them yet."), status=409)
    kept.acknowledged_at, kept.acknowledged_by = at, by.name
    kept.save(update_fields=["acknowledged_at", "acknowledged_by"])


def _answers_for(by: Actor, at: datetime, told: RecallTold) -> None:
    """Let somebody answer for a business, a unit or a station."""
    if told.operator is not None:
        speak_for(by=by, at=at, operator=told.operator)
    elif told.unit is not None:
        own(by=by, at=at, unit=told.unit)
    else:
        allow(by, Role.CLERK, Role.PLANNER)


def _locked(told: RecallTold) -> RecallTold:
    rows = RecallTold.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("recall", "operator__unit", "unit").get(pk=told.pk)
