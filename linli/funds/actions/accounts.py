"""Close an account that is empty: it stays, and no money moves over it any more."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.keeping import own
from linli.funds.models import Account
from linli.funds.rules import flows
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused


@transaction.atomic
def close_account(*, by: Actor, at: datetime, account: Account) -> Account:
    """Close an account on which nothing stands. What was paid or given back over it stays there.

    Refuses: not_allowed; not_own_unit for an officer of another unit; account_closed already; not_empty when
    money stands on it.
    """
    own(by=by, at=at, unit=account.fund.unit)
    kept = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if kept.closed_on:
        raise Refused("account_closed", _("This account is closed."), status=409)
    if kept.kind in flows.INSIDE and kept.balance:
        raise Refused("not_empty", _("Money stands on it still: move it first."), status=409)
    kept.closed_on = localdate(at)
    kept.save(update_fields=["closed_on"])
    return kept
