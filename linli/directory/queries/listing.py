"""Services, places and organizations as lists for the console, narrowed by the filters of the address."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.directory.models import Area, Location, Organization, Service, TaxonomyTerm
from linli.directory.rules.freshness import HALF_LIFE


def listed_services(filters: dict[str, Any], today: date) -> QuerySet[Service]:
    """Return services for the console's list, narrowed by words, area, organization, status, term and freshness."""
    found = Service.objects.select_related("organization__area").annotate(
        places=Count("at_locations", filter=Q(at_locations__location__closed_on=None))
    )
    found = found.filter(status=filters["status"]) if filters.get("status") else found
    for word in str(filters.get("words") or "").split():
        found = found.filter(Q(name__icontains=word) | Q(code__iexact=word))
    if filters.get("organization"):
        found = found.filter(organization=filters["organization"])
    if filters.get("area"):
        found = found.filter(organization__area__in=Area.objects.within(filters["area"].code))
    if filters.get("term"):
        found = found.filter(terms=filters["term"])
    return found.filter(_checked_on(filters.get("fresh") or "", today, "service")).order_by(
        "organization__area", "name", "id"
    )


def listed_locations(filters: dict[str, Any], today: date) -> QuerySet[Location]:
    """Return places for the console's list, narrowed by words, area, organization, kind, language and freshness."""
    found = Location.objects.select_related("organization", "area").annotate(
        services=Count("offers", filter=Q(offers__service__status=Service.ACTIVE), distinct=True)
    )
    if not filters.get("closed"):
        found = found.open_to_all()
    for word in str(filters.get("words") or "").split():
        found = found.filter(
            Q(name__icontains=word) | Q(address__icontains=word) | Q(code__iexact=word)
        )
    if filters.get("organization"):
        found = found.filter(organization=filters["organization"])
    if filters.get("area"):
        found = found.filter(area__in=Area.objects.within(filters["area"].code))
    found = found.filter(kind=filters["kind"]) if filters.get("kind") else found
    if filters.get("language"):
        spoken = Location.objects.filter(languages__language=filters["language"])
        found = found.filter(pk__in=spoken.values("pk"))
    return found.filter(_checked_on(filters.get("fresh") or "", today, "location")).order_by(
        "area", "name", "id"
    )


def listed_organizations(words: str = "") -> QuerySet[Organization]:
    """Return organizations with how many services and places they have."""
    found = Organization.objects.select_related("area", "unit").annotate(
        services_offered=Count("services", filter=~Q(services__status="defunct"), distinct=True),
        places=Count("locations", filter=Q(locations__closed_on=None), distinct=True),
    )
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found.order_by("area", "name")


def listed_terms() -> QuerySet[TaxonomyTerm]:
    """Return the words to sort by, each with how many services it sorts and how many words hang on it."""
    standing = ~Q(services__status="defunct") & Q(services__isnull=False)
    found = TaxonomyTerm.objects.select_related("parent").annotate(
        services_sorted=Count("services", filter=standing, distinct=True),
        narrower=Count("children", distinct=True),
    )
    return found.order_by("taxonomy", "code")


def _checked_on(state: str, today: date, kind: str) -> Q:
    """Return the days of one state of freshness, as rules/freshness.py counts them; any day for none."""
    ageing, stale = (
        date.fromordinal(today.toordinal() - lives * HALF_LIFE[kind]) for lives in (1, 2)
    )
    days = {
        "fresh": Q(assured_on__gt=ageing),
        "ageing": Q(assured_on__lte=ageing, assured_on__gt=stale),
        "stale": Q(assured_on__lte=stale),
    }
    return days.get(state, Q())
