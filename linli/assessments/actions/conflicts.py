"""Conflicts of units, and the pool of inspectors: told, and ended. Nothing of it is ever removed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Conflict, Inspector, Recusal, Subject
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@transaction.atomic
def tell_conflict(*, by: Actor, at: datetime, units: tuple[Unit, Unit], reason: str) -> Conflict:
    """Tell that two units may not assess each other; an officer tells it of the own unit.

    Refuses: not_allowed; not_own_unit; same_unit; no_reason; told already.
    """
    _involved(by, *units)
    one, other = sorted(units, key=lambda unit: unit.pk)
    if one.pk == other.pk:
        raise Refused("same_unit", _("Name two units."))
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    try:
        with transaction.atomic():
            return Conflict.objects.create(
                one=one, other=other, reason=reason.strip()[:240], **signed(by, at)
            )
    except IntegrityError as error:
        raise Refused("told", _("This was told already."), status=409) from error


@transaction.atomic
def end_conflict(*, by: Actor, at: datetime, conflict: Conflict) -> Conflict:
    """Say that a conflict is over: planners alone, for a unit does not take back what it told.

    Refuses: not_allowed; ended already.
    """
    allow(by, Role.PLANNER)
    kept = Conflict.objects.select_for_update(no_key=True).get(pk=conflict.pk)
    if kept.ended_on is not None:
        raise Refused("ended", _("This is over already."), status=409)
    kept.ended_on = localdate(at)
    kept.save(update_fields=["ended_on"])
    return kept


@transaction.atomic
def add_inspector(*, by: Actor, at: datetime, unit: Unit) -> Inspector:
    """Add an inspector to a unit's pool: a code, and nothing that says who.

    Refuses: not_allowed; not_own_unit.
    """
    own(by=by, at=at, unit=unit)
    return Inspector.objects.create(code=new_code(), unit=unit, **signed(by, at))


@transaction.atomic
def end_inspector(*, by: Actor, at: datetime, inspector: Inspector) -> Inspector:
    """Take an inspector out of the pool: no later draw knows the code.

    Refuses: not_allowed; not_own_unit; ended already.
    """
    own(by=by, at=at, unit=inspector.unit)
    kept = Inspector.objects.select_for_update(no_key=True).get(pk=inspector.pk)
    if kept.ended_on is not None:
        raise Refused("ended", _("This is over already."), status=409)
    kept.ended_on = localdate(at)
    kept.save(update_fields=["ended_on"])
    return kept


@transaction.atomic
def recuse(*, by: Actor, at: datetime, inspector: Inspector, subject: Subject) -> Recusal:
    """Say that an inspector does not go to these premises; nobody is asked why.

    Refuses: not_allowed; not_own_unit; told already.
    """
    own(by=by, at=at, unit=inspector.unit)
    try:
        with transaction.atomic():
            return Recusal.objects.create(inspector=inspector, subject=subject, **signed(by, at))
    except IntegrityError as error:
        raise Refused("told", _("This was told already."), status=409) from error


@transaction.atomic
def end_recusal(*, by: Actor, at: datetime, recusal: Recusal) -> Recusal:
    """Say that an inspector may go to these premises again.

    Refuses: not_allowed; not_own_unit; ended already.
    """
    own(by=by, at=at, unit=recusal.inspector.unit)
    kept = Recusal.objects.select_for_update(no_key=True).get(pk=recusal.pk)
    if kept.ended_on is not None:
        raise Refused("ended", _("This is over already."), status=409)
    kept.ended_on = localdate(at)
    kept.save(update_fields=["ended_on"])
    return kept


def _involved(by: Actor, *units: Unit) -> None:
    allow(by, Role.PLANNER, Role.OFFICER)
    if by.role == Role.OFFICER and by.unit not in {unit.name for unit in units}:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
