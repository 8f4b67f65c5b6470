"""Draws: which are due, what came of one, what is told of it, and when."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from linli.assessments.models import Assessment, Conflict, Draw, Inspector
from linli.assessments.rules import assigning, sites
from linli.assessments.rules.assigning import Task
from linli.assessments.rules.sites import Visit
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.draw_seeds import beacon, proof
from linli.kernel.drawing import leaf, mixed


def draws_to_close(at: datetime) -> QuerySet[Draw]:
    """Draws whose list is due to be closed."""
    return Draw.objects.filter(closed_at=None, withdrawn_at=None, closes_at__lte=at)


def draws_to_draw() -> QuerySet[Draw]:
    """Draws whose list is closed, and which are not drawn."""
    return Draw.objects.filter(closed_at__isnull=False, drawn_at=None)


def leaf_of(draw: Draw) -> bytes:
    """The entry of the look log that holds what a draw was closed with."""
    return leaf(draw.kind, draw.code, draw.commitment, draw.witness, draw.entries)


def beacon_for(draw: Draw, at: datetime) -> str:
    """What is mixed into a closed draw; "" while there is nothing yet."""
    if draw.position is None or draw.closed_at is None:
        return ""
    return beacon(position=draw.position, closed_at=draw.closed_at, witness=draw.witness, at=at)


@lru_cache(maxsize=32)
def _checks(seed: str, entries: str) -> list[Task]:
    return assigning.assigned(seed, assigning.read(entries)) or []


@lru_cache(maxsize=32)
def _visits(seed: str, entries: str) -> list[Visit]:
    return sites.drawn(seed, sites.read(entries)) or []


def tasks_drawn(draw: Draw) -> list[Task]:
    """The checks that were drawn, computed again; none before."""
    drawn = draw.drawn_at is not None and draw.kind == Draw.CHECKS
    return _checks(mixed(draw.seed, draw.beacon), draw.entries) if drawn else []


def visits_drawn(draw: Draw) -> list[Visit]:
    """The visits that were drawn, computed again; none before."""
    drawn = draw.drawn_at is not None and draw.kind == Draw.SITES
    return _visits(mixed(draw.seed, draw.beacon), draw.entries) if drawn else []


def in_public(draw: Draw, today: date) -> bool:
    """Say whether list, seed and result are shown to everybody: only once nobody can prepare for it any more."""
    return (
        draw.drawn_at is not None and today >= draw.shown_on and not visits_to_come(draw).exists()
    )


def visits_to_come(draw: Draw) -> QuerySet[Assessment]:
    """The visits of a draw that nobody has made or called off: they would be announced if it were told."""
    visits = Assessment.objects.filter(lot__draw=draw, kind=Assessment.INSPECTION)
    return visits.filter(done_at=None, dropped_at=None)


def told(draw: Draw, today: date) -> dict[str, object]:
    """All that the public is told of a draw on a day, as the file that `linli verify-draw` reads."""
    said: dict[str, object] = {
        "linli-draw": 1,
        "kind": draw.kind,
        "code": draw.code,
        "commitment": draw.commitment,
        "committed_at": draw.at.isoformat(),
        "witness": draw.witness,
        "closes_at": draw.closes_at.isoformat(),
        "shown_on": draw.shown_on.isoformat(),
    }
    if draw.withdrawn_at is not None:
        said |= {"withdrawn_at": draw.withdrawn_at.isoformat(), "reason": draw.reason}
    if draw.closed_at is not None:
        said |= {"closed_at": draw.closed_at.isoformat(), "position": draw.position}
    if draw.drawn_at is not None:
        said |= {"drawn_at": draw.drawn_at.isoformat()}
    if in_public(draw, today) and draw.position is not None:
        found: Iterable[Any] = tasks_drawn(draw) or visits_drawn(draw)
        said |= {
            "entries": draw.entries,
            "proof": proof(draw.position, draw.beacon),
            "beacon": draw.beacon,
            "seed": draw.seed,
            "result": json.loads(json.dumps(list(found))),
        }
    return said


def listed_draws(kind: str = "") -> QuerySet[Draw]:
    """Draws, the newest first."""
    found = Draw.objects.filter(kind=kind) if kind else Draw.objects.all()
    return found.select_related("unit", "round__scheme", "edition__instrument").order_by("-id")


def sees(by: Actor, draw: Draw) -> bool:
    """Say whether somebody may see what was drawn before the public does: who draws, and who is sent."""
    if by.role in (Role.PLANNER, Role.SUPERVISOR) or by.unit == draw.unit.name:
        return True
    if draw.kind == Draw.CHECKS:
        return False
    return Unit.objects.filter(name=by.unit, code__in=draw.terms["pool"]).exists()


def inspectors_of(by: Actor) -> QuerySet[Inspector]:
    """The pool as far as it is somebody's business: codes, of the own unit or, for planners and supervisors, of all."""
    found = Inspector.objects.filter(ended_on=None).select_related("unit")
    if by.role == Role.OFFICER:
        found = found.filter(unit__name=by.unit)
    return found.order_by("unit__name", "id")


def conflicts_told(words: str = "") -> QuerySet[Conflict]:
    """Conflicts that stand, the newest first."""
    found = Conflict.objects.filter(ended_on=None).select_related("one", "other")
    if words:
        found = found.filter(Q(one__name__icontains=words) | Q(other__name__icontains=words))
    return found.order_by("-id")
