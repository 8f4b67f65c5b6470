"""Projects: plan one with its works and milestones, and publish it, which promises it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.funds.actions.keeping import own
from linli.funds.models import Milestone, Programme, Project, WorkItem
from linli.funds.queries.projects import held_project
from linli.funds.queries.standing_projects import EDITION
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """What is given of a project. `amount` in fen; `promised_on`: the last day that is promised."""

    programme: Programme
    name: str
    unit: Unit
    giving: Area
    receiving: Area
    starts_on: date
    promised_on: date
    amount: int = 0
    purpose: str = ""
    receiver: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDraft:
    """What is given of a work. `amount` in fen; a quantity is said with its unit of measure."""

    name: str
    quantity: Decimal | None = None
    measure: str = ""
    amount: int = 0


@transaction.atomic
def plan_project(*, by: Actor, at: datetime, draft: ProjectDraft) -> Project:
    """Plan a project of a programme line; nobody outside sees it yet.

    Refuses: not_allowed; not_own_unit for an officer of another unit; no_name; days_wrong when it ends before it
    starts; amount_wrong below zero.
    """
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    return Project.objects.create(
        code=new_code(), due_on=draft.promised_on, **_given(draft), **signed(by, at)
    )


@transaction.atomic
def amend_project(*, by: Actor, at: datetime, project: Project, draft: ProjectDraft) -> Project:
    """Say otherwise what a project is; once published, what it promises stays.

    Refuses: not_allowed; not_own_unit; no_name; days_wrong; amount_wrong; other_programme; is_published when the
    places, the amount or the days would change; is_attested when a side would change that has spoken.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    if draft.programme != kept.programme:
        raise Refused("other_programme", _("A project stays in its programme line."))
    given = _given(draft)
    promised = ("giving", "receiving", "amount", "starts_on", "promised_on")
    if kept.published_at and any(given[name] != getattr(kept, name) for name in promised):
        raise Refused("is_published", _("It is published: this stays as it was promised."))
    sides = ("unit", "receiver", "receiving")
    if any(given[name] != getattr(kept, name) for name in sides) and kept.attestations.exists():
        raise Refused("is_attested", _("A side has spoken already: both sides stay who they are."))
    for name, value in given.items():
        setattr(kept, name, value)
    if not kept.published_at:
        kept.due_on = kept.promised_on
    kept.save()
    new_edition(EDITION)
    return kept


@transaction.atomic
def add_work(*, by: Actor, at: datetime, project: Project, draft: WorkDraft) -> WorkItem:
    """Add a work to a project.

    Refuses: not_allowed; not_own_unit; no_name; amount_wrong below zero, or for a quantity of nothing.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    if not draft.name.strip():
        raise Refused("no_name", _("Give it a name."))
    if draft.amount < 0 or (draft.quantity is not None and draft.quantity <= 0):
        raise Refused("amount_wrong", _("Give an amount above zero."))
    last = kept.works.aggregate(last=Max("number"))["last"] or 0
    work = WorkItem.objects.create(
        project=kept, number=last + 1, name=draft.name.strip(), quantity=draft.quantity,
        measure=draft.measure.strip(), amount=draft.amount, **signed(by, at),
    )  # fmt: skip
    new_edition(EDITION)
    return work


@transaction.atomic
def add_milestone(*, by: Actor, at: datetime, project: Project, name: str, day: date) -> Milestone:
    """Add a milestone with the day for which it is promised.

    Refuses: not_allowed; not_own_unit; no_name; day_wrong before the project starts.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    if not name.strip():
        raise Refused("no_name", _("Give it a name."))
    if day < kept.starts_on:
        raise Refused("day_wrong", _("This day is before the project starts."))
    milestone = Milestone.objects.create(
        project=kept, name=name.strip(), promised_on=day, due_on=day, **signed(by, at)
    )
    new_edition(EDITION)
    return milestone


@transaction.atomic
def drop(*, by: Actor, at: datetime, part: WorkItem | Milestone) -> None:
    """Take a work or a milestone out of a plan that nobody was promised yet.

    Refuses: not_allowed; not_own_unit; is_published; already_begun.
    """
    kept = held_project(part.project)
    own(by=by, at=at, unit=kept.unit)
    if kept.published_at:
        raise Refused("is_published", _("It is published: this stays as it was promised."))
    if part.notes.exists() or (isinstance(part, WorkItem) and part.contracts.exists()):
        raise Refused("already_begun", _("Something was recorded of it: it stays."), status=409)
    part.delete()


@transaction.atomic
def publish_project(*, by: Actor, at: datetime, project: Project) -> Project:
    """Publish a project: what it promises stands from now on.

    Refuses: not_allowed; not_own_unit; already_published; programme_not_published; nothing_promised without a work
    or a milestone.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    if kept.published_at:
        raise Refused("already_published", _("This is published already."), status=409)
    if not kept.programme.published_at:
        raise Refused("programme_not_published", _("Publish its programme line first."))
    if not kept.works.exists() and not kept.milestones.exists():
        raise Refused("nothing_promised", _("Add a work or a milestone first."))
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    new_edition(EDITION)
    return kept


def _check(draft: ProjectDraft) -> None:
    if not draft.name.strip():
        raise Refused("no_name", _("Give it a name."))
    if draft.promised_on < draft.starts_on:
        raise Refused("days_wrong", _("The last day is before the first."))
    if draft.amount < 0:
        raise Refused("amount_wrong", _("Give an amount above zero."))


def _given(draft: ProjectDraft) -> dict[str, object]:
    return {
        "programme": draft.programme,
        "name": draft.name.strip(),
        "purpose": draft.purpose.strip(),
        "unit": draft.unit,
        "receiver": draft.receiver,
        "giving": draft.giving,
        "receiving": draft.receiving,
        "amount": draft.amount,
        "starts_on": draft.starts_on,
        "promised_on": draft.promised_on,
    }
