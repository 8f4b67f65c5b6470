"""The directory as others read it: things with all their parts, in a bounded number of queries for each batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Max, Model, Prefetch, QuerySet

from linli.directory.models import (
    Area,
    Change,
    Entry,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    Step,
    TaxonomyTerm,
)
from linli.directory.queries.finding import found
from linli.directory.rules.entries import Facets

AT_A_TIME = 500
_OF_SERVICE = ("terms__parent", "areas", "documents", "stages", "costs", "phones")
_OF_PLACE = ("phones", "schedules", "languages")
T = TypeVar("T", bound=Model)


class Wanted(NamedTuple):
    """What narrows a list: all of it at once. None and "" narrow nothing."""

    search: str = ""
    term: UUID | None = None
    taxonomy: str | None = None
    organization: UUID | None = None
    modified_after: datetime | None = None


def services(wanted: Wanted, at: datetime) -> QuerySet[Service]:
    """Return services, those that have ended too: others learn so that they have."""
    listed = _sorted_by(_services(), wanted, "terms")
    if wanted.organization:
        listed = listed.filter(organization__uuid=wanted.organization)
    if wanted.modified_after:
        listed = listed.filter(last_modified__gte=wanted.modified_after)
    if wanted.search:
        listed = listed.filter(pk__in=_searched("service", wanted.search, at))
    return listed


def whole_services(listed: QuerySet[Service]) -> QuerySet[Service]:
    """Return services with all their parts and places."""
    offers = _whole_offers(_open_offers())
    return listed.prefetch_related(*_OF_SERVICE, Prefetch("at_locations", offers))


def organizations(wanted: Wanted, at: datetime) -> QuerySet[Organization]:
    """Return organizations that stand."""
    listed = Organization.objects.filter(closed_on=None).order_by("pk")
    listed = _sorted_by(listed, wanted, "services__terms")
    if wanted.search:
        listed = listed.filter(pk__in=_searched("organization", wanted.search, at))
    return listed


def whole_organizations(
    listed: QuerySet[Organization], *, whole: bool = False
) -> QuerySet[Organization]:
    """Return organizations with their places and services, whole ones when asked for."""
    offered = whole_services(_services()) if whole else _services()
    return listed.prefetch_related(
        "phones", Prefetch("locations", whole_places()), Prefetch("services", offered)
    )


def every_organization() -> QuerySet[Organization]:
    """Return all organizations, those too that are closed: what they offered refers to them."""
    return Organization.objects.order_by("pk").prefetch_related("phones")


def every_service() -> QuerySet[Service]:
    """Return all services with all their parts and places."""
    return whole_services(_services())


def offers(wanted: Wanted, at: datetime) -> QuerySet[ServiceAtLocation]:
    """Return services at places that stand open to all, with both."""
    listed = _sorted_by(_open_offers().order_by("pk"), wanted, "service__terms")
    if wanted.organization:
        listed = listed.filter(service__organization__uuid=wanted.organization)
    if wanted.modified_after:
        listed = listed.filter(last_modified__gte=wanted.modified_after)
    if wanted.search:
        listed = listed.filter(service__in=_searched("service", wanted.search, at))
    return listed.select_related("service__organization", "service__instead").prefetch_related(
        "service__stages"
    )


def whole_offers(listed: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    """Return services at places with the hours of both, and all that belongs to the service."""
    parts = (f"service__{part}" for part in _OF_SERVICE)
    return _whole_offers(listed).prefetch_related(*parts)


def open_places() -> QuerySet[Location]:
    """Return the places that stand open to all."""
    return Location.objects.open_to_all().select_related("organization", "area").order_by("pk")


def whole_places() -> QuerySet[Location]:
    """Return the places that stand open to all, with hours, languages and phones."""
    return open_places().prefetch_related(*_OF_PLACE)


def terms(wanted: Wanted) -> QuerySet[TaxonomyTerm]:
    """Return words of taxonomies."""
    listed = TaxonomyTerm.objects.select_related("parent").order_by("taxonomy", "code")
    if wanted.taxonomy is not None:
        listed = listed.filter(taxonomy=wanted.taxonomy)
    return listed.filter(name__icontains=wanted.search) if wanted.search else listed


def taxonomies(words: str = "") -> list[str]:
    """Return the names of all taxonomies."""
    names = TaxonomyTerm.objects.order_by("taxonomy").values_list("taxonomy", flat=True).distinct()
    return [name for name in names if words.lower() in name.lower()]


def changes_by(things: Iterable[UUID]) -> dict[UUID, list[Change]]:
    """Return what was changed about each of these things, oldest first: one query."""
    changes: dict[UUID, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(thing__in=list(things)).order_by("at", "pk"):
        changes[change.thing].append(change)
    return changes


def upper_areas() -> dict[str, str]:
    """Return the names of all provinces and cities by code: a few hundred, one query."""
    upper = Area.objects.filter(level__in=[Area.PROVINCE, Area.CITY])
    return dict(upper.values_list("code", "name"))


def batches(listed: QuerySet[T]) -> Iterator[Sequence[T]]:
    """Yield very many things by their keys, a few in memory at a time, each batch with its parts."""
    keys = list(listed.order_by("pk").values_list("pk", flat=True).distinct())
    for first in range(0, len(keys), AT_A_TIME):
        yield list(listed.filter(pk__in=keys[first : first + AT_A_TIME]))


def data_version() -> str:
    """Return a text that differs whenever anything in the directory has changed: two queries."""
    newest = [kind.objects.order_by().aggregate(newest=Max("pk"))["newest"] for kind in (Change, Step)]  # fmt: skip
    return "-".join(str(one or 0) for one in newest)


def _services() -> QuerySet[Service]:
    """Return services as a list shows them."""
    listed = Service.objects.select_related("organization", "instead").order_by("pk")
    return listed.prefetch_related("stages")


def _open_offers() -> QuerySet[ServiceAtLocation]:
    listed = ServiceAtLocation.objects.filter(location__closed_on=None)
    return listed.select_related("service", "location__organization", "location__area")


def _whole_offers(listed: QuerySet[ServiceAtLocation]) -> QuerySet[ServiceAtLocation]:
    parts = (f"location__{part}" for part in _OF_PLACE)
    return listed.prefetch_related("schedules", *parts)


def _sorted_by(listed: QuerySet[Any], wanted: Wanted, terms: str) -> QuerySet[Any]:
    if wanted.term:
        listed = listed.filter(**{f"{terms}__uuid": wanted.term})
    if wanted.taxonomy is not None:
        listed = listed.filter(**{f"{terms}__taxonomy": wanted.taxonomy})
    return listed.distinct() if wanted.term or wanted.taxonomy is not None else listed


def _searched(kind: str, words: str, at: datetime) -> list[int]:
    """Return the ids of what the search finds: at most as many as it counts."""
    answer = found(words, Facets(kind=kind), at)
    return list(Entry.objects.filter(pk__in=answer.ids).values_list(kind, flat=True))
