"""How far matched money is, as the ledger says."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from django.db.models import Q, Sum

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
    return states_of([match], today)[match.pk]


def states_of(matches: Collection[Match], today: date) -> dict[int, State]:
    """Return how far each of these agreements is, by its id. Four queries, however many there are."""
    partners = [match.partner_id for match in matches]
    back = Q(transaction__verb="reverse", transaction__reverses__verb="match")
    posted = _sums("into", partners, Q(transaction__verb="match"))
    undone = _sums("out_of", partners, back)
    ready = dict(
        Account.objects.filter(pk__in=[match.ready_id for match in matches])
        .order_by()
        .values_list("pk", "balance")
    )
    released = set(
        Transaction.objects.filter(match__in=[match.pk for match in matches])
        .order_by()
        .values_list("match", flat=True)
    )
    return {
        match.pk: State(
            ready=max(0, ready[match.ready_id]),
            posted=posted.get(match.partner_id, 0) - undone.get(match.partner_id, 0),
            shown=match.evidence_id is not None,
            released=match.pk in released,
            today=today,
        )
        for match in matches
    }


def missing_of(match: Match, today: date) -> list[Missing]:
    """Return what is missing for the release of this money; nothing once it is released."""
    state = state_of(match, today)
    return [] if state.released else missing(terms_of(match), state)


def _sums(end: str, accounts: list[int], which: Q) -> dict[int, int]:
    transfers = Transfer.objects.order_by().filter(which, **{f"{end}__in": accounts})
    return dict(transfers.values_list(end).annotate(Sum("amount")))
