"""What happens on a project's way, each by a note that stays: begun, finished, reached, moved, warned of, stopped."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.facts.actions import cite_statement
from linli.facts.models import Evidence
from linli.funds.actions.keeping import own
from linli.funds.actions.programmes import may_take_part
from linli.funds.models import Milestone, Note, Project, WorkItem
from linli.funds.queries.projects import held_project
from linli.funds.queries.standing_projects import EDITION
from linli.funds.rules import projects as rule
from linli.kernel.actors import Actor
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


class Shown(NamedTuple):
    """What shows that something is done: in words (a record, its number, its day), and where to look."""

    words: str
    address: str = ""


@transaction.atomic
def begin_work(*, by: Actor, at: datetime, work: WorkItem, day: date, words: str = "") -> Note:
    """Say that a work was begun.

    Refuses: not_allowed; not_own_unit; is_stopped; day_to_come; already_begun.
    """
    project = _going_on(by, at, work.project, day)
    kept = WorkItem.objects.select_for_update(no_key=True).get(pk=work.pk)
    if kept.begun_on:
        raise Refused("already_begun", _("This was begun already."), status=409)
    note = _noted(by, at, project, rule.BEGUN, day=day, words=words, work=kept)
    kept.begun_on = day
    kept.save(update_fields=["begun_on"])
    return note


@transaction.atomic
def finish_work(
    *, by: Actor, at: datetime, work: WorkItem, day: date, shown: Shown, words: str = ""
) -> Note:
    """Say that a work is finished, and what shows it.

    Refuses: not_allowed; not_own_unit; is_stopped; day_to_come; not_begun; already_done; day_wrong before it was
    begun; and what `facts.cite_statement` refuses.
    """
    project = _going_on(by, at, work.project, day)
    kept = WorkItem.objects.select_for_update(no_key=True).get(pk=work.pk)
    if kept.done_on:
        raise Refused("already_done", _("This was finished already."), status=409)
    if kept.begun_on is None:
        raise Refused("not_begun", _("Say first when it was begun."))
    if day < kept.begun_on:
        raise Refused("day_wrong", _("This day is before it was begun."))
    given = {"day": day, "work": kept, "evidence": _cited(by, at, shown)}
    note = _noted(by, at, project, rule.FINISHED, words=words, **given)
    kept.done_on = day
    kept.save(update_fields=["done_on"])
    return note


@transaction.atomic
def reach(
    *, by: Actor, at: datetime, milestone: Milestone, day: date, shown: Shown, words: str = ""
) -> Note:
    """Say that a milestone was reached, and what shows it.

    Refuses: not_allowed; not_own_unit; is_stopped; day_to_come; already_reached; and what
    `facts.cite_statement` refuses.
    """
    project = _going_on(by, at, milestone.project, day)
    kept = _open(milestone)
    given = {"day": day, "milestone": kept, "evidence": _cited(by, at, shown)}
    note = _noted(by, at, project, rule.REACHED, words=words, **given)
    kept.reached_on = day
    kept.save(update_fields=["reached_on"])
    return note


@transaction.atomic
def move_day(
    *, by: Actor, at: datetime, of: Project | Milestone, now_on: date, reason: str
) -> Note:
    """Move the promised day of a project or of a milestone; the first promise and the reason stay.

    Refuses: not_allowed; not_own_unit; no_reason; same_day; day_wrong before the project starts; already_reached.
    """
    project = held_project(of if isinstance(of, Project) else of.project)
    own(by=by, at=at, unit=project.unit)
    if not (reason := reason.strip()):
        raise Refused("no_reason", _("Say why."))
    if now_on < project.starts_on:
        raise Refused("day_wrong", _("This day is before the project starts."))
    milestone = None if isinstance(of, Project) else _open(of)
    moved = milestone or project
    if moved.due_on == now_on:
        raise Refused("same_day", _("This is the day already."))
    days = {"was_on": moved.due_on, "now_on": now_on}
    day = localdate(at)
    note = _noted(by, at, project, rule.MOVED, day=day, words=reason, milestone=milestone, **days)
    moved.due_on = now_on
    moved.save(update_fields=["due_on"])
    return note


@transaction.atomic
def warn(
    *, by: Actor, at: datetime, project: Project, words: str, of: WorkItem | Milestone | None = None
) -> Note:
    """Note what may go wrong; the warning stays open until somebody lifts it.

    Refuses: not_allowed; not_own_unit unless of either side; no_words; other_project.
    """
    return _said(by, at, project, rule.WARNING, words, of)


@transaction.atomic
def tell_delay(
    *, by: Actor, at: datetime, project: Project, words: str, of: WorkItem | Milestone | None = None
) -> Note:
    """Note a delay in words, when no day is to move by it.

    Refuses: not_allowed; not_own_unit unless of either side; no_words; other_project.
    """
    return _said(by, at, project, rule.DELAY, words, of)


@transaction.atomic
def ease(*, by: Actor, at: datetime, warning: Note, words: str) -> Note:
    """Lift a warning, and say why.

    Refuses: not_allowed; not_own_unit unless of either side; no_words; not_a_warning; already_answered.
    """
    project = held_project(warning.project)
    may_take_part(by=by, at=at, project=project)
    if warning.kind != rule.WARNING:
        raise Refused("not_a_warning", _("This is no warning."))
    _unanswered(warning)
    return _with_words(by, at, project, rule.EASED, words, answers=warning)


@transaction.atomic
def stop(*, by: Actor, at: datetime, project: Project, reason: str) -> Note:
    """Stop a project, and say why.

    Refuses: not_allowed; not_own_unit; no_words; is_stopped.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    _not_stopped(kept)
    return _with_words(by, at, kept, rule.STOPPED, reason)


