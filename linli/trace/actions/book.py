"""The book of an operator: what a shop did with lots, made into events, and kept both ways; never lost.

A permit that does not hold, a recall, or more sold than there is: the line stands all the same, and is warned of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.book_warnings import Warned, warn
from linli.trace.actions.capturing import capture
from linli.trace.actions.goods import LotDraft, ProductDraft, enter_product, open_lot
from linli.trace.actions.keeping import speak_for
from linli.trace.models import BookLine, BookSheet, Lot, Operator, Product
from linli.trace.queries.places import place_uri
from linli.trace.queries.shop_shelf import Written
from linli.trace.rules.epcis.event_hash import event_id
from linli.trace.rules.epcis.event_shapes import Event
from linli.trace.rules.shop.deeds import MADE, MOVED, Deed, event_of

_BOOK = system("shop book")


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of deeds: their lines, those of one deed together, and what is to be warned of."""

    lines: tuple[BookLine, ...]
    warned: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """One deed with its lot, new or known, as an event."""

    written: Written
    lot: Lot
    event: Event


@transaction.atomic
def enter(
    *,
    by: Actor,
    at: datetime,
    operator: Operator,
    deeds: Sequence[Written],
    sheet: BookSheet | None = None,
    corrects: BookLine | None = None,
) -> Entered:
    """Write deeds into an operator's book, all or none, and tell them as events. Told once again they are known.

    Refuses: not_allowed; not_own_unit; other_operator; other_premises; closed; not_yet for what is still to come;
    wrong_number; wrong_days; number_taken; wrong_event; nothing_changed for a correction that says the same.
    """
    speak_for(by=by, at=at, operator=operator)
    for one in deeds:
        _refuse_place(operator, one, at)
    ready = [_ready(by, at, operator, one) for one in deeds]
    told = capture(by=by, at=at, operator=operator, events=[one.event for one in ready])
    if corrects is not None and not told.added:
        raise Refused("nothing_changed", _("This says the same as before."))
    known = set(BookLine.objects.filter(event__in=told.ids).values_list("event_id", flat=True))
    lines = [
        line
        for one, event in zip(ready, told.ids, strict=True)
        if event not in known
        for line in _lines(by, at, operator, one, event)
    ]
    for line in lines:
        line.sheet, line.corrects = sheet, corrects
    BookLine.objects.bulk_create(lines)
    return Entered(tuple(lines), warn(by=_BOOK, at=at, operator=operator, lines=lines))


@transaction.atomic
def take_in(
    *, by: Actor, at: datetime, operator: Operator, digest: str, deeds: Sequence[Written]
) -> tuple[BookSheet, Entered]:
    """Take in a table of deeds, once: brought a second time it changes nothing, and no lines come back.

    `digest`: of what the table says and for which day. Refuses: all that `enter` refuses.
    """
    speak_for(by=by, at=at, operator=operator)
    sheet, new = BookSheet.objects.get_or_create(
        operator=operator,
        digest=digest,
        defaults={"code": new_code(), "rows": len(deeds), **signed(by, at)},
    )
    if not new:
        return sheet, Entered(())
    return sheet, enter(by=by, at=at, operator=operator, deeds=deeds, sheet=sheet)


def _refuse_place(operator: Operator, one: Written, at: datetime) -> None:
    if one.premises.operator_id != operator.pk:
        raise Refused("other_premises", _("These premises are another business's."))
    if one.premises.closed_on is not None:
        raise Refused("closed", _("These premises are closed."), status=409)
    if one.at > at:
        raise Refused("not_yet", _("Only what has happened can be entered."))


def _ready(by: Actor, at: datetime, operator: Operator, one: Written) -> _Ready:
    known = one.lot
    lot = known or _new_lot(by, at, operator, one)
    begins = known is None or one.begins or (one.kind == MADE and not one.used)
    local = localtime(one.at)
    deed = Deed(
        kind=one.kind,
        at=one.at,
        offset=f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:],
        place=place_uri(one.premises),
        lot=lot.uri,
        amount=one.amount,
        used=tuple(used.uri for used in one.used),
        partner=one.partner,
        other=place_uri(one.other) if one.other else "",
        begins=begins,
        number=lot.number if lot.number.isascii() else "",
        best_before=lot.best_before,
    )
    event = event_of(deed)
    return _Ready(one, lot, event | {"eventID": event_id(event)})


def _new_lot(by: Actor, at: datetime, operator: Operator, one: Written) -> Lot:
    draft = LotDraft(
        premises=one.premises,
        made_on=localtime(one.at).date(),
        number=one.number,
        best_before=one.best_before,
        quantity=one.amount.value,
        unit_code=one.amount.unit,
        origin="" if one.kind == MADE else one.partner,
    )
    return open_lot(by=by, at=at, product=_product(by, at, operator, one), draft=draft)


def _product(by: Actor, at: datetime, operator: Operator, one: Written) -> Product:
    if one.product is not None:
        return one.product
    known = operator.products.filter(name=one.name).first()
    return known or enter_product(
        by=by, at=at, operator=operator, draft=ProductDraft(name=one.name)
    )


def _lines(
    by: Actor, at: datetime, operator: Operator, one: _Ready, event: int
) -> Sequence[BookLine]:
    written = one.written
    shared = {
        "operator": operator, "premises": written.premises, "event_id": event, "happened_at": written.at,
    } | signed(by, at)  # fmt: skip
    there = BookLine(
        code=new_code(),
        lot=one.lot,
        kind=written.kind,
        amount=written.amount.value,
        unit_code=written.amount.unit,
        partner=written.partner,
        place=written.other if written.kind == MOVED or written.other else None,
        **shared,
    )
    used = (
        BookLine(code=new_code(), lot=lot, kind=BookLine.USED, **shared) for lot in written.used
    )
    return [there, *used]
