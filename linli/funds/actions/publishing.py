"""Show a fund to everybody: its accounts' totals, what moved and when, and what matched money waits for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.funds.actions.keeping import own
from linli.funds.models import Fund
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused


@transaction.atomic
def publish(*, by: Actor, at: datetime, fund: Fund) -> Fund:
    """Publish a fund, once: what was said of public money is not unsaid.

    Refuses: not_allowed; not_own_unit for an officer of another unit; already_published; no_accounts.
    """
    own(by=by, at=at, unit=fund.unit)
    kept = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    if kept.published_at:
        raise Refused("already_published", _("This is published already."), status=409)
    if not kept.accounts.exists():
        raise Refused("no_accounts", _("Open its accounts first."), status=409)
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    return kept
