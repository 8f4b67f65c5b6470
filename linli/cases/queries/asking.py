"""Reads for whoever asks: what one may ask about, and the places to choose from."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.cases.models import Draft, Topic
from linli.cases.rules.suggesting import Known
from linli.directory.models import Area, Location, Unit
from linli.kernel.fields import unseal
from linli.kernel.sealed_files import open_sealed
from linli.kernel.subjects import Gone, key_of
from linli.kernel.uploads import Rebuilt

OTHER = "other"  # stands in every town: its unit is the triage window


def open_topics() -> list[Topic]:
    """Return the topics that one may choose, each with the unit that answers; the last is "other"."""
    topics = list(Topic.objects.asked_for().select_related("unit__area", "service"))
    return sorted(topics, key=lambda topic: topic.code == OTHER)


def known(topics: list[Topic]) -> list[Known]:
    """Return the topics as they are compared with what somebody wrote; "other" fits nothing."""
    return [
        Known(one.code, one.name, tuple(one.keywords), one.description)
        for one in topics
        if one.code != OTHER
    ]


def town_of(topics: list[Topic]) -> Area | None:
    """Return the place whose triage window this is."""
    return next((one.unit.area for one in topics if one.code == OTHER), None)


def parts_of(town: Area | None, at: datetime) -> QuerySet[Area]:
    """Return the parts of the town that stand today, in the order of their codes."""
    if town is None:
        return Area.objects.none()
    return (
        Area.objects.standing_in(localdate(at).year)
        .within(town.code)
        .exclude(level__in=[Area.PROVINCE, Area.CITY])
        .exclude(pk=town.pk)
    )


def places_of(town: Area | None) -> QuerySet[Location]:
    """Return the stations, halls and venues of the town."""
    if town is None:
        return Location.objects.none()
    return Location.objects.open_to_all().filter(area__in=Area.objects.within(town.code))


def telling_units(town: Area | None) -> dict[str, str]:
    """Return the codes of the units whose stations can tell an answer, each with its stations' names."""
    stations = places_of(town).filter(
        kind__in=("station", "hall"),
        organization__unit__isnull=False,
        organization__unit__closed_on=None,
    )
    found: dict[str, str] = {}
    for code, name in stations.values_list("organization__unit__code", "name"):
        found[code] = "、".join(filter(None, (found.get(code), name)))
    return found


def unit_of(code: str) -> Unit | None:
    """Return the working unit of this code."""
    return Unit.objects.working().filter(code=code).first()


def begun(code: str, at: datetime) -> tuple[Draft, dict[str, Any]] | None:
    """Return a draft and what was answered in it; None when it is not there, or not any more."""
    draft = Draft.objects.filter(code=code).select_related("subject").first()
    if draft is None:
        return None
    with suppress(Gone):
        answers = unseal(draft, key_of(draft.subject, at=at), "answers")
        return draft, answers if isinstance(answers, dict) else {}
    return None


def photo_of(draft: Draft, photo: dict[str, str], at: datetime) -> Rebuilt:
    """Return one photo or paper of a draft. Raises Gone when the draft's week is over."""
    key = key_of(draft.subject, at=at)
    data = open_sealed(key, photo["code"], photo["digest"])
    return Rebuilt(data, photo["type"], photo["extension"])
