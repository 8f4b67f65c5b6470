"""Add, amend, assure and end services: the guide that people read before they come."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.directory.actions.deeds import Deed, Wrong
from linli.directory.actions.parts import Parts
from linli.directory.models import Service
from linli.directory.queries.drafts import service_draft
from linli.directory.rules.drafts import ServiceDraft
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code

_PLAIN = (
    "name", "description", "status", "eligibility", "promised_days", "statutory_days", "visits",
    "basis", "alert",
)  # fmt: skip


@transaction.atomic
def add_service(
    *,
    by: Actor,
    at: datetime,
    draft: ServiceDraft,
    uuid: UUID | None = None,
    assured_on: date | None = None,
) -> Service:
    """Add a service with its whole guide; who writes it down has looked at it that day, unless it says when.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers it, asks; what `check`
    finds (no_name, not_a_rule, group_of_people, trait_of_a_person …); unknown_organization;
    unknown_area; unknown_term; unknown_service for the alternative; id_stands_twice.
    """
    deed = Deed(by, at)
    service = Service(code=new_code(), uuid=uuid or uuid4())
    service.assured_on = min(assured_on or localdate(at), localdate(at))
    service.assured_by = deed.assurer
    _write(deed, service, draft)
    deed.enter(service, "added", {}, draft.said())
    return service


@transaction.atomic
def amend_service(
    *, by: Actor, at: datetime, service: Service, draft: ServiceDraft, seen: datetime | None = None
) -> Service:
    """Change what is said of a service; a draft that says the same writes nothing. seen: when the service
    that somebody had before them was last modified.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers it and of the one that is
    to, asks; what `check` finds; unknown_organization; unknown_area; unknown_term; unknown_service;
    instead_of_itself; id_stands_twice; changed_meanwhile when somebody was faster.
    """
    deed = Deed(by, at)
    # One at a time changes a service, so that its history tells each change from the one before.
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    deed.let(service.organization)
    deed.still(service, seen)
    was = service_draft(service).said()
    if was == draft.said():
        return service
    if draft.instead == service.uuid:
        raise Wrong("instead_of_itself")
    _write(deed, service, draft)
    deed.enter(service, "amended", was, draft.said())
    return service


@transaction.atomic
def assure_service(*, by: Actor, at: datetime, service: Service) -> None:
    """Say that somebody has looked at the whole guide today and that it is right.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers it, asks.
    """
    deed = Deed(by, at)
    deed.let(service.organization)
    was = {"assured_on": service.assured_on.isoformat(), "assured_by": service.assured_by}
    service.assured_on, service.assured_by = localdate(at), deed.assurer
    service.last_modified = at
    service.save(update_fields=["assured_on", "assured_by", "last_modified"])
    becomes = {"assured_on": service.assured_on.isoformat(), "assured_by": service.assured_by}
    deed.enter(service, "assured", was, becomes)


@transaction.atomic
def end_service(*, by: Actor, at: datetime, service: Service) -> None:
    """End a service; its guide stays readable for whoever has the address, and says so.

    Refuses: not_allowed unless a planner, or somebody of the unit that offers it, asks; already_closed
    when it has ended.
    """
    deed = Deed(by, at)
    deed.let(service.organization)
    was = service.status
    going = Service.objects.filter(pk=service.pk).exclude(status="defunct")
    if not going.update(status="defunct", last_modified=at):
        raise Wrong("already_closed")
    service.status = "defunct"
    deed.enter(service, "ended", {"status": was}, {"status": "defunct"})


def _write(deed: Deed, service: Service, draft: ServiceDraft) -> None:
    deed.check(draft)
    organization, areas = deed.organization(draft.organization), deed.areas(draft.areas)
    terms = deed.terms(draft.terms)
    service.organization, service.instead = organization, _alternative(draft)
    service.other_names, service.rules = list(draft.other_names), list(draft.rules)
    service.last_modified = deed.at
    for name in _PLAIN:
        setattr(service, name, getattr(draft, name))
    try:
        with transaction.atomic():
            service.save()
            _write_parts(service, draft)
            _relate(service.terms, terms)
            _relate(service.areas, areas)
    except IntegrityError as error:
        raise Wrong("id_stands_twice") from error


def _write_parts(service: Service, draft: ServiceDraft) -> None:
    Parts(service.documents, ordered=True).become(draft.documents)
    Parts(service.stages, ordered=True).become(draft.stages)
    Parts(service.costs).become(draft.costs)
    Parts(service.phones).become(draft.phones)


def _relate(manager: Any, wanted: list[Any]) -> None:  # noqa: ANN401 - Django's own manager
    if set(manager.all()) != set(wanted):
        manager.set(wanted)


def _alternative(draft: ServiceDraft) -> Service | None:
    if draft.instead is None:
        return None
    found = Service.objects.filter(uuid=draft.instead).first()
    if found is None:
        raise Wrong("unknown_service")
    return found