@transaction.atomic
def resume(*, by: Actor, at: datetime, project: Project, reason: str) -> Note:
    """Take a stopped project up again, and say why.

    Refuses: not_allowed; not_own_unit; no_words; not_stopped.
    """
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    stopped = kept.notes.filter(kind=rule.STOPPED, answer=None).first()
    if stopped is None:
        raise Refused("not_stopped", _("This project is not stopped."), status=409)
    return _with_words(by, at, kept, rule.RESUMED, reason, answers=stopped)


def _cited(by: Actor, at: datetime, shown: Shown) -> Evidence:
    source = by.unit or by.name
    return cite_statement(by=by, at=at, source=source, words=shown.words, address=shown.address)


def _going_on(by: Actor, at: datetime, project: Project, day: date) -> Project:
    kept = held_project(project)
    own(by=by, at=at, unit=kept.unit)
    _not_stopped(kept)
    if day > localdate(at):
        raise Refused("day_to_come", _("This day is still to come."))
    return kept


def _not_stopped(project: Project) -> None:
    if project.notes.filter(kind=rule.STOPPED, answer=None).exists():
        raise Refused("is_stopped", _("This project is stopped."), status=409)


def _open(milestone: Milestone) -> Milestone:
    kept = Milestone.objects.select_for_update(no_key=True).get(pk=milestone.pk)
    if kept.reached_on:
        raise Refused("already_reached", _("This was reached already."), status=409)
    return kept


def _unanswered(note: Note) -> None:
    if Note.objects.filter(answers=note).exists():
        raise Refused("already_answered", _("This was answered already."), status=409)


def _said(
    by: Actor,
    at: datetime,
    project: Project,
    kind: str,
    words: str,
    of: WorkItem | Milestone | None,
) -> Note:
    kept = held_project(project)
    may_take_part(by=by, at=at, project=kept)
    if of is not None and of.project_id != kept.pk:
        raise Refused("other_project", _("This is of another project."), status=404)
    about = {"work" if isinstance(of, WorkItem) else "milestone": of}
    return _with_words(by, at, kept, kind, words, **about)


def _with_words(
    by: Actor, at: datetime, project: Project, kind: str, words: str, **about: Any
) -> Note:
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    return _noted(by, at, project, kind, day=localdate(at), words=words, **about)


def _noted(
    by: Actor, at: datetime, project: Project, kind: str, *, words: str, **given: Any
) -> Note:
    note = Note.objects.create(
        project=project, kind=kind, words=words.strip(), **given, **signed(by, at)
    )
    new_edition(EDITION)
    return note
