"""Saved views: one's own names for a list with its filters. No step is kept: they change nothing but what one sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import OF_STAFF, Actor, Role, allow
from linli.kernel.models import SavedView, Staff
from linli.kernel.refusals import Refused

LONGEST = 500
MOST = 30  # of one list and owner


def views_for(staff: Staff, page: str) -> QuerySet[SavedView]:
    """Return the views of a list that this member of staff finds: the own ones, and what the unit shares."""
    found = SavedView.objects.filter(page=page).select_related("owner")
    of_unit = Q(shared=True, owner__unit=staff.unit, owner__is_active=True)
    return found.filter(Q(owner=staff) | of_unit)


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view as it is to be kept: of which list, its name, the filters (the part of the address after "?"), whether the
    own unit finds it, and whether the list opens with it.
    """

    page: str
    name: str
    query: str
    shared: bool = False
    first: bool = False


@transaction.atomic
def save_view(*, by: Actor, at: datetime, owner: Staff, draft: ViewDraft) -> SavedView:
    """Keep filters under a name; the same name again replaces. A list opens with one view at most.

    Refuses: not_allowed unless staff ask; not_yours when the owner is somebody else; no_name without one;
    query_too_long over 500 characters; too_many_views when thirty of this list are kept.
    """
    allow(by, *OF_STAFF)
    _yours(by, owner)
    if not (name := " ".join(draft.name.replace("\0", "").split())[:60]):
        raise Refused("no_name", _("Give this view a name."))
    if len(query := draft.query.removeprefix("?").replace("\0", "")) > LONGEST:
        raise Refused("query_too_long", _("These are more filters than a view can keep."))
    # One after another, so that two opened at once do not both become the first.
    Staff.objects.select_for_update(no_key=True).get(pk=owner.pk)
    others = SavedView.objects.filter(owner=owner, page=draft.page).exclude(name=name)
    if others.count() >= MOST:
        raise Refused("too_many_views", _("Thirty views of one list are kept: forget one first."))
    if draft.first:
        others.update(first=False)
    kept = {"query": query, "shared": draft.shared, "first": draft.first}
    view, _made = SavedView.objects.update_or_create(
        owner=owner, page=draft.page, name=name, defaults=kept
    )
    return view


@transaction.atomic
def forget_view(*, by: Actor, at: datetime, view: SavedView) -> None:
    """Remove a saved view.

    Refuses: not_allowed unless staff ask; not_yours when it is somebody else's.
    """
    allow(by, *OF_STAFF)
    _yours(by, view.owner)
    view.delete()


@transaction.atomic
def open_with(*, by: Actor, at: datetime, view: SavedView, first: bool) -> None:
    """Let a list open with this view, or with all it has again.

    Refuses: not_allowed unless staff ask; not_yours when it is somebody else's.
    """
    allow(by, *OF_STAFF)
    _yours(by, view.owner)
    Staff.objects.select_for_update(no_key=True).get(pk=view.owner_id)
    SavedView.objects.filter(owner=view.owner_id, page=view.page).update(first=False)
    if first:
        SavedView.objects.filter(pk=view.pk).update(first=True)


@transaction.atomic
def share_view(*, by: Actor, at: datetime, view: SavedView, shared: bool) -> None:
    """Show a view to the own unit, or to oneself alone again.

    Refuses: not_allowed unless staff ask; not_yours when it is somebody else's.
    """
    allow(by, *OF_STAFF)
    _yours(by, view.owner)
    SavedView.objects.filter(pk=view.pk).update(shared=shared)


def _yours(by: Actor, owner: Staff) -> None:
    if owner.actor != by and by.role != Role.SYSTEM:
        raise Refused("not_yours", _("This view belongs to somebody else."), status=403)
