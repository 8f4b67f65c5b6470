"""Plans of samples: told with the hash of a seed, closed with their list, drawn, so that nobody chooses who is sampled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.draw_seeds import enter_leaf, keep_seed, kept_seed
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.models import Lot, Method, Premises, Sample, SamplePlan
from linli.trace.queries.sample_plans import (
    beacon_for,
    codes_drawn,
    entries_now,
    leaf_of,
    written,
)

MOST = 500


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a plan of samples is: how many of what, in which places, who takes them, who tests them by which method.

    `activities`: of premises, all where none is named; `since`: lots made from that day on; `until`: the last day for
    taking them; the day after, everybody sees what was drawn.
    """

    name: str
    unit: Unit
    laboratory: Unit
    method: Method
    what: str
    areas: Sequence[Area]
    total: int
    closes_at: datetime
    until: date
    since: date
    activities: Sequence[str] = ()


@transaction.atomic
def plan_samples(*, by: Actor, at: datetime, draft: PlanDraft) -> SamplePlan:
    """Plan what is sampled: the hash of a seed is told, before the list is known.

    Refuses: not_allowed; no_name; method_ended; no_area when there is none or one within another; too_many unless
    between one and five hundred are drawn; closes_wrong unless the list closes from now on and before the last day.
    """
    allow(by, Role.PLANNER)
    _check(at, draft)
    commitment, witness = keep_seed()
    return SamplePlan.objects.create(
        code=new_code(),
        name=draft.name.strip(),
        unit=draft.unit,
        laboratory=draft.laboratory,
        method=draft.method,
        what=draft.what,
        terms={
            "areas": sorted(area.code for area in draft.areas),
            "activities": sorted(set(draft.activities)),
            "since": draft.since.isoformat(),
            "until": draft.until.isoformat(),
            "total": draft.total,
        },
        shown_on=date.fromordinal(draft.until.toordinal() + 1),
        closes_at=draft.closes_at,
        commitment=commitment,
        witness=witness,
        **signed(by, at),
    )


@transaction.atomic
def withdraw_plan(*, by: Actor, at: datetime, plan: SamplePlan, reason: str) -> SamplePlan:
    """Take a plan back before its list is closed, in public, with the reason.

    Refuses: not_allowed; no_reason; closed; withdrawn already.
    """
    allow(by, Role.PLANNER)
    kept = _held(plan)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    if kept.closed_at is not None:
        raise Refused("closed", _("The list of this draw is closed: it is drawn."), status=409)
    kept.withdrawn_at, kept.reason = at, reason.strip()[:240]
    kept.save(update_fields=["withdrawn_at", "reason"])
    return kept


@transaction.atomic
def close_plan(*, by: Actor, at: datetime, plan: SamplePlan) -> SamplePlan:
    """Close the list and enter it into the look log, so that it stands before what is mixed in.

    Refuses: not_allowed but for the clock; withdrawn; too_soon; closed already; nobody when the list is empty.
    """
    allow(by)
    kept = _held(plan)
    if at < kept.closes_at:
        raise Refused("too_soon", _("The list is not due to be closed yet."))
    if kept.closed_at is not None:
        raise Refused("closed", _("The list of this draw is closed already."), status=409)
    parts = entries_now(kept)
    if not any(parts.values()):
        raise Refused("nobody", _("Nothing is on the list."), status=409)
    kept.entries, kept.closed_at = written(parts, kept.terms["total"]), at
    kept.position = enter_leaf(leaf_of(kept))
    kept.save(update_fields=["entries", "closed_at", "position"])
    return kept


@transaction.atomic
def draw_plan(*, by: Actor, at: datetime, plan: SamplePlan) -> SamplePlan:
    """Reveal the seed, and order what was drawn as samples to be taken. Premises that closed meanwhile give none.

    Refuses: not_allowed but for the clock; withdrawn; not_closed; drawn already; no_beacon while the log has signed no
    state that holds the list, or its witness has not seen one; seed_lost.
    """
    allow(by)
    kept = _held(plan)
    if kept.closed_at is None:
        raise Refused("not_closed", _("The list of this draw is not closed yet."))
    if kept.drawn_at is not None:
        raise Refused("drawn", _("This draw is drawn already."), status=409)
    if not (mixed_in := beacon_for(kept, at)):
        raise Refused("no_beacon", _("The draw waits for the log to be signed and witnessed."))
    kept.seed, kept.beacon, kept.drawn_at = kept_seed(kept.commitment), mixed_in, at
    kept.save(update_fields=["seed", "beacon", "drawn_at"])
    _order(by, at, kept)
    return kept


def _order(by: Actor, at: datetime, plan: SamplePlan) -> None:
    codes = codes_drawn(plan)
    places: dict[str, tuple[Premises, Lot | None]]
    if plan.what == SamplePlan.LOTS:
        lots = Lot.objects.filter(code__in=codes, premises__closed_on=None)
        places = {lot.code: (lot.premises, lot) for lot in lots.select_related("premises")}
    else:
        found = Premises.objects.open().filter(code__in=codes)
        places = {premises.code: (premises, None) for premises in found}
    Sample.objects.bulk_create(
        Sample(
            code=new_code(),
            plan=plan,
            number=number,
            premises=places[code][0],
            lot=places[code][1],
            method=plan.method,
            unit=plan.unit,
            laboratory=plan.laboratory,
            **signed(by, at),
        )
        for number, code in enumerate(codes, 1)
        if code in places
    )


def _check(at: datetime, draft: PlanDraft) -> None:
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if draft.method.ended_on is not None:
        raise Refused("method_ended", _("This version of the method is not used any more."))
    inside = [
        set(Area.objects.within(one.code).values_list("pk", flat=True)) for one in draft.areas
    ]
    if not inside or len(set().union(*inside)) < sum(map(len, inside)):
        raise Refused("no_area", _("Say in which places; none within another."))
    if not 1 <= draft.total <= MOST:
        raise Refused("too_many", _("Say how many are drawn: one to five hundred."))
    if not (at < draft.closes_at and localdate(draft.closes_at) < draft.until):
        raise Refused("closes_wrong", _("The list closes before the last day for taking samples."))


def _held(plan: SamplePlan) -> SamplePlan:
    kept = SamplePlan.objects.select_for_update(no_key=True, of=("self",)).get(pk=plan.pk)
    if kept.withdrawn_at is not None:
        raise Refused("withdrawn", _("This draw was taken back."), status=410)
    return kept
