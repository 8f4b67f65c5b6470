"""After its day nothing of a case is left but a row that counts; the keys went first (kernel)."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.actions import steps
from linli.cases.models import Attachment, Case, Draft, HandOver, SpentToken, Step
from linli.kernel.actors import Actor, allow, system
from linli.kernel.models import BreakGlass
from linli.kernel.sealed_files import remove_sealed

_BATCH = 200
_CALENDAR = system("purge")


def purge_cases(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the cases whose key is destroyed, remove their files; return how many. May be repeated.

    A case that was still open then has lapsed: it ends as a withdrawn one.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    purged, last = 0, 0
    while due := _due(last):
        _purge(by, at, due)
        purged, last = purged + len(due), due[-1]
    return purged


def purge_drafts(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Remove the drafts whose week is over, with their files; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    removed = 0
    while over := list(Draft.objects.filter(subject__purge_on__lte=localdate(at))[:_BATCH]):
        with transaction.atomic():
            for photo in (photo for draft in over for photo in draft.photos):
                transaction.on_commit(partial(remove_sealed, photo["digest"]))
            Draft.objects.filter(pk__in=[draft.pk for draft in over]).delete()
        removed += len(over)
    return removed


def purge_tokens(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Forget the spent tokens that would not be taken any more; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    return SpentToken.objects.filter(month__lte=localdate(at)).delete()[0]


def _due(after: int) -> list[int]:
    # Behind the last: from the first again, each batch would pass by all that were purged before.
    due = Case.objects.filter(pk__gt=after, purged_at=None, subject__destroyed_on__isnull=False)
    return list(due.order_by("pk").values_list("pk", flat=True)[:_BATCH])


@transaction.atomic
def _purge(by: Actor, at: datetime, due: list[int]) -> None:
    cases = Case.objects.filter(pk__in=due)
    for case in cases.filter(state__in=Case.OPEN):
        steps.note(by=by, at=at, case=case, verb="lapsed")
    cases.filter(state__in=Case.OPEN).update(state=Case.WITHDRAWN, closed_at=at, next_due_at=None)
    under_way = HandOver.objects.filter(state__in=[HandOver.PROPOSED, HandOver.WAITING])
    under_way.filter(case__in=due).update(state=HandOver.ENDED, decided_at=at)
    Step.objects.filter(case__in=due, words__isnull=False).update(words=None)
    files = Attachment.objects.filter(case__in=due)
    for digest in files.values_list("digest", flat=True):
        transaction.on_commit(partial(remove_sealed, digest))
    files.delete()
    subjects = list(cases.values_list("subject", flat=True))
    BreakGlass.objects.filter(subject__in=subjects, reason__isnull=False).update(reason=None)
    cases.update(
        words=None,
        wish=None,
        place=None,
        contact=None,
        reply_language=None,
        secret="",
        location=None,
        told_by=None,
        news_at=None,
        purged_at=at,
    )
