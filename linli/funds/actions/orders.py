"""Orders: one person asks, another decides, and only then money above the limit moves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.funds.actions import ledger
from linli.funds.actions.keeping import own
from linli.funds.models import Fund, Order, OrderLine, Transaction
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@transaction.atomic
def ask(*, by: Actor, at: datetime, fund: Fund, posting: ledger.Posting) -> Order:
    """Ask a second person to let money move.

    Refuses: not_allowed; not_own_unit; all that `ledger.checked` refuses.
    """
    own(by=by, at=at, unit=fund.unit)
    ledger.checked(by=by, at=at, fund=fund, posting=posting)
    order = Order.objects.create(
        code=new_code(), fund=fund, verb=posting.verb, day=posting.day, words=posting.words,
        evidence=posting.evidence, **signed(by, at),
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, number=number, out_of=line.out_of, into=line.into, amount=line.amount
        )
        for number, line in enumerate(posting.lines, 1)
    )
    return order


@transaction.atomic
def approve(*, by: Actor, at: datetime, order: Order) -> Transaction:
    """Let the money move, at once.

    Refuses: not_allowed; not_own_unit; second_person for whoever asked; already_decided; all that
    `ledger.checked` and `ledger.moved` refuse by now.
    """
    kept = _decided(by, at, order, Order.APPROVED, "")
    lines = [
        ledger.Line(one.out_of, one.into, one.amount)
        for one in kept.lines.select_related("out_of", "into")
    ]
    posting = ledger.Posting(
        verb=kept.verb, day=kept.day, lines=lines, words=kept.words, evidence=kept.evidence
    )
    ledger.checked(by=by, at=at, fund=kept.fund, posting=posting)
    return ledger.moved(by=by, at=at, fund=kept.fund, posting=posting, order=kept)


@transaction.atomic
def refuse(*, by: Actor, at: datetime, order: Order, reason: str) -> Order:
    """Refuse an order; nothing moves.

    Refuses: not_allowed; not_own_unit; second_person; already_decided; no_reason.
    """
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why."))
    return _decided(by, at, order, Order.REFUSED, reason)


def _decided(by: Actor, at: datetime, order: Order, state: str, reason: str) -> Order:
    kept = Order.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "fund__unit", "evidence"
    ).get(pk=order.pk)  # fmt: skip
    own(by=by, at=at, unit=kept.fund.unit)
    if kept.state != Order.ASKED:
        raise Refused("already_decided", _("This was decided already."), status=409)
    if by.name == kept.by_name:
        raise Refused("second_person", _("Somebody else decides than the one who asked."))
    kept.state, kept.reason = state, reason
    kept.second_name, kept.second_unit, kept.decided_at = by.name, by.unit, at
    kept.save(update_fields=["state", "reason", "second_name", "second_unit", "decided_at"])
    return kept
