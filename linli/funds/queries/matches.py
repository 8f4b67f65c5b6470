"""How far matched money is, as the ledger says."""

from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from linli.funds.models import Account, Match, Transaction, Transfer
from linli.funds.rules.matching import Missing, State, Terms, missing


def terms_of(match: Match) -> Terms:
    """Return what was agreed."""
    return Terms(
        amount=match.amount,
        share=Fraction(match.share_above, match.share_below),
        needs_evidence=match.needs_evidence,
        last_day=match.last_day,
    )


def state_of(match: Match, today: date) -> State:
    """Return how far it is: what stands ready, and what the partner has posted and not taken back."""
    posted = _sum(Transfer.objects.filter(into=match.partner, transaction__verb="match"))
    undone = _sum(
        Transfer.objects.filter(
            out_of=match.partner,
            transaction__verb="reverse",
            transaction__reverses__verb="match",
        )
    )
    return State(
        ready=max(0, Account.objects.values_list("balance", flat=True).get(pk=match.ready_id)),
        posted=posted - undone,
        shown=match.evidence_id is not None,
        released=Transaction.objects.filter(match=match).exists(),
        today=today,
    )


def missing_of(match: Match, today: date) -> list[Missing]:
    """Return what is missing for the release of this money; nothing once it is released."""
    state = state_of(match, today)
    return [] if state.released else missing(terms_of(match), state)


def _sum(transfers: QuerySet[Transfer]) -> int:
    return transfers.aggregate(all=Sum("amount"))["all"] or 0
