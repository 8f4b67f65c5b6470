"""One service with what belongs to it, read by queries that are put into SQL once: guides are asked for most."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

from linli.directory.models import (
    Area,
    CostOption,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    Stage,
)
from linli.kernel.prepared import Prepared

T = TypeVar("T", bound=Model)

_NAMED = ("organization__unit", "organization__area", "instead", "measured")
_SERVICE = Prepared(
    lambda code: Service.objects.select_related(*_NAMED).filter(code=code).order_by(),
    str,
)
_AREAS = Prepared(lambda key: Area.objects.filter(served_by=key), int)
_PAPERS = Prepared(
    lambda key: RequiredDocument.objects.filter(service=key).order_by("position"), int
)
_STAGES = Prepared(lambda key: Stage.objects.filter(service=key).order_by("position"), int)
_COSTS = Prepared(lambda key: CostOption.objects.filter(service=key).order_by("amount", "id"), int)
_PHONES = Prepared(lambda key: Phone.objects.filter(service=key), int)
_OFFERS = Prepared(
    lambda key: (
        ServiceAtLocation.objects.filter(service=key, location__closed_on=None)
        .select_related("location__area", "location__organization", "free_times")
        .order_by("location__area_id", "location__name", "window", "pk")
    ),
    int,
)
_OFFERS_HOURS = Prepared(
    lambda key: Schedule.objects.filter(offer__service=key).order_by("opens_at", "id"), int
)
_PLACES_HOURS = Prepared(
    lambda key: Schedule.objects.filter(location__offers__service=key).order_by("opens_at", "id"),
    int,
)
_PLACES_PHONES = Prepared(lambda key: Phone.objects.filter(location__offers__service=key), int)


def whole_service(code: str) -> Service | None:
    """Return a service that knows its areas, papers, stages, costs and phones: six queries."""
    service = _SERVICE.first(code)
    if service is None:
        return None
    key = service.pk
    _let_know(service, "areas", Area.objects.all(), _AREAS.all(key))
    _let_know(service, "documents", RequiredDocument.objects.all(), _PAPERS.all(key))
    _let_know(service, "stages", Stage.objects.all(), _STAGES.all(key))
    _let_know(service, "costs", CostOption.objects.all(), _COSTS.all(key))
    _let_know(service, "phones", Phone.objects.all(), _PHONES.all(key))
    return service


def whole_offers(service: Service) -> list[ServiceAtLocation]:
    """Return where a service is offered, each with its hours, its place's hours and phones: four queries."""
    offers = _OFFERS.all(service.pk)
    if not offers:
        return []
    own = _by("offer_id", _OFFERS_HOURS.all(service.pk))
    hours = _by("location_id", _PLACES_HOURS.all(service.pk))
    phones = _by("location_id", _PLACES_PHONES.all(service.pk))
    for offer in offers:
        place = offer.location_id
        _let_know(offer, "schedules", Schedule.objects.all(), own[offer.pk])
        _let_know(offer.location, "schedules", Schedule.objects.all(), hours[place])
        _let_know(offer.location, "phones", Phone.objects.all(), phones[place])
    return offers


def _by(name: str, rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _let_know(thing: Model, name: str, answer: QuerySet[T], rows: list[T]) -> None:
    """Let `thing.name.all()` answer these rows without asking: what Django's own prefetching sets."""
    answer._result_cache = rows  # noqa: SLF001
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = answer
