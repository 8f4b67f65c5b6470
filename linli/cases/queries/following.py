"""Reads for whoever follows a case: who may read it, who asks for leave, what happened to its clocks."""

from django.db.models import QuerySet

from linli.cases.models import Case, ClockEvent, HandOver, Topic
from linli.directory.models import Unit
from linli.kernel.models import Grant


def grants_of(case: Case) -> QuerySet[Grant]:
    """Return every leave that was given to read the case, the newest first, ended ones too."""
    return Grant.objects.filter(subject=case.subject, about=case.code).order_by("-given_at", "-id")


def waiting_for_leave(case: Case) -> HandOver | None:
    """Return the hand-over that waits for the person's leave."""
    waiting = case.hand_overs.filter(state=HandOver.WAITING)
    return waiting.select_related("from_unit", "to_unit").first()


def clock_moves(case: Case) -> QuerySet[ClockEvent]:
    """Return what kept the case's clocks standing or moved its day, in the order in which it happened."""
    told = case.clock_events.filter(clock="case", verb__in=["paused", "resumed", "moved"])
    return told.order_by("at", "id")


def units_to_read() -> QuerySet[Unit]:
    """Return the units that one may give leave to read: those that answer for a topic."""
    answering = Unit.objects.working().filter(topics__in=Topic.objects.asked_for())
    return answering.distinct().order_by("name")
