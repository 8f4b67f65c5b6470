"""Open, amend, assure and close places, and say which services are offered there."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.directory.actions.deeds import Deed, Wrong
from linli.directory.actions.parts import Parts
from linli.directory.models import Location, Service, ServiceAtLocation
from linli.directory.queries.drafts import location_draft, offer_draft
from linli.directory.rules.drafts import LocationDraft, OfferDraft
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code


@transaction.atomic
def open_location(
    *,
    by: Actor,
    at: datetime,
    draft: LocationDraft,
    uuid: UUID | None = None,
    assured_on: date | None = None,
) -> Location:
    """Add a place that the public may come to, with its hours, languages and ways in.

    Refuses: not_allowed unless a planner, or somebody of the unit that runs it, asks; what `check`
    finds (no_name, not_a_rule_of_days, closes_before_it_opens, unknown_language …);
    unknown_organization; unknown_area; id_stands_twice.
    """
    deed = Deed(by, at)
    location = Location(code=new_code(), uuid=uuid or uuid4())
    location.assured_on = min(assured_on or localdate(at), localdate(at))
    location.assured_by = deed.assurer
    _write(deed, location, draft)
    deed.enter(location, "added", {}, draft.said())
    return location


@transaction.atomic
def amend_location(
    *,
    by: Actor,
    at: datetime,
    location: Location,
    draft: LocationDraft,
    seen: datetime | None = None,
) -> Location:
    """Change what is said of a place; a draft that says the same writes nothing. seen: when the place that
    somebody had before them was last modified.

    Refuses: not_allowed unless a planner, or somebody of the unit that runs it and of the one that is
    to, asks; what `check` finds; unknown_organization; unknown_area; id_stands_twice; already_closed;
    changed_meanwhile when somebody was faster.
    """
    deed = Deed(by, at)
    # One at a time changes a place, so that its history tells each change from the one before.
    location = Location.objects.select_for_update(no_key=True).get(pk=location.pk)
    deed.let(location.organization)
    deed.still(location, seen)
    if location.closed_on:
        raise Wrong("already_closed")
    was = location_draft(location).said()
    if was == draft.said():
        return location
    _write(deed, location, draft)
    deed.enter(location, "amended", was, draft.said())
    return location


@transaction.atomic
def assure_location(*, by: Actor, at: datetime, location: Location) -> None:
    """Say that somebody has looked today and that hours, languages and phones are right.

    Refuses: not_allowed unless a planner, or somebody of the unit that runs it, asks.
    """
    deed = Deed(by, at)
    deed.let(location.organization)
    was = {"assured_on": location.assured_on.isoformat(), "assured_by": location.assured_by}
    location.assured_on, location.assured_by = localdate(at), deed.assurer
    location.last_modified = at
    location.save(update_fields=["assured_on", "assured_by", "last_modified"])
    becomes = {"assured_on": location.assured_on.isoformat(), "assured_by": location.assured_by}
    deed.enter(location, "assured", was, becomes)


@transaction.atomic
def close_location(*, by: Actor, at: datetime, location: Location, on: date) -> None:
    """Close a place for good; its page stays and says so.

    Refuses: not_allowed unless a planner, or somebody of the unit that runs it, asks; already_closed
    when it is closed.
    """
    deed = Deed(by, at)
    deed.let(location.organization)
    standing = Location.objects.filter(pk=location.pk, closed_on__isnull=True)
    if not standing.update(closed_on=on, last_modified=at):
        raise Wrong("already_closed")
    location.closed_on = on
    deed.enter(location, "closed", {}, {"closed_on": on.isoformat()})


@transaction.atomic
def offer_service(
    *, by: Actor, at: datetime, draft: OfferDraft, uuid: UUID | None = None
) -> ServiceAtLocation:
    """Offer a service at a place, at a window or in hours of its own when it has them.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers the service, asks; what
    `check` finds; unknown_service; unknown_location, also for one that is closed;
    offered_there_already; id_stands_twice.
    """
    deed = Deed(by, at)
    service = Service.objects.select_related("organization__unit").filter(uuid=draft.service)
    location = Location.objects.open_to_all().filter(uuid=draft.location)
    for found, code in ((service, "unknown_service"), (location, "unknown_location")):
        if not found.exists():
            raise Wrong(code)
    offer = ServiceAtLocation(uuid=uuid or uuid4(), service=service[0], location=location[0])
    deed.let(offer.service.organization)
    if ServiceAtLocation.objects.filter(service=offer.service, location=offer.location).exists():
        raise Wrong("offered_there_already")
    _write_offer(deed, offer, draft)
    deed.enter(offer, "added", {}, draft.said())
    return offer


@transaction.atomic
def amend_offer(
    *, by: Actor, at: datetime, offer: ServiceAtLocation, draft: OfferDraft
) -> ServiceAtLocation:
    """Change the window, note or hours of a service at a place; which of both it is stays.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers the service, asks; what
    `check` finds; id_stands_twice.
    """
    deed = Deed(by, at)
    offer = ServiceAtLocation.objects.select_for_update(no_key=True).get(pk=offer.pk)
    deed.let(offer.service.organization)
    was = offer_draft(offer).said()
    becomes = was | {
        name: value for name, value in draft.said().items() if name not in {"service", "location"}
    }
    if was == becomes:
        return offer
    _write_offer(deed, offer, draft)
    deed.enter(offer, "amended", was, becomes)
    return offer


@transaction.atomic
def drop_offer(*, by: Actor, at: datetime, offer: ServiceAtLocation) -> None:
    """Offer a service no longer at a place; the history keeps that it was.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers the service, asks.
    """
    deed, was = Deed(by, at), offer_draft(offer).said()
    deed.let(offer.service.organization)
    ServiceAtLocation.objects.filter(pk=offer.pk).delete()
    deed.enter(offer, "dropped", was, dict.fromkeys(was))


def _write(deed: Deed, location: Location, draft: LocationDraft) -> None:
    deed.check(draft)
    location.organization = deed.organization(draft.organization)
    location.area, location.last_modified = deed.area(draft.area), deed.at
    location.other_names, location.access = list(draft.other_names), list(draft.access)
    location.tile_row, location.tile_column = draft.tile or (None, None)
    for name in ("name", "kind", "address", "transport", "description"):
        setattr(location, name, getattr(draft, name))
    try:
        with transaction.atomic():
            location.save()
            Parts(location.phones).become(draft.phones)
            Parts(location.schedules).become(draft.schedules)
            Parts(location.languages, amends=False).become(draft.languages)
    except IntegrityError as error:
        raise Wrong("id_stands_twice") from error


def _write_offer(deed: Deed, offer: ServiceAtLocation, draft: OfferDraft) -> None:
    deed.check(draft)
    offer.window, offer.description = draft.window, draft.description
    offer.last_modified = deed.at
    try:
        with transaction.atomic():
            offer.save()
            Parts(offer.schedules).become(draft.schedules)
    except IntegrityError as error:
        raise Wrong("id_stands_twice") from error
