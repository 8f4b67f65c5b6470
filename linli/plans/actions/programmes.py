"""Programmes and measures: begin them, and publish them, which makes their promises."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.watching import refuse_watching
from linli.plans.actions import steps
from linli.plans.actions.drafts import ProgrammeDraft
from linli.plans.models import Measure, Programme, Task


@transaction.atomic
def start_programme(*, by: Actor, at: datetime, draft: ProgrammeDraft) -> Programme:
    """Begin a programme of a place; only staff see it until it is published.

    Refuses: not_allowed unless a planner asks; no_title without one; out_of_scope for the watching of people; days_out_of_order when it would
    end before it starts.
    """
    allow(by, Role.PLANNER)
    title = _titled(draft.title)
    _in_order(draft.starts_on, draft.ends_on)
    programme = Programme.objects.create(
        title=title,
        area=draft.area,
        document=draft.document,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
    )
    steps.note(by=by, at=at, subject=programme.code, verb="started", becomes=_facts(programme))
    return programme


@transaction.atomic
def edit_programme(
    *, by: Actor, at: datetime, programme: Programme, draft: ProgrammeDraft
) -> Programme:
    """Change a programme. Its place and days stand once it is published: the tasks' windows hang on them.

    Refuses: not_allowed unless a planner asks; no_title without one; out_of_scope for the watching of people; days_out_of_order when it would end
    before it starts; already_published when place or days of a published one would change.
    """
    allow(by, Role.PLANNER)
    title = _titled(draft.title)
    _in_order(draft.starts_on, draft.ends_on)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    frame = (draft.area.pk, draft.starts_on, draft.ends_on)
    if programme.published_at and frame != (
        programme.area_id,
        programme.starts_on,
        programme.ends_on,
    ):
        raise _published()
    was = _facts(programme)
    programme.title, programme.area, programme.document = title, draft.area, draft.document
    programme.starts_on, programme.ends_on = draft.starts_on, draft.ends_on
    programme.save()
    steps.note(
        by=by,
        at=at,
        subject=programme.code,
        verb="edited",
        was=was,
        becomes=_facts(programme),
    )
    return programme


@transaction.atomic
def add_measure(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    title: str,
    evidence: Evidence | None = None,
) -> Measure:
    """Add a measure at the end of a programme. `evidence` is the sentence that promises it.

    Refuses: not_allowed unless a planner asks; no_title without one.
    """
    allow(by, Role.PLANNER)
    title = _titled(title)
    last = programme.measures.aggregate(last=Max("position"))["last"]
    measure = Measure.objects.create(
        programme=programme,
        position=0 if last is None else last + 1,
        title=title,
        evidence=evidence,
    )
    becomes = {"title": title, "programme": programme.code}
    steps.note(by=by, at=at, subject=measure.code, verb="added", becomes=becomes)
    return measure


@transaction.atomic
def edit_measure(*, by: Actor, at: datetime, measure: Measure, title: str) -> Measure:
    """Reword a measure; the sentence that it came from stays as it is.

    Refuses: not_allowed unless a planner asks; no_title without one.
    """
    allow(by, Role.PLANNER)
    title = _titled(title)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    was, measure.title = measure.title, title
    measure.save(update_fields=["title"])
    steps.note(
        by=by,
        at=at,
        subject=measure.code,
        verb="edited",
        was={"title": was},
        becomes={"title": title},
    )
    return measure


@transaction.atomic
def publish_programme(*, by: Actor, at: datetime, programme: Programme) -> Programme:
    """Show a programme to everybody and promise all its tasks, for ever.

    Refuses: not_allowed unless a planner asks; already_published the second time; nothing_to_promise
    when it has no task.
    """
    allow(by, Role.PLANNER)
    # The condition stands in the statement: of two clicks at once, one publishes.
    unpublished = Programme.objects.filter(pk=programme.pk, published_at__isnull=True)
    if not unpublished.update(published_at=at):
        raise _published()
    tasks = Task.objects.filter(measure__programme=programme, promised_at__isnull=True)
    tasks = tasks.exclude(state=Task.DROPPED)
    promised = tasks.update(promised_at=at, first_due_on=F("due_on"), first_target=F("target"))
    if not promised:
        raise Refused("nothing_to_promise", _("There is no task in this programme yet."))
    becomes = {"promised": promised}
    steps.note(by=by, at=at, subject=programme.code, verb="published", becomes=becomes)
    programme.refresh_from_db()
    return programme


def _titled(title: str) -> str:
    if not (title := title.strip()):
        raise Refused("no_title", _("Give it a title."))
    refuse_watching(title)
    return title


def _in_order(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("days_out_of_order", _("It would end before it starts."))


def _published() -> Refused:
    return Refused("already_published", _("This programme is published: what it promises stands."))


def _facts(programme: Programme) -> dict[str, object]:
    return {
        "title": programme.title,
        "area": programme.area_id,
        "document": programme.document.code if programme.document else "",
        "starts_on": programme.starts_on,
        "ends_on": programme.ends_on,
    }
