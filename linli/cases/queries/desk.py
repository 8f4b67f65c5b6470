"""Reads for the unit that handles a case: which cases it may open, in which part, and what stands around one.

Nothing here opens what is sealed: that is an action, which writes a look.
"""

from dataclasses import dataclass
from datetime import datetime

from linli.cases.models import Case, ClockEvent, HandOver, JointUnit, Step
from linli.cases.rules.reasons import HANDLING
from linli.kernel import grants
from linli.kernel.models import Grant
from linli.kernel.prepared import Prepared

LEADS, HELPS, ASKED = "leads", "helps", "asked"  # the part of a unit in a case
_ON_THE_WAY = (HandOver.PROPOSED, HandOver.WAITING)


_by_code = Prepared(
    lambda code: Case.objects.select_related(
        "subject", "topic", "area", "location", "unit", "leader", "cause"
    ).filter(code=code),
    str,
)
_to_do_by_code = Prepared(
    lambda code: (
        Case.objects.select_related("unit", "topic", "subject")
        .only("unit__name", "topic__code", "subject__code", "subject__purge_on")
        .filter(code=code)
    ),
    str,
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a case: the unit's part, the others, the way it is on, its clocks' events."""

    part: str
    joint: list[JointUnit]
    on_the_way: HandOver | None
    grants: list[Grant]
    events: list[ClockEvent]


def case_at(unit: str, code: str) -> Case | None:
    """Return the case, when this unit answers for it, helps with it, or is asked to take it."""
    case = _by_code.first(code)
    return case if case and part_of(case, unit) else None


def case_to_do(unit: str, code: str) -> Case | None:
    """Return the case as `case_at` does, for a deed that reads it anew: its number, topic, unit and subject alone."""
    case = _to_do_by_code.first(code)
    return case if case and part_of(case, unit) else None


def part_of(case: Case, unit: str) -> str:
    """Return the part of a unit in a case, "" for none."""
    if unit and case.unit.name == unit:
        return LEADS
    if JointUnit.objects.filter(case=case, unit__name=unit, done_at=None).exists():
        return HELPS
    proposed = HandOver.objects.filter(case=case, to_unit__name=unit, state=HandOver.PROPOSED)
    return ASKED if proposed.exists() else ""


def has_handled(unit: str, code: str) -> bool:
    """Say whether a unit has handled a case: then it may know that the case went on."""
    done = Step.objects.filter(case__code=code, by_unit=unit, verb__in=HANDLING)
    return bool(unit) and done.exists()


def around(case: Case, unit: str, at: datetime) -> Around:
    """Return what stands around a case. Five queries, however much was done."""
    ways = case.hand_overs.filter(state__in=_ON_THE_WAY).select_related("from_unit", "to_unit")
    return Around(
        part=part_of(case, unit),
        joint=list(case.joint_units.select_related("unit")),
        on_the_way=ways.first(),
        grants=list(grants.live(subject=case.subject, about=case.code, at=at)),
        events=list(case.clock_events.all()),
    )
