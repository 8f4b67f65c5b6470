"""The filters of lists that the demo's staff keep under a name."""

from datetime import datetime

from linli.demo.tables import rows
from linli.kernel.models import Staff
from linli.kernel.saved_views import ViewDraft, save_view


def save(*, at: datetime) -> None:
    """Save the views that are missing."""
    for username, page, name, query, shared in rows("views.tsv"):
        owner = Staff.objects.get(username=username)
        if not owner.saved_views.filter(page=page, name=name).exists():
            draft = ViewDraft(page, name, query, shared=shared == "shared")
            save_view(by=owner.actor, at=at, owner=owner, draft=draft)
