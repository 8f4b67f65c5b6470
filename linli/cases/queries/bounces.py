"""How often cases were handed on in vain, why, and which need one table for all units."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet

from linli.cases.events import BOUNCES_FOR_A_MEETING, Bounced
from linli.cases.models import Case, HandOver, Step


class Bounce(NamedTuple):
    """One bounce of a case: from where to where, and why. `declined`: the other sent it back."""

    at: datetime
    from_unit: str
    to_unit: str
    kind: str
    declined: bool


class Bounces(NamedTuple):
    """How many cases of a topic were handed on in vain so and so often: {0: 12, 1: 3, …}."""

    topic: str
    by_count: dict[int, int]


def bounces_of(case: Case) -> list[Bounce]:
    """Return the bounces of a case in their order. Two queries."""
    declined = {
        (at, unit): kind
        for at, unit, kind in case.steps.filter(verb="declined").values_list(
            "at", "from_unit", "kind"
        )
    }
    bounced = case.hand_overs.filter(bounce=True).select_related("from_unit", "to_unit")
    found = []
    for one in bounced.order_by("at", "pk"):
        sent_back = one.state == HandOver.DECLINED
        at = one.decided_at if sent_back and one.decided_at else one.at
        kind = declined.get((at, one.to_unit.name), one.kind) if sent_back else one.kind
        sender = one.from_unit.name if one.from_unit else ""
        found.append(Bounce(at, sender, one.to_unit.name, kind, sent_back))
    return found


def due_for_meeting() -> QuerySet[Case]:
    """Return the open cases that were handed on in vain three times or more, the most often first."""
    # Few cases are ever handed on: their hand-overs are counted, not the cases searched.
    often = HandOver.objects.filter(bounce=True).order_by().values("case").annotate(n=Count("pk"))
    many = often.filter(n__gte=BOUNCES_FOR_A_MEETING).values("case")
    cases = Case.objects.open().filter(pk__in=many)
    return cases.select_related("topic", "area").order_by("-bounces", "pk")


def bounced_for_meeting() -> list[Bounced]:
    """Return the same as events: codes, topics and counts alone."""
    return [
        Bounced(code=case.code, topic=case.topic.name, area=case.area_id, bounces=case.bounces)
        for case in due_for_meeting()
    ]


def reasons_of_bounces(since: datetime, until: datetime) -> Counter[str]:
    """Count why hand-overs were sent back in [since, until)."""
    sent_back = Step.objects.filter(verb="declined", at__gte=since, at__lt=until)
    return Counter(sent_back.values_list("kind", flat=True))
