"""Programme lines: begin one, say more of it, publish it. And who may do what with a project."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.funds.actions.keeping import own
from linli.funds.models import Programme, Project
from linli.funds.queries.standing_projects import EDITION
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDraft:
    """What is given of a programme line. `above`: the one that it is a part of."""

    name: str
    kind: str
    unit: Unit
    area: Area
    starts_on: date
    ends_on: date | None = None
    purpose: str = ""
    above: Programme | None = None


@transaction.atomic
def begin_programme(*, by: Actor, at: datetime, draft: ProgrammeDraft) -> Programme:
    """Begin a programme line.

    Refuses: not_allowed; not_own_unit for an officer of another unit; no_name; unknown_kind; days_wrong when it
    ends before it starts; too_deep when it would be part of a part.
    """
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    return Programme.objects.create(code=new_code(), **_given(draft), **signed(by, at))


@transaction.atomic
def amend_programme(
    *, by: Actor, at: datetime, programme: Programme, draft: ProgrammeDraft
) -> Programme:
    """Say otherwise what a programme line is; once published, its kind and first day stay.

    Refuses: not_allowed; not_own_unit; no_name; unknown_kind; days_wrong; too_deep; is_published when its kind or
    first day would change.
    """
    kept = _held(programme)
    own(by=by, at=at, unit=kept.unit)
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    if draft.above and (draft.above == kept or kept.lines.exists()):
        raise _too_deep()
    if kept.published_at and (draft.kind, draft.starts_on) != (kept.kind, kept.starts_on):
        raise Refused("is_published", _("It is published: this stays as it was promised."))
    for name, value in _given(draft).items():
        setattr(kept, name, value)
    kept.save()
    new_edition(EDITION)
    return kept


@transaction.atomic
def publish_programme(*, by: Actor, at: datetime, programme: Programme) -> Programme:
    """Publish a programme line: everybody sees it, and what is published of its projects.

    Refuses: not_allowed; not_own_unit; already_published.
    """
    kept = _held(programme)
    own(by=by, at=at, unit=kept.unit)
    if kept.published_at:
        raise Refused("already_published", _("This is published already."), status=409)
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    new_edition(EDITION)
    return kept


def may_take_part(*, by: Actor, at: datetime, project: Project) -> None:
    """Let whoever works on either side of a project go on, whatever `at`.

    Refuses: not_allowed; not_own_unit for an officer of a third unit.
    """
    receives = project.receiver is not None and by.unit == project.receiver.name
    own(by=by, at=at, unit=project.receiver if receives and project.receiver else project.unit)


def _held(programme: Programme) -> Programme:
    found = Programme.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("unit").get(pk=programme.pk)


def _check(draft: ProgrammeDraft) -> None:
    if not draft.name.strip():
        raise Refused("no_name", _("Give it a name."))
    if draft.kind not in dict(Programme.KINDS):
        raise Refused("unknown_kind", _("Choose what kind of programme it is."))
    if draft.ends_on and draft.ends_on < draft.starts_on:
        raise Refused("days_wrong", _("The last day is before the first."))
    if draft.above and draft.above.above_id:
        raise _too_deep()


def _too_deep() -> Refused:
    return Refused("too_deep", _("A part has no parts of its own."))


def _given(draft: ProgrammeDraft) -> dict[str, object]:
    return {
        "name": draft.name.strip(),
        "kind": draft.kind,
        "purpose": draft.purpose.strip(),
        "unit": draft.unit,
        "area": draft.area,
        "above": draft.above,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
    }
