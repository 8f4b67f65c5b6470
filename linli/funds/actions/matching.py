"""Match: agree on two parts, show what the partner's rests on, and release when nothing is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.funds.actions import ledger
from linli.funds.actions.keeping import own
from linli.funds.models import Account, Fund, Match, Transaction
from linli.funds.queries.matches import missing_of
from linli.funds.rules import flows
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two sides agree on. `amount` in fen; `share`: the partner's part of it."""

    words: str
    ready: Account
    into: Account
    partner: Account
    amount: int
    last_day: date
    share: Fraction = Fraction(1)
    needs_evidence: bool = True


@transaction.atomic
def agree(*, by: Actor, at: datetime, fund: Fund, agreement: Agreement) -> Match:
    """Write down an agreement; no money moves.

    Refuses: not_allowed; not_own_unit; what `_check` refuses; account_taken when the giver's or the partner's
    account serves another agreement: nothing counts for two.
    """
    own(by=by, at=at, unit=fund.unit)
    _check(at, fund, agreement)
    used = [agreement.ready.pk, agreement.partner.pk]
    list(Account.objects.select_for_update(no_key=True).filter(pk__in=used).order_by("pk"))
    if Match.objects.filter(Q(ready__in=used) | Q(partner__in=used)).exists():
        raise Refused(
            "account_taken",
            _("One of these accounts serves another agreement: open an account for this one."),
            status=409,
        )
    return _written(by, at, fund, agreement)


@transaction.atomic
def agree_anew(*, by: Actor, at: datetime, match: Match, agreement: Agreement) -> Match:
    """Agree again on the same accounts when the last day has passed: the older agreement stays, and counts no more.

    Refuses: not_allowed; not_own_unit; already_released; already_replaced; day_not_passed; what `_check` refuses;
    other_accounts when the giver's or the partner's is not the one of before.
    """
    kept = _held(match)
    own(by=by, at=at, unit=kept.fund.unit)
    if kept.last_day >= localdate(at):
        raise Refused("day_not_passed", _("The last day of this agreement has not passed."))
    _check(at, kept.fund, agreement)
    if (agreement.ready.pk, agreement.partner.pk) != (kept.ready_id, kept.partner_id):
        raise Refused("other_accounts", _("Both sides keep their accounts."))
    return _written(by, at, kept.fund, agreement, replaces=kept)


@transaction.atomic
def show(*, by: Actor, at: datetime, match: Match, evidence: Evidence) -> Match:
    """Show what the partner's part rests on.

    Refuses: not_allowed unless an officer of the partner's unit or the fund's; already_released; already_replaced.
    """
    allow(by, Role.OFFICER, Role.PLANNER)
    kept = _held(match)
    units = {kept.fund.unit.name, kept.partner.unit.name if kept.partner.unit else ""}
    if by.role == Role.OFFICER and by.unit not in units:
        raise Refused("not_allowed", _("This is for others to show."), status=403)
    kept.evidence = evidence
    kept.save(update_fields=["evidence"])
    return kept


@transaction.atomic
def release(*, by: Actor, at: datetime, match: Match) -> Match:
    """Release the giver's part, once, when nothing is missing. There is no other way to it.

    Refuses: not_allowed; not_own_unit; already_released; already_replaced; something_missing; and what `ledger.checked` and
    `ledger.moved` refuse. Who may release decides alone: the agreement was the second person's yes.
    """
    kept = _held(match)
    own(by=by, at=at, unit=kept.fund.unit)
    if missing_of(kept, localdate(at)):
        raise Refused("something_missing", _("Something is missing still."), status=409)
    posting = ledger.Posting(
        verb=flows.ALLOCATE, day=localdate(at), words=kept.words, evidence=kept.evidence,
        lines=[ledger.Line(kept.ready, kept.into, kept.amount)],
    )  # fmt: skip
    ledger.checked(by=by, at=at, fund=kept.fund, posting=posting)
    ledger.moved(by=by, at=at, fund=kept.fund, posting=posting, match=kept)
    return kept


def _check(at: datetime, fund: Fund, agreement: Agreement) -> None:
    """Check what two sides would agree on.

    Refuses: no_words; amount_wrong; share_wrong; other_fund; wrong_accounts unless the giver's stands inside, is
    released into an allocated one and the partner's is a matched one; day_passed.
    """
    if not agreement.words.strip():
        raise Refused("no_words", _("Say what it is for."))
    if agreement.amount <= 0:
        raise Refused("amount_wrong", _("Give an amount above zero."))
    if agreement.share <= 0:
        raise Refused("share_wrong", _("The partner gives a part above zero."))
    accounts = (agreement.ready, agreement.into, agreement.partner)
    if {one.fund_id for one in accounts} != {fund.pk}:
        raise Refused("other_fund", _("These accounts are another fund's."), status=404)
    kinds = tuple(one.kind for one in accounts)
    if not flows.may_flow(flows.ALLOCATE, *kinds[:2]) or kinds[2] != flows.MATCHED:
        raise Refused("wrong_accounts", _("Money is matched between other accounts."))
    if agreement.last_day < localdate(at):
        raise Refused("day_passed", _("This day has passed."))


def _written(
    by: Actor, at: datetime, fund: Fund, agreement: Agreement, replaces: Match | None = None
) -> Match:
    return Match.objects.create(
        code=new_code(), fund=fund, words=agreement.words.strip(), ready=agreement.ready,
        into=agreement.into, partner=agreement.partner, amount=agreement.amount,
        share_above=agreement.share.numerator, share_below=agreement.share.denominator,
        needs_evidence=agreement.needs_evidence, last_day=agreement.last_day, replaces=replaces,
        **signed(by, at),
    )  # fmt: skip


def _held(match: Match) -> Match:
    """Return the agreement as it stands, held, with its partner's account held against taking back."""
    kept = Match.objects.select_for_update(no_key=True).get(pk=match.pk)
    if Transaction.objects.filter(match=kept).exists():
        raise Refused("already_released", _("This was released already."), status=409)
    if Match.objects.filter(replaces=kept).exists():
        raise Refused("already_replaced", _("The two sides agreed anew: that counts."), status=409)
    Account.objects.select_for_update(no_key=True).get(pk=kept.partner_id)
    return kept
