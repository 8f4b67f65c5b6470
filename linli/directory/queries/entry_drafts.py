"""Reads things of the directory as the search is to know them: an entry and its grams, not yet written."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from linli.directory.models import Entry, Location, Organization, Service
from linli.directory.rules.entries import (
    BETWEEN_NAMES,
    EVERYWHERE,
    LONGEST_TEXT,
    facet_grams,
    names_of,
)
from linli.directory.rules.folding import folded
from linli.directory.rules.grams import index_grams
from linli.directory.rules.sounds import sounds

_THEME = "theme"


class Draft(NamedTuple):
    """One entry with all that the index holds of it: nothing when it is not to be found."""

    entry: Entry
    grams: list[str]


def service_drafts(services: QuerySet[Service]) -> list[Draft]:
    """Return the drafts of services; what nobody offers any more is kept and not shown."""
    read = services.select_related("organization").prefetch_related(
        "areas", "terms", "documents", "stages", "costs", "at_locations__location__languages"
    )
    return [_service(service) for service in read]


def location_drafts(locations: QuerySet[Location]) -> list[Draft]:
    """Return the drafts of places."""
    read = locations.select_related("organization").prefetch_related("languages")
    return [_location(location) for location in read]


def organization_drafts(organizations: QuerySet[Organization]) -> list[Draft]:
    """Return the drafts of organizations."""
    return [_organization(organization) for organization in organizations]


def _service(service: Service) -> Draft:
    at = [offer.location for offer in service.at_locations.all() if not offer.location.closed_on]
    areas = [area.code for area in service.areas.all()]
    themes = [term for term in service.terms.all() if term.taxonomy == _THEME]
    languages = {one.language for location in at for one in location.languages.all()}
    entry = Entry(
        kind="service",
        service=service,
        area=areas[0] if areas else service.organization.area_id,
        terms=_line(term.code for term in service.terms.all()),
        languages=_line(sorted(languages)),
        shown=service.status != "defunct",
    )
    facets = facet_grams(
        entry.kind,
        areas=areas or [EVERYWHERE],
        at=[location.area_id for location in at],
        themes=[term.code for term in themes],
        languages=sorted(languages),
        free=not any(cost.amount for cost in service.costs.all()),
    )
    said = (
        service.description,
        service.eligibility,
        *(document.name for document in service.documents.all()),
        *(f"{stage.name} {stage.words}" for stage in service.stages.all()),
        *(term.name for term in service.terms.all()),
        service.organization.name,
        service.basis,
    )
    return _draft(entry, names_of(service.name, service.other_names), said, facets)


def _location(location: Location) -> Draft:
    languages = sorted({one.language for one in location.languages.all()})
    entry = Entry(
        kind="location",
        location=location,
        area=location.area_id,
        languages=_line(languages),
        shown=location.closed_on is None,
    )
    facets = facet_grams(entry.kind, areas=[location.area_id], languages=languages)
    said = (
        location.address,
        location.description,
        location.transport,
        location.organization.name,
    )
    return _draft(entry, names_of(location.name, location.other_names), said, facets)


def _organization(organization: Organization) -> Draft:
    entry = Entry(
        kind="organization",
        organization=organization,
        area=organization.area_id,
        shown=organization.closed_on is None,
    )
    facets = facet_grams(entry.kind, areas=[organization.area_id])
    return _draft(entry, names_of(organization.name, ()), (organization.description,), facets)


def _draft(
    entry: Entry, names: tuple[str, ...], said: Iterable[str], facets: Iterable[str]
) -> Draft:
    entry.title = BETWEEN_NAMES.join(names)
    entry.text = folded("\n".join(said))[:LONGEST_TEXT]
    entry.sounds = sounds(names)
    return Draft(entry, index_grams(names, entry.text, facets) if entry.shown else [])


def _line(words: Iterable[str]) -> str:
    """Return words apart by spaces, with one at either end, as far as whole words fit the column."""
    line = " "
    for word in words:
        if len(line) + len(word) + 1 > 200:
            break
        line += f"{word} "
    return line if line.strip() else ""
