"""Services and places as pages show them: everything that belongs to one, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from linli.directory.models import (
    Area,
    Change,
    LanguageHours,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from linli.directory.queries.guide_parts import whole_offers, whole_service
from linli.directory.rules.areas import ladder_of
from linli.directory.rules.freshness import Fresh, freshness

MOST_CHANGES = 200  # of one thing, at most
# What belongs to one thing, in order: the models' own order would join the thing again.
_RULES = Schedule.objects.order_by("opens_at", "id")
_SPOKEN = LanguageHours.objects.order_by("language", "weekday", "mode")
_PARTS = (Prefetch("schedules", _RULES), Prefetch("languages", _SPOKEN), "phones")


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
    """Return the guide of a service, ended ones too, or None when no service has the code: ten queries."""
    service = whole_service(code)
    if service is None:
        return None
    return Guide(service, whole_offers(service), freshness(service.assured_on, today, "service"))


def stations(area: str = "") -> QuerySet[Location]:
    """Return the places that stand open to all, with hours, languages and phones: four queries."""
    found = Location.objects.open_to_all().select_related("organization", "area")
    if area:
        found = found.filter(area__in=Area.objects.within(area))
    return found.prefetch_related(*_PARTS)


def station_page(code: str, today: date) -> Station | None:
    """Return one place with all that its page tells, closed ones too, or None."""
    location = (
        Location.objects.select_related("organization__unit", "area")
        .prefetch_related(*_PARTS)
        .filter(code=code)
        .order_by()
        .first()
    )
    if location is None:
        return None
    offers = (
        ServiceAtLocation.objects.filter(location=location, service__status=Service.ACTIVE)
        .select_related("service", "free_times")
        .prefetch_related(Prefetch("schedules", _RULES))
        .order_by("window", "service__name", "service")
    )
    return Station(location, list(offers), freshness(location.assured_on, today, "location"))


def changes_of(*uuids: UUID) -> list[Change]:
    """Return what was changed about these things, newest first."""
    return list(Change.objects.filter(thing__in=uuids).order_by("-at", "-id")[:MOST_CHANGES])


class ToldChanges(NamedTuple):
    """When something was changed last, how often it was, and when last because somebody said it was wrong."""

    last: datetime | None
    often: int
    corrected: datetime | None


def told_changes(uuid: UUID) -> ToldChanges:
    """Return when and how often something was changed. One query."""
    changes, corrected = Change.objects.filter(thing=uuid).order_by(), Q(verb="corrected")
    told = changes.aggregate(
        last=Max("at"), often=Count("pk", ~corrected), corrected=Max("at", filter=corrected)
    )
    return ToldChanges(**told)


def terms_of(taxonomy: str) -> QuerySet[TaxonomyTerm]:
    """Return the words of one taxonomy."""
    return TaxonomyTerm.objects.filter(taxonomy=taxonomy)


def languages_spoken(area: str = "") -> list[str]:
    """Return the tags of all languages spoken at open places."""
    spoken = LanguageHours.objects.filter(location__closed_on=None).order_by()
    if area:
        spoken = spoken.filter(location__area__in=Area.objects.within(area))
    return sorted(spoken.values_list("language", flat=True).distinct())
