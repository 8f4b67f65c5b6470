"""Reports of units, and the answers of supervision. Nothing is accepted on words alone.

open → reported → accepted, or sent_back → reported … One report waits at a time. A report that does not say
done is progress: accepted, it leaves the task open.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.plans.actions import claims, steps
from linli.plans.actions.drafts import ProgressDraft
from linli.plans.actions.moves import impartial
from linli.plans.actions.tasks import own
from linli.plans.models import Progress, Review, Task

_LATE = {
    Task.REPORTED: ("waits_for_review", _("A report of this task waits for review already.")),
    Task.ACCEPTED: ("already_accepted", _("This task was accepted already.")),
    Task.DROPPED: ("task_dropped", _("This task was given up.")),
}


@transaction.atomic
def report_progress(*, by: Actor, at: datetime, task: Task, draft: ProgressDraft) -> Progress:
    """Say what was done for a task. A value becomes a claimed fact; a file backs both.

    Refuses: not_allowed unless an officer reports; not_own_task when the officer's unit neither leads the
    task nor answers for it; not_promised before the programme is published; waits_for_review while a
    report waits; already_accepted, task_dropped when there is nothing left to report; no_words without
    them; no_indicator, no_period, period_ahead, empty_file, too_large and what `facts` refuses of a value
    (see `claims`).
    """
    allow(by, Role.OFFICER)
    own(by=by, at=at, task=task)
    if not (words := draft.words.strip()):
        raise Refused("no_words", _("Say what was done."))
    # The condition stands in the statement: of two reports at once, one is taken.
    ready = Task.objects.filter(pk=task.pk, state__in=[Task.OPEN, Task.SENT_BACK])
    if not ready.filter(promised_at__isnull=False).update(state=Task.REPORTED):
        raise _not_now(task)
    was, task = task.state, _full(task)
    evidence, fact = claims.claim(by=by, at=at, task=task, draft=draft)
    progress = Progress.objects.create(
        task=task,
        words=words,
        says_done=draft.says_done,
        evidence=evidence,
        fact=fact,
        **signed(by, at),
    )
    becomes = {"state": Task.REPORTED, "says_done": draft.says_done, "value": draft.value}
    steps.note(
        by=by, at=at, subject=task.code, verb="reported", was={"state": was}, becomes=becomes
    )
    return progress


@transaction.atomic
def review_progress(
    *, by: Actor, at: datetime, progress: Progress, verdict: str, reason: str = ""
) -> Review:
    """Accept a report on its evidence, or send it back with a reason. The claimed figure of an accepted one
    is raised to evidenced, resting on the same file; that of one sent back is withdrawn.

    Refuses: not_allowed unless a supervisor reviews; own_task when the supervisor's unit leads the task or
    answers for it; own_report when that unit made the report; unknown_verdict; no_evidence when nothing
    backs what would be accepted; no_reason when it is sent back without one; already_reviewed the second
    time; claim_superseded when its figure was corrected meanwhile.
    """
    allow(by, Role.SUPERVISOR)
    impartial(by=by, at=at, task=progress.task)
    if by.unit and by.unit == progress.by_unit:
        raise Refused("own_report", _("Your unit made this report."), status=403)
    accepted = _accepts(progress, verdict, reason)
    _close(progress, accepted=accepted)
    review = Review.objects.create(
        progress=progress,
        verdict=verdict,
        reason=reason.strip()[:300],
        evidence=progress.evidence if accepted else None,
        **signed(by, at),
    )
    if progress.fact:
        (claims.prove if accepted else claims.take_back)(by=by, at=at, progress=progress)
    steps.note(
        by=by,
        at=at,
        subject=progress.task.code,
        verb=verdict,
        was={"state": Task.REPORTED},
        becomes={"says_done": progress.says_done, "reason": reason.strip()},
    )
    return review


def _accepts(progress: Progress, verdict: str, reason: str) -> bool:
    if verdict not in dict(Review.VERDICTS):
        raise Refused("unknown_verdict", _("Accept a report or send it back."))
    if verdict == Review.ACCEPTED and progress.evidence is None:
        raise Refused("no_evidence", _("Nothing backs this report: send it back for evidence."))
    if verdict == Review.SENT_BACK and not reason.strip():
        raise Refused("no_reason", _("Say what is missing."))
    return verdict == Review.ACCEPTED


def _close(progress: Progress, *, accepted: bool) -> None:
    """Take the task out of `reported`, once.

    The condition stands in the statement: of two supervisors who answer at once, one is heard. A task counts
    as done on the day of the report, not of its review: a slow review makes no unit late.
    """
    proof: Evidence | None = progress.evidence if accepted and progress.says_done else None
    if proof:
        state, day = Task.ACCEPTED, localdate(progress.at)
    else:
        state, day = (Task.OPEN if accepted else Task.SENT_BACK), None
    waiting = Task.objects.filter(
        pk=progress.task_id, state=Task.REPORTED, progress=progress, progress__review__isnull=True
    )
    if not Task.objects.filter(pk__in=waiting.values("pk"), state=Task.REPORTED).update(
        state=state, proof=proof, accepted_on=day
    ):
        raise Refused("already_reviewed", _("This report was answered already."))


def _full(task: Task) -> Task:
    return Task.objects.select_related("indicator", "measure__programme__area").get(pk=task.pk)


def _not_now(task: Task) -> Refused:
    now = Task.objects.only("state", "promised_at").get(pk=task.pk)
    if not now.promised_at:
        return Refused("not_promised", _("This task is not promised yet."))
    code, sentence = _LATE.get(now.state, _LATE[Task.REPORTED])
    return Refused(code, sentence)
