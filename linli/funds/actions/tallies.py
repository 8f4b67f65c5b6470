"""Say what money is counted as, so that what a report claims of it can rest on the ledger."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Indicator
from linli.funds.actions.keeping import own
from linli.funds.models import Account, Tally
from linli.funds.rules import flows
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

UNIT = "CNY"


@transaction.atomic
def count_as(*, by: Actor, at: datetime, account: Account, indicator: Indicator) -> Tally:
    """Count what comes into an account as an indicator of the fund's place. The same said again is the same.

    Refuses: not_allowed; not_own_unit; not_money unless the indicator is an amount in yuan that adds up over time;
    comes_from_outside for an account that money only comes from.
    """
    own(by=by, at=at, unit=account.fund.unit)
    if indicator.kind != "money" or indicator.unit != UNIT or not indicator.adds_up:
        raise Refused("not_money", _("Choose an indicator of yuan that adds up over time."))
    if account.kind in flows.OUTSIDE:
        raise Refused("comes_from_outside", _("Nothing comes into this account."))
    known = Tally.objects.filter(account=account, indicator=indicator).first()
    return known or Tally.objects.create(account=account, indicator=indicator, **signed(by, at))


@transaction.atomic
def count_no_more(*, by: Actor, at: datetime, tally: Tally) -> None:
    """Take the link away; what was counted is withdrawn when it is counted next.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=tally.account.fund.unit)
    Tally.objects.filter(pk=tally.pk).delete()
