"""Reads of causes: those of a unit, and how many cases each explains."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from linli.cases.events import Caused
from linli.cases.models import Cause, CauseNews
from linli.kernel.actors import Actor, Role

OVERSEERS = (Role.SUPERVISOR, Role.PLANNER)  # who see what is wrong in the whole town


def causes_of(unit: str) -> QuerySet[Cause]:
    """Return the causes of a unit, the newest first, each with its number of cases (`size`)."""
    return _sized(Cause.objects.filter(unit__name=unit))


def causes_seen_by(by: Actor) -> QuerySet[Cause]:
    """Return the causes whose page the actor may open: those of the own unit, or all for who oversees."""
    return _sized(Cause.objects.all()) if by.role in OVERSEERS else causes_of(by.unit)


def open_causes(unit: str) -> QuerySet[Cause]:
    """Return the causes of a unit that nothing was done about yet."""
    return Cause.objects.filter(unit__name=unit, settled_at=None).order_by("-found_at")


def caused(cause: Cause) -> Caused:
    """Return one cause as an event: its code, title and size, never a word of what was asked. One query."""
    return next(_as_events(Cause.objects.filter(pk=cause.pk)))


def awaited() -> list[Caused]:
    """Return the causes that a task is to meet whose end was not told yet. One query."""
    return list(_as_events(Cause.objects.exclude(measure=""), but=CauseNews.ENDS))


def _as_events(causes: QuerySet[Cause], but: tuple[str, ...] = ()) -> Iterator[Caused]:
    last = CauseNews.objects.filter(cause=OuterRef("pk"), task=OuterRef("measure")).order_by("-pk")
    rows = causes.annotate(
        last=Subquery(last.values("state")[:1]), day=Subquery(last.values("due_on")[:1])
    ).exclude(last__in=but)
    named = rows.annotate(size=Count("cases"), office=F("unit__name")).order_by("pk")
    for row in named.values_list(
        "code", "title", "area", "office", "size", "measure", "last", "day"
    ):
        yield Caused(*row[:6], row[6] or "", row[7])


def _sized(causes: QuerySet[Cause]) -> QuerySet[Cause]:
    found = causes.select_related("topic", "area", "unit")
    return found.annotate(size=Count("cases")).order_by("-found_at", "-pk")
