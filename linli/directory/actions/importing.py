"""Take a whole package of the directory in, or nothing of it. The same package again changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.directory.actions.deeds import Wrong, together
from linli.directory.actions.guides import add_service, amend_service
from linli.directory.actions.locations import (
    amend_location,
    amend_offer,
    offer_service,
    open_location,
)
from linli.directory.actions.organizations import (
    TermDraft,
    add_organization,
    amend_organization,
    write_term,
)
from linli.directory.models import (
    Area,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from linli.directory.queries.importing import Coming, Fate, Run, dry_run
from linli.directory.queries.package_reading import read_package
from linli.directory.rules.drafts import ServiceDraft
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDraft:
    """One package to take in. area: of whatever says none; checksum: of the dry run that was looked at."""

    data: bytes
    area: Area | None = None
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many things were new, changed, known already."""

    new: int
    changed: int
    known: int


def import_package(*, by: Actor, at: datetime, draft: PackageDraft) -> TakenIn:
    """Take a package in: organizations, services, places and what is offered where.

    A thing is known by its id. What the package does not speak of stays; nothing is removed or closed.

    Refuses: not_allowed unless a planner asks; what `read_package` refuses; rows_have_errors;
    changed_meanwhile when things would no longer meet the fates that were looked at; and what the deeds
    on each thing refuse. Of a refused package nothing is kept.
    """
    allow(by, Role.PLANNER)
    tables = read_package(draft.data)
    with together(by=by, at=at):
        run = dry_run(tables, area=draft.area)
        if run.of(Fate.ERROR):
            raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
        if draft.checksum and draft.checksum != run.checksum:
            raise Wrong("changed_meanwhile")
        _take_in(run, by=by, at=at)
    counts = run.count()
    return TakenIn(counts[Fate.NEW], counts[Fate.CHANGES], counts[Fate.KNOWN])


def _take_in(run: Run, *, by: Actor, at: datetime) -> None:
    for term in run.terms:
        write_term(by=by, at=at, draft=TermDraft(*term))
    things = [one for one in run.things if one.fate in {Fate.NEW, Fate.CHANGES}]
    for one in _in_order(things):
        if one.fate == Fate.NEW:
            _add(one, by=by, at=at)
        else:
            _amend(one, by=by, at=at)


def _in_order(things: list[Coming]) -> list[Coming]:
    """Return things in the order of the tables, an alternative before what it stands in for."""
    new = {one.uuid: one for one in things if one.table == "service" and one.fate == Fate.NEW}

    def depth(one: Coming | None) -> int:
        steps = 0
        while one and isinstance(one.draft, ServiceDraft) and one.draft.instead in new:
            one, steps = new[one.draft.instead], steps + 1
            if steps > len(new):  # alternatives of each other
                raise Wrong("instead_of_itself")
        return steps

    tables = list(dict.fromkeys(one.table for one in things))
    return sorted(things, key=lambda one: (tables.index(one.table), depth(one)))


def _add(one: Coming, *, by: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"by": by, "at": at, "draft": one.draft, "uuid": one.uuid}
    match one.table:
        case "organization":
            add_organization(**given)
        case "service":
            add_service(**given, assured_on=one.assured_on)
        case "location":
            open_location(**given, assured_on=one.assured_on)
        case _:
            offer_service(**given)


def _amend(one: Coming, *, by: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"by": by, "at": at, "draft": one.draft}
    match one.table:
        case "organization":
            amend_organization(organization=Organization.objects.get(uuid=one.uuid), **given)
        case "service":
            amend_service(service=Service.objects.get(uuid=one.uuid), **given)
        case "location":
            amend_location(location=Location.objects.get(uuid=one.uuid), **given)
        case _:
            amend_offer(offer=ServiceAtLocation.objects.get(uuid=one.uuid), **given)
