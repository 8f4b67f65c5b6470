"""Reports of laboratories: written from what the tests say, approved by a second person, amended and never changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.lab_runs import tell_adverse
from linli.trace.actions.samples import own_laboratory
from linli.trace.models import Appraisal, Report, Sample
from linli.trace.queries.lab_held import held_report, held_sample
from linli.trace.queries.lab_standing import gravest, known, results_now, standing_of
from linli.trace.rules.laboratory.confirming import EXPERTS
from linli.trace.rules.laboratory.publishing import may_be_public
from linli.trace.rules.laboratory.results import DETECTED


@transaction.atomic
def give_appraisal(
    *, by: Actor, at: datetime, sample: Sample, target: str, words: str
) -> Appraisal:
    """Keep what experts said of counter-samples that contradict each other: the target stays undecided for good.

    Refuses: not_allowed; not_asked unless experts are needed; given already; no_words.
    """
    allow(by, Role.PLANNER)
    kept = held_sample(sample)
    now = standing_of(kept).get(target)
    if now is None or now.needs != EXPERTS:
        raise Refused("not_asked", _("No experts are needed here."), status=409)
    if kept.appraisals.filter(target=target).exists():
        raise Refused("given", _("This appraisal is given already."), status=409)
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    return Appraisal.objects.create(
        sample=kept, target=target, words=words.strip()[:1000], **signed(by, at)
    )


@transaction.atomic
def write_report(*, by: Actor, at: datetime, sample: Sample, reason: str = "") -> Report:
    """Write the report of a sample from what its tests say, or the next version of it, saying why.

    Refuses: not_allowed; not_own_unit; nothing_found; not_final while more tests are needed; not_approved while the last
    version waits; no_reason for the next one.
    """
    kept = held_sample(sample)
    own_laboratory(by=by, at=at, laboratory=kept.laboratory)
    results = results_now(kept)
    if not results:
        raise Refused("nothing_found", _("No run says anything of this sample."), status=409)
    if not all(one["final"] for one in results):
        raise Refused("not_final", _("More tests are needed before this is reported."), status=409)
    last = kept.reports.order_by("number").last()
    if last is not None and last.approved_at is None:
        raise Refused("not_approved", _("The last version waits for its approval."), status=409)
    if last is not None and not reason.strip():
        raise Refused("no_reason", _("Say why the report is amended."))
    before = last.number if last else 0
    return Report.objects.create(
        sample=kept,
        number=before + 1,
        amends=before,
        result=gravest(one["result"] for one in results),
        final=True,
        results=results,
        reason=reason.strip()[:240] if last else "",
        **signed(by, at),
    )


@transaction.atomic
def approve_report(*, by: Actor, at: datetime, report: Report) -> Report:
    """Approve a report that somebody else wrote. What accuses nobody is public at once, if nothing stands against it.

    Refuses: not_allowed; not_own_unit; second_person for whoever wrote it; approved already.
    """
    kept = held_report(report)
    own_laboratory(by=by, at=at, laboratory=kept.sample.laboratory)
    if kept.approved_at is not None:
        raise Refused("approved", _("This is approved already."), status=409)
    if by.name == kept.by_name:
        raise Refused("second_person", _("Somebody else approves it than the one who wrote it."))
    kept.approved_at, kept.approved_by = at, by.name
    kept.save(update_fields=["approved_at", "approved_by"])
    if kept.result == DETECTED:
        tell_adverse(by=system("laboratory"), at=at, sample=kept.sample)
    publish(by=system("laboratory"), at=at, report=kept)
    return kept


@transaction.atomic
def publish(*, by: Actor, at: datetime, report: Report) -> bool:
    """Make a report public, if nothing stands against it any more; say whether it was.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    kept = held_report(report)
    if kept.published_at is not None or not may_be_public(known(kept), at):
        return False
    kept.published_at = at
    kept.save(update_fields=["published_at"])
    return True
