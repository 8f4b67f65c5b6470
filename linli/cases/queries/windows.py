"""Reads for the windows: topics of one kind, and the places where one is helped with them."""

from django.db.models import QuerySet

from linli.cases.models import Topic
from linli.directory.models import Location

WORK = "work"  # topics about work begin with it: work, work-wages, work-training …


def legal_aid_topics() -> list[Topic]:
    """Return what legal aid is given in."""
    topics = Topic.objects.asked_for().filter(kind=Topic.LEGAL_AID)
    return list(topics.select_related("unit", "service"))


def work_topics() -> list[Topic]:
    """Return what the employment window helps with."""
    topics = Topic.objects.asked_for().filter(code__startswith=WORK)
    return list(topics.select_related("unit", "service"))


def places_for(topics: list[Topic]) -> QuerySet[Location]:
    """Return the places where a service of these topics is given, with the languages spoken there."""
    places = Location.objects.open_to_all().filter(offers__service__topics__in=topics)
    return places.distinct().select_related("area").prefetch_related("languages", "phones")
