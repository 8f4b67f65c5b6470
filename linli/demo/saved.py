"""The filters of the ledger that the demo's staff keep under a name."""

from datetime import datetime

from linli.demo.tables import rows
from linli.kernel.models import Staff
from linli.plans.actions import save_view


def save(*, at: datetime) -> None:
    """Save the views that are missing."""
    for username, name, query in rows("views.tsv"):
        owner = Staff.objects.get(username=username)
        if not owner.saved_views.filter(name=name).exists():
            save_view(by=owner.actor, at=at, owner=owner, name=name, query=query)
