"""Subjects: what is assessed is named once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Subject
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

STAFF = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)


@transaction.atomic
def unit_subject(*, by: Actor, at: datetime, unit: Unit) -> Subject:
    """Return the subject that a unit is; it is made the first time.

    Refuses: not_allowed.
    """
    allow(by, *STAFF)
    found = Subject.objects.filter(kind=Subject.UNIT, unit=unit).first()
    if found:
        return found
    made, _made = Subject.objects.get_or_create(
        kind=Subject.UNIT,
        unit=unit,
        defaults={"code": new_code(), "name": unit.name, "area": unit.area, **signed(by, at)},
    )
    return made


@dataclass(frozen=True, slots=True)
class SubjectDraft:
    """What premises, a project or a decision are: `unit` answers for it; `address`, its own page of ours."""

    kind: str
    name: str
    area: Area
    unit: Unit | None = None
    street: str = ""
    address: str = ""


@transaction.atomic
def name_subject(*, by: Actor, at: datetime, draft: SubjectDraft) -> Subject:
    """Name premises, a project or a decision; one that has a page of ours is named once.

    Refuses: not_allowed; unknown_kind; no_name.
    """
    allow(by, *STAFF)
    if draft.kind not in (Subject.PREMISES, Subject.PROJECT, Subject.DECISION):
        raise Refused("unknown_kind", _("Units, premises, projects and decisions are assessed."))
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if draft.address and (found := Subject.objects.filter(address=draft.address).first()):
        return found
    return Subject.objects.create(
        code=new_code(),
        kind=draft.kind,
        name=draft.name.strip(),
        area=draft.area,
        unit=draft.unit,
        street=draft.street.strip(),
        address=draft.address,
        **signed(by, at),
    )
