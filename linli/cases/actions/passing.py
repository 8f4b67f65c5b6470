"""What it takes to let another unit read a case: never more than one was granted, and the person's leave."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.rules import reasons
from linli.directory.models import Unit
from linli.kernel import grants
from linli.kernel.actors import Actor
from linli.kernel.models import Grant
from linli.kernel.refusals import Refused


def elsewhere(*, by: Actor, at: datetime, case: Case, unit: Unit) -> None:
    """Let a case go to another unit that works, whoever sends it and whenever.

    Refuses: own_unit; unit_closed.
    """
    if unit.pk == case.unit_id:
        raise Refused("own_unit", _("Your unit answers for it already."))
    if unit.closed_on is not None:
        raise Refused("unit_closed", _("This unit does not work any more."))


def fields_to_pass(*, by: Actor, at: datetime, case: Case, fields: Iterable[str]) -> frozenset[str]:
    """Return what may go on: never more than the unit was granted itself.

    Refuses: unknown_field; no_grant when nothing is left.
    """
    wanted = set(fields)
    if wanted - set(reasons.FIELDS):
        raise Refused("unknown_field", _("This cannot be given to read."))
    held = grants.granted_fields(case.subject, case.code, case.unit.name, at)
    listed = held & (wanted | {reasons.PASSING_ON})
    if not listed - {reasons.PASSING_ON}:
        raise Refused("no_grant", _("The person took back the leave to read."), status=404)
    return listed


def needs_leave(*, by: Actor, at: datetime, case: Case, fields: frozenset[str]) -> bool:
    """Say whether the person must agree to this very hand-over.

    Refuses: nothing.
    """
    return case.topic.sensitive or reasons.PASSING_ON not in fields


def grant_to(
    *, by: Actor, at: datetime, case: Case, unit: Unit, fields: Iterable[str], how: str = "asking"
) -> Grant:
    """Let another unit read these fields for as long as the case is kept.

    Refuses: no_fields; gone when the case is over.
    """
    return grants.give(
        subject=case.subject,
        about=case.code,
        to_unit=unit.name,
        fields=fields,
        purpose="handle",
        how=how,
        at=at,
        days=(case.subject.purge_on - localdate(at)).days,
    )
