"""Open, amend and close units. A unit is an office: its names, its place, what stands above it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Step, Unit
from linli.directory.queries.standing import EDITION
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What is said of a unit when it is opened or amended."""

    name: str
    kind: str
    area: Area
    above: Unit | None = None
    aliases: tuple[str, ...] = ()


@transaction.atomic
def open_unit(*, by: Actor, at: datetime, draft: UnitDraft) -> Unit:
    """Add a unit to the directory.

    Refuses: not_allowed unless a planner asks; name_taken when another unit bears the name.
    """
    allow(by, Role.PLANNER)
    unit = _written(Unit(code=new_code()), draft)
    _record(unit, "opened", {}, by, at)
    return unit


@transaction.atomic
def amend_unit(*, by: Actor, at: datetime, unit: Unit, draft: UnitDraft) -> Unit:
    """Change what is said of a unit; what was done in its name stays under the name of that day.

    Refuses: not_allowed unless a planner asks; name_taken when another unit bears the name;
    above_itself when it would stand above itself.
    """
    allow(by, Role.PLANNER)
    step = draft.above
    while step is not None:
        if step.pk == unit.pk:
            raise Refused("above_itself", _("A unit cannot stand above itself."))
        step = step.above
    was = _said(unit)
    unit = _written(unit, draft)
    _record(unit, "amended", was, by, at)
    return unit


@transaction.atomic
def close_unit(*, by: Actor, at: datetime, unit: Unit, on: date) -> None:
    """Close a unit: it takes nothing new, and what it did stays.

    Refuses: not_allowed unless a planner asks; already_closed when it is closed.
    """
    allow(by, Role.PLANNER)
    if not Unit.objects.working().filter(pk=unit.pk).update(closed_on=on):
        raise Refused("already_closed", _("This unit is closed already."))
    unit.closed_on = on
    _record(unit, "closed", {}, by, at)


def _written(unit: Unit, draft: UnitDraft) -> Unit:
    unit.name, unit.kind = draft.name.strip(), draft.kind
    unit.area, unit.above = draft.area, draft.above
    unit.aliases = list(dict.fromkeys(alias.strip() for alias in draft.aliases if alias.strip()))
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Refused("name_taken", _("Another unit bears this name.")) from error
    return unit


def _said(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "kind": unit.kind,
        "area": unit.area_id,
        "above": unit.above.code if unit.above else None,
        "aliases": unit.aliases,
        "closed_on": unit.closed_on.isoformat() if unit.closed_on else None,
    }


def _record(unit: Unit, verb: str, was: dict[str, Any], by: Actor, at: datetime) -> None:
    Step.objects.create(unit=unit, verb=verb, was=was, becomes=_said(unit), **signed(by, at))
    new_edition(EDITION)
