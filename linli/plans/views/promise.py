"""One promise as templates show it: how it stands and why, the sentence, the days, the evidence, the deeds."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext

from linli.facts.models import Evidence, Fact
from linli.facts.schemas import telling as figures
from linli.plans.models import Progress, Review, Share, Task
from linli.plans.queries.published import Deed
from linli.plans.rules.lamp import Lamp
from linli.plans.schemas import telling
from linli.plans.schemas.rows import Promise

_STATES = {
    "promised": "brand",
    "moved": "soon",
    "reported": "note",
    "sent_back": "late",
    "accepted": "done",
    "milestone_reached": "done",
    "reworded": "soon",
    "reassigned": "soon",
    "dropped": "plain",
}


def shown(promise: Promise, at: datetime) -> dict[str, Any]:
    """Return what a row and the page of a promise show."""
    row, task = promise.row, promise.task
    sentence = telling.sentence(task)
    return {
        "task": task,
        "programme": task.measure.programme,
        "shape": telling.SHAPES[row.lamp],
        "lamp": telling.lamp(row.lamp, row.why),
        "why": telling.REASONS[row.why],
        "sentence": sentence if sentence and sentence.kind == Evidence.SPAN else None,
        "sentence_address": telling.source_address(sentence),
        "responsible": _units(task, Share.RESPONSIBLE),
        "supporting": _units(task, Share.SUPPORTING),
        "drift": telling.later(row.drift) if row.drift else "",
        "left": _left(row.lamp, task, at),
        "target": _target(task, task.target),
        "first_target": _target(task, task.first_target)
        if task.first_target != task.target
        else "",
        "figure": _figure(promise.figure),
        "proof": task.proof,
        "proof_address": telling.source_address(task.proof),
    }


def shown_deed(deed: Deed) -> dict[str, Any]:
    """Return one line of the story of a promise."""
    about = deed.about
    report = about if isinstance(about, Progress) else None
    review = about if isinstance(about, Review) and deed.kind == "accepted" else None
    return {
        "deed": deed,
        "state": _STATES[deed.kind],
        "title": telling.DEEDS[deed.kind],
        "words": telling.deed(deed),
        "backed": report is not None and report.evidence is not None,
        "figure": _figure(report.fact) if report else None,
        # What a unit says of itself is shown once supervision has stood behind it.
        "said": review.progress.words if review else "",
        "file": review.evidence if review else None,
    }


def quoted(promise: Promise, at: datetime, host: str) -> str:
    """Return the line with which a promise is quoted: what, by whom and when, how it stood, where to look."""
    row, task = promise.row, promise.task
    sentence = telling.sentence(task)
    said = gettext(
        "%(place)s: “%(said)s” (%(unit)s, due %(due)s). %(lamp)s on %(day)s. Linli %(code)s. %(address)s"
    )
    return said % {
        "place": task.measure.programme.area.name,
        "said": sentence.words if sentence and sentence.kind == Evidence.SPAN else task.title,
        "unit": task.lead.name if task.lead else "—",
        "due": telling.day(task.due_on),
        "lamp": telling.lamp(row.lamp, row.why),
        "day": localdate(at).isoformat(),
        "code": task.code,
        "address": f"{host}{telling.promise_path(task.code)}",
    }


def _target(task: Task, value: Decimal | None) -> str:
    """Return what is to be reached, in words."""
    indicator = task.indicator
    if indicator is None or value is None or not indicator.public:
        return ""
    return figures.told(value, task.target_sense, indicator.unit)


def _figure(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None or fact.value is None or not fact.indicator.public:
        return None
    return {
        "fact": fact,
        "told": figures.figure(fact),
        "period": figures.period(fact.period_from, fact.period_until),
        "status": figures.STATUSES[fact.status],
    }


def _left(lamp: Lamp, task: Task, at: datetime) -> str:
    """Return how long there is still time, or how long it has been due, while that matters."""
    if task.due_on is None or lamp == Lamp.GREEN or task.state == Task.DROPPED:
        return ""
    return telling.ahead((task.due_on - localdate(at)).days)


def _units(task: Task, part: str) -> list[str]:
    return [share.unit.name for share in task.shares.all() if share.part == part]
