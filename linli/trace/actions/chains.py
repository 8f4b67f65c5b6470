"""Broken chains: looked for a day after events were told, since what came before may be told later than what followed."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from linli.kernel.actors import Actor, allow
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.models import Alert, Capture
from linli.trace.queries.origins import explained, unexplained

WAITS: Final = timedelta(days=1)
_AT_ONCE: Final = 50  # captures


def check_chains(*, by: Actor, at: datetime) -> int:
    """Tell the units of what was used and nobody explained; return how many captures were looked at.

    What was explained meanwhile needs nobody any more.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    _settle_explained(by, at)
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


def _settle_explained(by: Actor, at: datetime) -> None:
    about = Alert.objects.filter(kind=Alert.CHAIN, settled_at=None).values_list("about", flat=True)
    things = {int(one.removeprefix("chain ")) for one in about}
    told = [f"chain {thing}" for thing in sorted(explained(things))]
    with override(settings.LANGUAGE_CODE):
        words = gettext("Where it came from was told later.")
    waiting = Alert.objects.filter(about__in=told, settled_at=None)
    waiting.update(settled_at=at, settled_by=by.name, words=words)
