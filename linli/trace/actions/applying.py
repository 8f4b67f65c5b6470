"""Applying for a permit: filed by the operator itself, or for it at a station; its papers; taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel import files
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.uploads import Rebuilt
from linli.kernel.working_days import add_working_days
from linli.trace.actions.keeping import speak_for
from linli.trace.models import (
    Application,
    ApplicationPaper,
    ApplicationStep,
    PaperKind,
    Permit,
    Premises,
)
from linli.trace.queries.applications import kinds_for, locked_application, missing_kinds
from linli.trace.rules.applying import CHECKING, DAYS, PAPERS

MOST_PAPERS = 20  # of one kind


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What is applied for: premises, activities, and the permit that this one is to follow."""

    premises: Premises
    scope: Sequence[str]
    renews: Permit | None = None


@transaction.atomic
def file(*, by: Actor, at: datetime, draft: ApplicationDraft) -> Application:
    """File an application; it begins with its papers.

    Refuses: not_allowed; not_own_unit; other_operator; closed; no_activity; other_premises of what it renews;
    withdrawn; filed_already.
    """
    premises = Premises.objects.select_for_update(no_key=True).get(pk=draft.premises.pk)
    speak_for(by=by, at=at, operator=premises.operator)
    _check(premises, draft)
    made = Application.objects.create(
        code=new_code(),
        premises=premises,
        scope=sorted(set(draft.scope)),
        renews=draft.renews,
        due_on=add_working_days(localdate(at), DAYS[PAPERS]),
        **signed(by, at),
    )
    ApplicationStep.objects.create(
        application=made, to=PAPERS, due_on=made.due_on, **signed(by, at)
    )
    return _onward(by, at, made)


@transaction.atomic
def hand_in_paper(
    *, by: Actor, at: datetime, application: Application, kind: PaperKind, paper: Rebuilt
) -> ApplicationPaper:
    """Hand in a paper; once nothing needed is missing, it is the unit's turn.

    Refuses: not_allowed; not_own_unit; other_operator; no_papers_now; not_asked; waits_already; too_many.
    """
    kept = locked_application(application)
    speak_for(by=by, at=at, operator=kept.premises.operator)
    if kept.stage not in (PAPERS, CHECKING):
        raise Refused("no_papers_now", _("No papers are asked for any more."), status=409)
    if kind not in kinds_for(kept.scope):
        raise Refused("not_asked", _("This paper is not asked for."))
    before = kept.papers.filter(kind=kind)
    if before.exclude(state=ApplicationPaper.RETURNED).exists():
        raise Refused("waits_already", _("This paper lies there already."), status=409)
    if (number := before.count() + 1) > MOST_PAPERS:
        raise Refused("too_many", _("These are too many papers of one kind."))
    made = ApplicationPaper.objects.create(
        application=kept,
        kind=kind,
        number=number,
        digest=files.keep(paper.data),
        media_type=paper.media_type,
        **signed(by, at),
    )
    _onward(by, at, kept)
    return made


@transaction.atomic
def take_back(*, by: Actor, at: datetime, application: Application) -> Application:
    """Take an application back, as long as it is not decided.

    Refuses: not_allowed; not_own_unit; other_operator; over.
    """
    kept = locked_application(application)
    speak_for(by=by, at=at, operator=kept.premises.operator)
    if kept.stage not in Application.OPEN:
        raise Refused("over", _("This application is over."), status=409)
    return step_on(by=by, at=at, application=kept, to=Application.TAKEN_BACK)


def step_on(
    *, by: Actor, at: datetime, application: Application, to: str, words: str = ""
) -> Application:
    """Write down a step, and have the application take it, with what else was set on it.

    Refuses: nothing; whoever lets it go on has asked who may.
    """
    due_on: date | None = None
    if to in DAYS:
        due_on = add_working_days(localdate(at), DAYS[to])
    ApplicationStep.objects.create(
        application=application, to=to, due_on=due_on, words=words, **signed(by, at)
    )
    application.stage, application.due_on = to, due_on
    application.save(update_fields=["stage", "due_on", "checked_by", "decided_by", "permit"])
    return application


def _onward(by: Actor, at: datetime, application: Application) -> Application:
    """Make it the unit's turn as soon as nothing needed is missing."""
    if application.stage == PAPERS and not missing_kinds(application):
        return step_on(by=by, at=at, application=application, to=CHECKING)
    return application


def _check(premises: Premises, draft: ApplicationDraft) -> None:
    if premises.closed_on is not None or premises.operator.closed_on is not None:
        raise Refused("closed", _("These premises are closed."), status=409)
    if not draft.scope or not set(premises.activities).issuperset(draft.scope):
        raise Refused("no_activity", _("A permit is for what is done at the premises."))
    if draft.renews is not None and draft.renews.premises_id != premises.pk:
        raise Refused("other_premises", _("The earlier permit is for other premises."))
    if draft.renews is not None and draft.renews.state == Permit.WITHDRAWN:
        raise Refused("withdrawn", _("A permit that was withdrawn is not renewed."), status=409)
    waiting = Application.objects.open().filter(premises=premises)
    if any(set(one.scope) & set(draft.scope) for one in waiting):
        raise Refused("filed_already", _("This is applied for already."), status=409)
