"""Broken chains: looked for a day after events were told, since what came before may be told later than what followed."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from linli.kernel.actors import Actor, allow
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.models import Alert, Capture
from linli.trace.queries.origins import unexplained

WAITS: Final = timedelta(days=1)
_AT_ONCE: Final = 50  # captures


def check_chains(*, by: Actor, at: datetime) -> int:
    """Tell the units of what was used and nobody explained; return how many captures were looked at.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    looked = 0
    while some := _check_some(by, at):
        looked += some
    return looked


@transaction.atomic
def _check_some(by: Actor, at: datetime) -> int:
    due = Capture.objects.filter(state=Capture.DONE, chained_at=None, finished_at__lte=at - WAITS)
    captures = list(due.order_by("finished_at").values_list("pk", flat=True)[:_AT_ONCE])
    for one in unexplained(captures):
        draft = AlertDraft(
            one.operator.unit,
            Alert.CHAIN,
            f"chain {one.thing}",
            f"/console/food/{one.operator.code}/",
            {"operator": one.operator.name, "name": one.uri},
        )
        raise_alert(by=by, at=at, draft=draft)
    return Capture.objects.filter(pk__in=captures).update(chained_at=at)
