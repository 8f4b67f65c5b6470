"""Draws of samples: which are due, the list as it would close now, what came of one, what is told of it and when."""

import json
from datetime import date, datetime

from django.db.models import QuerySet

from linli.directory.models import Area
from linli.kernel.draw_seeds import beacon, proof
from linli.kernel.drawing import lateness, leaf, mixed
from linli.trace.models import Lot, Premises, Sample, SamplePlan
from linli.trace.rules.laboratory.samples import drawn


def plans_to_close(at: datetime) -> QuerySet[SamplePlan]:
    """Plans whose list is due to be closed."""
    return SamplePlan.objects.filter(closed_at=None, withdrawn_at=None, closes_at__lte=at)


def plans_to_draw() -> QuerySet[SamplePlan]:
    """Plans whose list is closed, and which are not drawn."""
    return SamplePlan.objects.filter(closed_at__isnull=False, drawn_at=None)


def entries_now(plan: SamplePlan) -> dict[str, list[str]]:
    """Return what a plan would draw from now: codes by the place they are in. One query a place."""
    parts = {}
    for area in plan.terms["areas"]:
        inside = Area.objects.within(area).values("pk")
        rows = _lots(plan) if plan.what == SamplePlan.LOTS else _premises()
        key = "premises__" if plan.what == SamplePlan.LOTS else ""
        rows = rows.filter(**{f"{key}area__in": inside})
        wanted = set(plan.terms["activities"])
        listed = rows.values_list("code", f"{key}activities")
        parts[area] = sorted(code for code, does in listed if not wanted or wanted & set(does))
    return parts


def _premises() -> "QuerySet[Premises] | QuerySet[Lot]":
    waiting = Sample.objects.filter(state="planned", lot=None).values("premises")
    return Premises.objects.open().exclude(pk__in=waiting)


def _lots(plan: SamplePlan) -> "QuerySet[Premises] | QuerySet[Lot]":
    sampled = Sample.objects.filter(lot__isnull=False).exclude(state="left_out").values("lot")
    since = date.fromisoformat(plan.terms["since"])
    return Lot.objects.filter(made_on__gte=since, premises__closed_on=None).exclude(pk__in=sampled)


def written(parts: dict[str, list[str]], total: int) -> str:
    """Return a list as it is closed: the same bytes for everybody."""
    said = {"parts": parts, "total": total}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf_of(plan: SamplePlan) -> bytes:
    """The entry of the look log that holds what a plan was closed with."""
    return leaf(SamplePlan.KIND, plan.code, plan.commitment, plan.witness, plan.entries)


def beacon_for(plan: SamplePlan, at: datetime) -> str:
    """What is mixed into a closed draw; "" while there is nothing yet."""
    if plan.position is None or plan.closed_at is None:
        return ""
    return beacon(position=plan.position, closed_at=plan.closed_at, witness=plan.witness, at=at)


def codes_drawn(plan: SamplePlan) -> list[str]:
    """The codes that were drawn, computed again; none before."""
    if plan.drawn_at is None:
        return []
    said = json.loads(plan.entries)
    return drawn(mixed(plan.seed, plan.beacon), said["parts"], said["total"])


def samples_to_come(plan: SamplePlan) -> QuerySet[Sample]:
    """The samples of a plan that nobody has taken or left out: they would be announced if it were told."""
    return plan.samples.filter(state="planned")


def in_public(plan: SamplePlan, today: date) -> bool:
    """Say whether list, seed and result are shown to everybody: only once nobody can prepare for it any more."""
    return (
        plan.drawn_at is not None and today >= plan.shown_on and not samples_to_come(plan).exists()
    )


def told_plan(plan: SamplePlan, today: date) -> dict[str, object]:
    """All that the public is told of a plan on a day, as the file that `linli verify-draw` reads."""
    said: dict[str, object] = {
        "linli-draw": 1,
        "kind": SamplePlan.KIND,
        "code": plan.code,
        "commitment": plan.commitment,
        "committed_at": plan.at.isoformat(),
        "witness": plan.witness,
        "closes_at": plan.closes_at.isoformat(),
        "shown_on": plan.shown_on.isoformat(),
    }
    if plan.withdrawn_at is not None:
        said |= {"withdrawn_at": plan.withdrawn_at.isoformat(), "reason": plan.reason}
    if plan.closed_at is not None:
        said |= {"closed_at": plan.closed_at.isoformat(), "position": plan.position}
    if plan.drawn_at is not None:
        said |= {"drawn_at": plan.drawn_at.isoformat()}
    if in_public(plan, today) and plan.position is not None:
        said |= {
            "entries": plan.entries,
            "proof": proof(plan.position, plan.beacon),
            "beacon": plan.beacon,
            "seed": plan.seed,
            "result": codes_drawn(plan),
        }
    return said


def state_of_plan(plan: SamplePlan, at: datetime) -> str:
    """How a plan stands: waits, closed, late, drawn, withdrawn."""
    if plan.withdrawn_at is not None:
        return "withdrawn"
    if plan.drawn_at is not None:
        return "drawn"
    if lateness(plan.closes_at, None, at):
        return "late"
    return "closed" if plan.closed_at else "waits"


def listed_plans() -> QuerySet[SamplePlan]:
    """Plans, the newest first."""
    return SamplePlan.objects.select_related("unit", "laboratory", "method").order_by("-id")
