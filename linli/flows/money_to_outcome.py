"""From money to what came of it: what was paid for a promise beside what its offers gave, and what one of it cost.

Money is what came into the accounts that a unit named, as the public ledger says. What came of it is said where it may
be said: a figure about people that has not passed the release gate has no cost either.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Fact
from linli.facts.queries.released import value_said
from linli.funds.models import Account
from linli.funds.queries.incomings import incomings
from linli.funds.rules.flows import PAID
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.offers.models import Offer
from linli.offers.queries.delivered import Day, delivered
from linli.plans.actions.ways import WayDraft, link
from linli.plans.models import Task
from linli.plans.queries.ways import ACCOUNT, OFFER, ways_of


@dataclass(frozen=True, slots=True)
class Given:
    """What one offer gave until now."""

    offer: Offer
    sessions: int
    meetings: int
    places: int
    counts: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What delivers a promise and what was paid for it, in fen by account."""

    given: list[Given]
    paid: dict[Account, int]

    @property
    def spent(self) -> int:
        """All that was paid."""
        return sum(self.paid.values())

    @property
    def places(self) -> int:
        """All places of sessions that were held."""
        return sum(one.places for one in self.given)


@transaction.atomic
def pay_from(*, by: Actor, at: datetime, task: Task, account: Account) -> None:
    """Say from which account's payments a task is paid.

    Refuses: not_published while nobody outside sees the fund; not_paid_out for an account that pays nobody; what
    `link` refuses.
    """
    if account.fund.published_at is None:
        raise Refused("not_published", _("Publish it first: everybody must be able to see it."))
    if account.kind != PAID:
        raise Refused("not_paid_out", _("Name an account that payments arrive in."))
    name = f"{account.fund.name} · {account.name}"[:240]
    link(by=by, at=at, task=task, draft=WayDraft(kind=ACCOUNT, code=account.code, name=name))


def outcome_of(task: Task, at: datetime) -> Outcome:
    """Return what a task is delivered by and paid from, of what everybody may see. Seven queries at most."""
    ways = ways_of(task.code)
    counts = {way.code: way.counts for way in ways if way.kind == OFFER}
    offers = Offer.objects.published().filter(code__in=list(counts)).select_related("unit")
    held = delivered(counts, at) if counts else []
    given = [_given(one, counts[one.code], held) for one in offers.order_by("pk")]
    codes = [way.code for way in ways if way.kind == ACCOUNT]
    found = Account.objects.filter(code__in=codes, fund__published_at__isnull=False)
    accounts = {one.pk: one for one in found.select_related("fund", "unit").order_by("pk")}
    paid = dict.fromkeys(accounts.values(), 0)
    for one in incomings(accounts) if accounts else ():
        paid[accounts[one.account]] += one.amount
    return Outcome(given, paid)


def cost_of_one(spent: int, of: int | Decimal | None) -> int | None:
    """Return what one of so many cost, in fen: nothing where nothing was paid, or nothing may be said."""
    if spent <= 0 or of is None or of <= 0:
        return None
    return int((Decimal(spent) / of).quantize(Decimal(1), ROUND_HALF_UP))


def cost_of_figure(spent: int, figure: Fact | None) -> int | None:
    """Return what one of what a figure states cost, in fen; nothing for what stays inside."""
    return cost_of_one(spent, value_said(figure)) if figure else None


def _given(offer: Offer, counts: str, held: list[Day]) -> Given:
    own = [day for day in held if day.offer == offer.code]
    return Given(
        offer,
        sum(day.sessions for day in own),
        sum(day.meetings for day in own),
        sum(day.places for day in own),
        counts,
    )
