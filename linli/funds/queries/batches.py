"""Batches whom concerns, how far each is, and the differences of an answer. All in fen."""

from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from linli.funds.models import BankReply, Batch, Difference, Order
from linli.funds.queries.books import visible_funds
from linli.kernel.actors import Actor

# What a list may be narrowed to; how far a batch is exactly, its page says.
SHOWN: Final[dict[str, Q]] = {
    "": Q(),
    "reading": Q(read_at=None) | Q(replies__read_at=None, replies__isnull=False),
    "asked": Q(order__state=Order.ASKED),
    "bank": Q(order__state=Order.APPROVED, replies=None, order__transaction__reversed_by=None),
    "answered": Q(replies__read_at__isnull=False),
}


def visible_batches(by: Actor) -> QuerySet[Batch]:
    """Return the batches of funds whose books this member of staff may open."""
    replies = BankReply.objects.select_related("order").order_by("-number")
    return (
        Batch.objects.filter(fund__in=visible_funds(by))
        .select_related("fund__unit", "out_of", "into", "order__transaction__reversed_by")
        .prefetch_related(Prefetch("replies", replies, to_attr="answers"))
    )


def batch_by(order: Order) -> Batch | None:
    """Return the batch that an order is of: of what its file pays, or of what goes back."""
    return Batch.objects.filter(Q(order=order) | Q(replies__order=order)).first()


def stands(batch: Batch) -> str:
    """Return how far a batch of `visible_batches` is, in one word."""
    if batch.read_at is None:
        return "reading"
    if batch.wrong:
        return "wrong"
    if batch.order is None:
        return "checked"
    if batch.order.state != Order.APPROVED:
        return batch.order.state
    if hasattr(batch.order.transaction, "reversed_by"):
        return "undone"
    return _answered(newest(batch))


def newest(batch: Batch) -> BankReply | None:
    """Return the newest answer to a batch of `visible_batches`; it stands."""
    answers: list[BankReply] = batch.answers  # type: ignore[attr-defined]
    return answers[0] if answers else None


def differences(reply: BankReply, kind: str = "") -> QuerySet[Difference]:
    """Return the lines of an answer that were not simply paid, of one kind or all."""
    found = reply.differences.order_by("line", "pk")
    return found.filter(kind=kind) if kind else found


def _answered(reply: BankReply | None) -> str:
    if reply is None:
        return "paid"
    if reply.read_at is None:
        return "answering"
    if reply.wrong:
        return "unread"
    if reply.open_lines or reply.strange:
        return "differs"
    if reply.back and (reply.order is None or reply.order.state != Order.APPROVED):
        return "back"
    return "settled"
