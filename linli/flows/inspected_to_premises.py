"""From a published inspection to the premises in food supervision: what was found stands there, and moves what waits.

The assessments keep the inspection; here is told how it stands, as often as that changes. Grave findings are told to
the unit that supervises; an application that waits for a visit is to be decided from then on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from linli.assessments.actions.subjects import SubjectDraft, name_subject
from linli.assessments.events import Inspected
from linli.assessments.models import Subject
from linli.assessments.queries.inspection_results import inspected
from linli.kernel.actors import Actor, system
from linli.kernel.refusals import Refused
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.examining import take_visit
from linli.trace.actions.visits import record_visit
from linli.trace.events import Visited
from linli.trace.models import Alert, Premises, Visit
from linli.trace.queries.applications import waiting_for_visit

_FLOW = system("inspections to premises")
_LATELY = timedelta(days=2)
_log = structlog.stdlib.get_logger("linli.inspected")


def tell_new_inspections(at: datetime) -> int:
    """Tell what was published lately; return how many visits were told."""
    return _tell(inspected(since=at - _LATELY), at)


def tell_all_inspections(at: datetime) -> int:
    """Tell of all how they stand now: what was open may be put right since; return how many visits were told."""
    return _tell(inspected(), at)


@transaction.atomic
def premises_subject(*, by: Actor, at: datetime, premises: Premises) -> Subject:
    """Return the subject of inspections that premises are; it is named the first time.

    Refuses: not_allowed.
    """
    draft = SubjectDraft(
        kind=Subject.PREMISES,
        name=premises.name,
        area=premises.area,
        street=premises.street,
        address=address_of(premises.code),
    )
    return name_subject(by=by, at=at, draft=draft)


def address_of(code: str) -> str:
    """Return the page of premises, as the assessments know them."""
    return f"/food/{code}/"


def _tell(found: Iterable[Inspected], at: datetime) -> int:
    return sum(_told(one, at) for one in found)


def _told(one: Inspected, at: datetime) -> bool:
    code = one.address.removeprefix("/food/").removesuffix("/")
    if address_of(code) != one.address:
        return False
    visited = Visited(
        one.code, code, one.unit, one.made_on, one.share, one.findings, one.open, one.grave
    )
    with transaction.atomic():
        visit = record_visit(by=_FLOW, at=at, visited=visited)
        if visit is None:
            return False
        if visit.grave:
            _raise(visit, at)
        _move(visit, code, at)
    return True


def _raise(visit: Visit, at: datetime) -> None:
    premises = visit.premises
    said: dict[str, str | int] = {
        "name": premises.name,
        "operator": premises.operator.name,
        "on": visit.made_on.isoformat(),
        "grave": visit.grave,
    }
    about, path = f"visit {visit.code}", f"/inspections/{visit.code}/"
    draft = AlertDraft(premises.operator.unit, Alert.CHECK, about, path, said)
    raise_alert(by=_FLOW, at=at, draft=draft)


def _move(visit: Visit, code: str, at: datetime) -> None:
    """Let what waits for a visit of these premises go on with this one; an earlier visit moves nothing."""
    for application in waiting_for_visit(code):
        try:
            take_visit(by=_FLOW, at=at, application=application, visit=visit)
        except Refused as refused:
            if refused.code != "too_early":
                _log.warning("visit not taken", code=application.code, refused=refused.code)
