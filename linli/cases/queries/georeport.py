"""What Open311 may be told: topics, and of cases when and where to, never a word that anybody wrote.

Sensitive topics are offered but never listed; a case shows only when it may stand in public. Places are
those of the area, no finer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation

from linli.cases.models import Case, Topic, TopicQuerySet
from linli.cases.queries.public import public_cases
from linli.cases.rules.georeport import MOST_REQUESTS, Record, Window, shown_time

CLOSED = (Case.CLOSED, Case.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of requests is narrowed by. An empty collection narrows nothing."""

    span: Window | None
    codes: Collection[str] = ()
    topics: Collection[str] = ()
    states: Collection[str] = ()


def topics_within(area: str = "") -> TopicQuerySet:
    """Return the topics that one may ask about, of the units of one area and its parts when one is named."""
    topics = Topic.objects.asked_for()
    return topics.filter(unit__area__code__startswith=area.rstrip("0")) if area else topics


def service_records(area: str = "") -> list[Record]:
    """Return the service list: one record a topic. One query."""
    return [
        {
            "service_code": topic.code,
            "service_name": topic.name,
            "description": topic.description,
            "metadata": True,
            "type": "realtime",
            "keywords": ", ".join(topic.keywords),
            "group": topic.group,
        }
        for topic in topics_within(area)
    ]


def request_records(wanted: Wanted) -> list[Record]:
    """Return the newest public requests, at most a thousand. One query."""
    cases = public_cases()
    if wanted.span:
        cases = cases.filter(asked_at__gte=wanted.span.start, asked_at__lte=wanted.span.end)
    if wanted.codes:
        cases = cases.filter(code__in=wanted.codes)
    if wanted.topics:
        cases = cases.filter(topic__code__in=wanted.topics)
    if wanted.states:
        cases = cases.filter(state__in=wanted.states)
    rows = cases.values(
        "code", "state", "asked_at", "due_at", "area_id",
        topic_code=F("topic__code"), topic_name=F("topic__name"),
        unit_name=F("unit__name"), area_name=F("area__name"),
        updated_at=Coalesce("closed_at", "answered_at", "asked_at"),
    )  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        notes = {state: str(words) for state, words in Case.STATES}
    return [_request(row, notes) for row in rows[:MOST_REQUESTS]]


def _request(row: Mapping[str, object], notes: dict[str, str]) -> Record:
    def time(name: str) -> str | None:
        return shown_time(row[name])  # type: ignore[arg-type]

    state = str(row["state"])
    # What we do not know is left out: a null is no string, and a place is no finer than its area.
    return {
        "service_request_id": str(row["code"]),
        "status": "closed" if state in CLOSED else "open",
        "status_notes": notes[state],
        "service_name": str(row["topic_name"]),
        "service_code": str(row["topic_code"]),
        "agency_responsible": str(row["unit_name"]),
        "requested_datetime": time("asked_at"),
        "updated_datetime": time("updated_at"),
        "expected_datetime": time("due_at"),
        "address": str(row["area_name"]),
        "address_id": str(row["area_id"]),
    }
