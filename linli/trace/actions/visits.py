"""Published inspections of premises, as the assessments tell them."""

from datetime import datetime

from django.db import transaction

from linli.kernel.actors import Actor, allow
from linli.trace.events import Visited
from linli.trace.models import Premises, Visit


@transaction.atomic
def record_visit(*, by: Actor, at: datetime, visited: Visited) -> Visit | None:
    """Keep how an inspection stands `at` now, as often as it is told; None where no premises have the address.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    premises = Premises.objects.filter(code=visited.premises).first()
    if premises is None:
        return None
    visit, _made = Visit.objects.update_or_create(
        code=visited.code,
        defaults={
            "premises": premises,
            "unit": visited.unit,
            "made_on": visited.made_on,
            "share": visited.share,
            "findings": visited.findings,
            "open": visited.open,
            "grave": visited.grave,
        },
    )
    return visit
