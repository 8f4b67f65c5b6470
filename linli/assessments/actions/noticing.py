"""Results are told in public; when the time to object is over and nothing is open, they are ready to be decided."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.actions.rounds import step
from linli.assessments.models import Candidacy, Notice, Objection, Result, Round
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.score_lists import outdated
from linli.assessments.queries.scores import last_scores
from linli.assessments.rules import stages
from linli.kernel.actors import Actor, allow, system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.working_days import add_working_days

_CALENDAR = system("calendar")


@transaction.atomic
def tell_results(
    *,
    by: Actor,
    at: datetime,
    round: Round,  # noqa: A002 - the field's own word
    candidacies: Sequence[Candidacy],
    words: str = "",
) -> Notice:
    """Tell the results of candidates in public, from now to the last working day on which one may object.

    Refuses: not_allowed; not_own_unit; nobody; not_scored when one is not at its score, or has none;
    outdated when something was said since one was computed, or counts no more.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    chosen = list(
        Candidacy.objects.select_for_update(no_key=True)
        .filter(round=round, pk__in=[one.pk for one in candidacies])
        .order_by("pk")
    )
    if not chosen:
        raise Refused("nobody", _("Choose whose results are told."))
    scores = last_scores(round, chosen)
    if any(one.stage != stages.SCORE or one.pk not in scores for one in chosen):
        raise Refused("not_scored", _("Not all of these have a score now."), status=409)
    if outdated(round, chosen, scores):
        raise Refused("outdated", _("More was said since: compute the scores anew."), status=409)
    until = add_working_days(localdate(at), round.objection_days)
    notice = Notice.objects.create(
        code=new_code(),
        round=round,
        words=words.strip(),
        until=until,
        closes_at=make_aware(datetime.combine(until + timedelta(days=1), time.min)),
        **signed(by, at),
    )
    Result.objects.bulk_create(
        Result(notice=notice, candidacy=one, score=scores[one.pk]) for one in chosen
    )
    for one in chosen:
        step(by=by, at=at, candidacy=one, to=stages.NOTICE)
    return notice


def end_notices(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Take who has been in a notice to its end, and whom no objection holds, to the decision; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    waiting = Candidacy.objects.filter(stage=stages.NOTICE)
    due = waiting.filter(results__notice__closes_at__lte=at).exclude(
        results__objections__state=Objection.OPEN
    )
    return sum(_ended(by, at, one) for one in due.order_by("pk").distinct())


@transaction.atomic
def _ended(by: Actor, at: datetime, candidacy: Candidacy) -> int:
    kept = Candidacy.objects.select_for_update(no_key=True).get(pk=candidacy.pk)
    result = newest_results([kept]).get(kept.pk)
    if kept.stage != stages.NOTICE or result is None or result.notice.closes_at > at:
        return 0
    if result.objections.filter(state=Objection.OPEN).exists():
        return 0
    step(by=by, at=at, candidacy=kept, to=stages.DECISION)
    return 1
