"""What the unit does with an application: each paper ruled on, the papers concluded, the visit taken or forgone."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.trace.actions.applying import step_on
from linli.trace.actions.keeping import own
from linli.trace.models import Application, ApplicationPaper, Visit
from linli.trace.queries.applications import locked_application, missing_kinds


@transaction.atomic
def rule_on_paper(
    *, by: Actor, at: datetime, paper: ApplicationPaper, accepted: bool, reason: str = ""
) -> ApplicationPaper:
    """Say of a paper that it is in order, or why it is given back.

    Refuses: not_allowed; not_own_unit; not_now; ruled; no_reason for one that is given back.
    """
    application = locked_application(paper.application)
    own(by=by, at=at, unit=application.premises.operator.unit)
    kept = ApplicationPaper.objects.get(pk=paper.pk)
    if application.stage not in (Application.PAPERS, Application.CHECKING):
        raise Refused("not_now", _("Its papers are not looked at now."), status=409)
    if kept.state != ApplicationPaper.WAITING:
        raise Refused("ruled", _("This paper was looked at already."), status=409)
    if not accepted and not reason.strip():
        raise Refused("no_reason", _("Say why, so that it can be mended."))
    kept.state = ApplicationPaper.ACCEPTED if accepted else ApplicationPaper.RETURNED
    kept.reason, kept.ruled_at, kept.ruled_by = reason.strip()[:500], at, by.name
    kept.save(update_fields=["state", "reason", "ruled_at", "ruled_by"])
    return kept


@transaction.atomic
def conclude_papers(*, by: Actor, at: datetime, application: Application) -> Application:
    """End the look at the papers: a visit comes next, or the operator is told what is missing and until when.

    Refuses: not_allowed; not_own_unit; not_now; not_ruled while a paper waits.
    """
    kept = locked_application(application)
    own(by=by, at=at, unit=kept.premises.operator.unit)
    if kept.stage != Application.CHECKING:
        raise Refused("not_now", _("Its papers are not looked at now."), status=409)
    if kept.papers.filter(state=ApplicationPaper.WAITING).exists():
        raise Refused("not_ruled", _("A paper still waits to be looked at."), status=409)
    if missing_kinds(kept):
        return step_on(by=by, at=at, application=kept, to=Application.PAPERS)
    kept.checked_by = by.name
    return step_on(by=by, at=at, application=kept, to=Application.VISIT)


@transaction.atomic
def take_visit(*, by: Actor, at: datetime, application: Application, visit: Visit) -> Application:
    """Take a published visit of the premises as that of the application: it is to be decided now.

    Refuses: not_allowed; not_own_unit; not_now; other_premises; too_early for a visit before it was filed.
    """
    kept = locked_application(application)
    own(by=by, at=at, unit=kept.premises.operator.unit)
    _awaits_visit(kept)
    if visit.premises_id != kept.premises_id:
        raise Refused("other_premises", _("This visit was somewhere else."))
    if visit.made_on < localdate(kept.at):
        raise Refused("too_early", _("This visit was before the application."))
    return step_on(by=by, at=at, application=kept, to=Application.DECISION, words=visit.code)


@transaction.atomic
def forgo_visit(*, by: Actor, at: datetime, application: Application, words: str) -> Application:
    """Go on without a visit, and say why: the premises were looked at a short while ago, for example.

    Refuses: not_allowed; not_own_unit; not_now; no_reason.
    """
    kept = locked_application(application)
    own(by=by, at=at, unit=kept.premises.operator.unit)
    _awaits_visit(kept)
    if not words.strip():
        raise Refused("no_reason", _("Say why no visit is needed."))
    return step_on(
        by=by, at=at, application=kept, to=Application.DECISION, words=words.strip()[:500]
    )


@transaction.atomic
def lapse(*, by: Actor, at: datetime, application: Application, words: str) -> Application:
    """Close an application whose papers did not come in their time. Somebody decides it, never the clock.

    Refuses: not_allowed; not_own_unit; not_now; not_due before the day has passed; no_reason.
    """
    kept = locked_application(application)
    own(by=by, at=at, unit=kept.premises.operator.unit)
    if kept.stage != Application.PAPERS:
        raise Refused("not_now", _("It does not wait for papers."), status=409)
    if kept.due_on is None or localdate(at) <= kept.due_on:
        raise Refused("not_due", _("The day has not passed yet."), status=409)
    if not words.strip():
        raise Refused("no_reason", _("Say why."))
    return step_on(by=by, at=at, application=kept, to=Application.LAPSED, words=words.strip()[:500])


def _awaits_visit(application: Application) -> None:
    if application.stage != Application.VISIT:
        raise Refused("not_now", _("It does not wait for a visit."), status=409)
