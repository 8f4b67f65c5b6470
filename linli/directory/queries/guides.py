"""Services and places as pages show them: everything that belongs to one, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.directory.models import (
    Area,
    Change,
    Location,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from linli.directory.rules.areas import ladder_of
from linli.directory.rules.freshness import Fresh, freshness

MOST_CHANGES = 200  # of one thing, at most


@dataclass(frozen=True, slots=True)
class Guide:
    """One service with all that a guide tells, and how fresh it is."""

    service: Service
    offers: list[ServiceAtLocation]
    fresh: Fresh


@dataclass(frozen=True, slots=True)
class Station:
    """One place with its hours, languages, phones and services, and how fresh that is."""

    location: Location
    offers: list[ServiceAtLocation]
    fresh: Fresh


def open_services(area: str = "") -> QuerySet[Service]:
    """Return the services that one can ask for, in an area when one is given: those that serve it, what
    stands above it or a part of it, and those that say no area.
    """
    found = Service.objects.offered().select_related("organization__area")
    if area:
        inside = Area.objects.within(area).values("code")
        found = found.filter(
            Q(areas__code__in=ladder_of(area)) | Q(areas__code__in=inside) | Q(areas=None)
        ).distinct()
    return found


def service_guide(code: str, today: date) -> Guide | None:
    """Return the guide of a service, ended ones too, or None when no service has the code: nine queries."""
    services = Service.objects.select_related("organization__unit", "organization__area", "instead")
    service = (
        services.prefetch_related("terms", "areas", "documents", "stages", "costs", "phones")
        .filter(code=code)
        .first()
    )
    if service is None:
        return None
    offers = (
        ServiceAtLocation.objects.filter(service=service, location__closed_on=None)
        .select_related("location__area", "location__organization")
        .prefetch_related(
            "schedules", "location__schedules", "location__languages", "location__phones"
        )
    )
    return Guide(service, list(offers), freshness(service.assured_on, today, "service"))


def stations(area: str = "") -> QuerySet[Location]:
    """Return the places that stand open to all, with hours, languages and phones: four queries."""
    found = Location.objects.open_to_all().select_related("organization", "area")
    if area:
        found = found.filter(area__in=Area.objects.within(area))
    return found.prefetch_related("schedules", "languages", "phones")


def station_page(code: str, today: date) -> Station | None:
    """Return one place with all that its page tells, closed ones too, or None."""
    location = (
        Location.objects.select_related("organization__unit", "area")
        .prefetch_related("schedules", "languages", "phones")
        .filter(code=code)
        .first()
    )
    if location is None:
        return None
    offers = (
        ServiceAtLocation.objects.filter(location=location, service__status=Service.ACTIVE)
        .select_related("service")
        .prefetch_related("schedules")
    )
    return Station(location, list(offers), freshness(location.assured_on, today, "location"))


def changes_of(*uuids: UUID) -> list[Change]:
    """Return what was changed about these things, newest first."""
    return list(Change.objects.filter(thing__in=uuids).order_by("-at", "-id")[:MOST_CHANGES])


def terms_of(taxonomy: str) -> QuerySet[TaxonomyTerm]:
    """Return the words of one taxonomy."""
    return TaxonomyTerm.objects.filter(taxonomy=taxonomy)


def languages_spoken(area: str = "") -> list[str]:
    """Return the tags of all languages spoken at open places."""
    places = Location.objects.open_to_all()
    if area:
        places = places.filter(area__in=Area.objects.within(area))
    found = places.filter(languages__isnull=False).values_list("languages__language", flat=True)
    return sorted(set(found))
