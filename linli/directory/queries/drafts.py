"""What is said of a thing now, as a draft: for its history, for a form, for what an import compares with."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Manager

from linli.directory.models import Location, Organization, Phone, Schedule, Service
from linli.directory.models import ServiceAtLocation as Offer
from linli.directory.rules.drafts import (
    CostDraft,
    DocumentDraft,
    Draft,
    LanguageDraft,
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    PhoneDraft,
    ScheduleDraft,
    ServiceDraft,
    StageDraft,
)

Thing = Organization | Service | Location | Offer

PARTS_OF_SERVICE = ("terms", "areas", "documents", "stages", "costs", "phones")
PARTS_OF_LOCATION = ("phones", "schedules", "languages")


def draft_of(thing: Thing) -> Draft:
    """Return what is said of a thing now."""
    if isinstance(thing, Organization):
        return organization_draft(thing)
    if isinstance(thing, Service):
        return service_draft(thing)
    return location_draft(thing) if isinstance(thing, Location) else offer_draft(thing)


def organization_draft(organization: Organization) -> OrganizationDraft:
    """Return what is said of an organization now."""
    return OrganizationDraft(
        name=organization.name,
        area=organization.area_id,
        unit=organization.unit.name if organization.unit else "",
        description=organization.description,
        website=organization.website,
        email=organization.email,
        phones=_phones(organization.phones.all()),
    )


def service_draft(service: Service) -> ServiceDraft:
    """Return what is said of a service now."""
    return ServiceDraft(
        organization=service.organization.uuid,
        name=service.name,
        other_names=tuple(service.other_names),
        description=service.description,
        status=service.status,
        terms=tuple(f"{term.taxonomy}/{term.code}" for term in service.terms.all()),
        areas=tuple(area.code for area in service.areas.all()),
        rules=tuple(service.rules),
        eligibility=service.eligibility,
        instead=service.instead.uuid if service.instead else None,
        promised_days=service.promised_days,
        statutory_days=service.statutory_days,
        visits=service.visits,
        basis=service.basis,
        alert=service.alert,
        documents=_parts(DocumentDraft, service.documents),
        stages=_parts(StageDraft, service.stages),
        costs=_parts(CostDraft, service.costs),
        phones=_phones(service.phones.all()),
    )


def location_draft(location: Location) -> LocationDraft:
    """Return what is said of a place now."""
    row, column = location.tile_row, location.tile_column
    return LocationDraft(
        organization=location.organization.uuid,
        area=location.area_id,
        name=location.name,
        kind=location.kind,
        other_names=tuple(location.other_names),
        address=location.address,
        transport=location.transport,
        description=location.description,
        access=tuple(location.access),
        tile=None if row is None or column is None else (row, column),
        phones=_phones(location.phones.all()),
        schedules=_schedules(location.schedules.all()),
        languages=_parts(LanguageDraft, location.languages),
    )


def offer_draft(offer: Offer) -> OfferDraft:
    """Return what is said of a service at a place now."""
    return OfferDraft(
        service=offer.service.uuid,
        location=offer.location.uuid,
        window=offer.window,
        description=offer.description,
        schedules=_schedules(offer.schedules.all()),
    )


def _phones(phones: Iterable[Phone]) -> tuple[PhoneDraft, ...]:
    return tuple(_part(PhoneDraft, phone) for phone in phones)


def _schedules(schedules: Iterable[Schedule]) -> tuple[ScheduleDraft, ...]:
    return tuple(_part(ScheduleDraft, schedule) for schedule in schedules)


def _parts(kind: Any, rows: Manager[Any]) -> tuple[Any, ...]:  # noqa: ANN401 - a kind of part
    return tuple(_part(kind, row) for row in rows.all())


def _part(kind: Any, row: Any) -> Any:  # noqa: ANN401
    names = [name for name in kind.__dataclass_fields__ if name != "uuid"]
    said = {name: getattr(row, name) for name in names}
    return kind(uuid=str(getattr(row, "uuid", "")), **said)
