"""Saved views of the ledger: one's own names for filters. No step is kept: they change nothing but a list."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused
from linli.plans.models import SavedView

KEEPERS = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
LONGEST = 500


@transaction.atomic
def save_view(*, by: Actor, at: datetime, owner: Staff, name: str, query: str) -> SavedView:
    """Keep filters (the part of the address after "?") under a name; the same name again replaces.

    Refuses: not_allowed for clerk and administrator; not_yours when the owner is somebody else; no_name without
    one; query_too_long over 500 characters.
    """
    allow(by, *KEEPERS)
    _yours(by, owner)
    if not (name := " ".join(name.split())[:60]):
        raise Refused("no_name", _("Give this view a name."))
    if len(query) > LONGEST:
        raise Refused("query_too_long", _("These are more filters than a view can keep."))
    view, _made = SavedView.objects.update_or_create(
        owner=owner, name=name, defaults={"query": query.removeprefix("?")}
    )
    return view


@transaction.atomic
def forget_view(*, by: Actor, at: datetime, view: SavedView) -> None:
    """Remove a saved view.

    Refuses: not_allowed for clerk and administrator; not_yours when it is somebody else's.
    """
    allow(by, *KEEPERS)
    _yours(by, view.owner)
    view.delete()


def _yours(by: Actor, owner: Staff) -> None:
    if owner.actor != by and by.role != Role.SYSTEM:
        raise Refused("not_yours", _("This view belongs to somebody else."), status=403)
